import { useTranslations } from "next-intl";

import { ActionForm } from "@/components/form/action-form";
import { TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { EmptyState } from "@/components/ui/empty-state";
import { Section } from "@/components/ui/section";
import { CellNote, Table } from "@/components/ui/table";
import type { AppStops } from "@/domain/policies/app-stops";

import { stateStopAction } from "../actions";

type Stop = AppStops["stops"][number];
type Props = { apps: readonly AppStops[]; mayState: boolean; today: string };

/** App by app, where it collects no more and since when, and the form to say so (P30). */
export function StopStatements({ apps, mayState, today }: Props) {
  const t = useTranslations("acknowledgements.stops");
  const placeName = usePlaceName();
  const rows = apps.flatMap((app) => app.stops.map((stop) => ({ app, stop })));
  return (
    <Section id="stops" title={t("title")} note={t("lead")}>
      <Table
        caption={t("title")}
        rows={rows}
        rowKey={({ app, stop }) => `${app.id} ${stop.place}`}
        empty={<EmptyState title={t("empty")}>{t("emptyText")}</EmptyState>}
        columns={[
          {
            header: t("app"),
            rowHeader: true,
            cell: ({ app }) => (
              <>
                {app.name}
                <CellNote>{app.sdkAppId}</CellNote>
              </>
            ),
          },
          { header: t("where"), cell: ({ stop }) => placeName(stop.place) },
          { header: t("since"), cell: ({ stop }) => <Since stop={stop} /> },
          ...(mayState
            ? [
                {
                  header: t("act"),
                  cell: (row: { app: AppStops; stop: Stop }) => (
                    <StateForm {...row} today={today} />
                  ),
                },
              ]
            : []),
        ]}
      />
    </Section>
  );
}

function usePlaceName() {
  const t = useTranslations("acknowledgements.stop");
  const platform = useTranslations("accounts.platform");
  return (place: Stop["place"]) => (place === "api" ? t("api") : platform(place));
}

function Since({ stop: { appVersion, stoppedOn } }: { stop: Stop }) {
  const t = useTranslations("acknowledgements.stops");
  if (!stoppedOn) return <span className="text-ink-muted">{t("notYet")}</span>;
  return appVersion
    ? t("version", { version: appVersion, date: stoppedOn })
    : t("apiSince", { date: stoppedOn });
}

function StateForm({ app, stop, today }: { app: AppStops; stop: Stop; today: string }) {
  const t = useTranslations("acknowledgements.stops");
  const placeName = usePlaceName();
  const label = t("state", { app: app.name, place: placeName(stop.place) });
  return (
    <details>
      <summary className="text-link inline-block min-h-6 cursor-pointer" aria-label={label}>
        {t("act")}
      </summary>
      <ActionForm
        action={stateStopAction}
        scope={`${app.id} ${stop.place}`}
        label={label}
        className="mt-2 min-w-48"
      >
        <input type="hidden" name="appId" value={app.id} />
        <input type="hidden" name="place" value={stop.place} />
        {stop.place === "api" ? (
          <input type="hidden" name="appVersion" value="" />
        ) : (
          <TextField
            name="appVersion"
            label={t("appVersion")}
            required
            maxLength={60}
            defaultValue={stop.appVersion ?? ""}
          />
        )}
        <TextField
          name="stoppedOn"
          label={t("stoppedOn")}
          type="date"
          max={today}
          required
          defaultValue={stop.stoppedOn ?? ""}
        />
        <div className="mt-3">
          <SubmitButton variant="outline">{t("submit")}</SubmitButton>
        </div>
      </ActionForm>
    </details>
  );
}
