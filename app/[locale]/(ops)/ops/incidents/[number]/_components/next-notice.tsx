import { getLocale, getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { SelectField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { ButtonLink } from "@/components/ui/button";
import type { IncidentStatus } from "@/db/vocabulary/incidents";
import { may } from "@/domain/access/permissions";
import { type Person } from "@/domain/context";
import { type NoticeSummary, type OpsIncident } from "@/domain/incidents/find-incident";
import { localized } from "@/lib/localized";
import { noticeAddressOf } from "@/app/[locale]/(ops)/ops/_notices/address";

import { draftAction } from "../actions";

type Props = OpsIncident & { actor: Person };

/** The notice on its way, or the ways to begin the next one. */
export async function NextNotice(props: Props) {
  const { actor, incident, notices, hasInitial } = props;
  const t = await getTranslations("incidents.desk.next");
  const ahead = notices.find(({ status }) => status !== "published");
  if (incident.status === "false_alarm")
    return <p className="text-ink-muted max-w-measure">{t("falseAlarm")}</p>;
  if (incident.isRehearsal && incident.status === "closed")
    return <p className="text-ink-muted max-w-measure">{t("rehearsalEnded")}</p>;
  if (ahead) return <Ahead actor={actor} number={incident.number} ahead={ahead} />;
  if (!may(actor, "notice.draft"))
    return <p className="text-ink-muted">{t(hasInitial ? "waits" : "waitsFirst")}</p>;
  if (hasInitial) return <Following {...props} />;
  return (
    <>
      <p className="text-ink-muted max-w-measure mb-3">{t("firstText")}</p>
      <Start incidentId={incident.id} number={incident.number} type="initial" primary />
    </>
  );
}

type AheadProps = { actor: Person; number: string; ahead: NoticeSummary };

async function Ahead({ actor, number, ahead }: AheadProps) {
  const [t, types] = await Promise.all([
    getTranslations("incidents.desk.next"),
    getTranslations("notices.type"),
  ]);
  const row = { id: ahead.id, incidentNumber: number };
  const inReview = ahead.status === "in_review";
  const decides = inReview && may(actor, "notice.review");
  return (
    <>
      <p className="mb-3">{t(inReview ? "inReview" : "draft", { type: types(ahead.type) })}</p>
      <div className="flex flex-wrap gap-2">
        {may(actor, "notice.draft") && !inReview && (
          <ButtonLink href={noticeAddressOf(row)} variant="primary">
            {t("continue")}
          </ButtonLink>
        )}
        <ButtonLink
          href={noticeAddressOf(row, "/review")}
          variant={decides ? "primary" : "outline"}
        >
          {t(decides ? "review" : "preview")}
        </ButtonLink>
      </div>
    </>
  );
}

type FollowingProps = Pick<OpsIncident, "incident" | "notices" | "hasFinal">;

async function Following({ incident, notices, hasFinal }: FollowingProps) {
  const [t, types, locale] = await Promise.all([
    getTranslations("incidents.desk.next"),
    getTranslations("notices.type"),
    getLocale(),
  ]);
  const [primary, ...others] = waysOn(incident.status, hasFinal);
  const note = noteOn(incident.status, hasFinal);
  return (
    <div className="grid gap-6">
      <div>
        {note && <p className="text-ink-muted max-w-measure mb-3">{t(note)}</p>}
        <div className="flex flex-wrap gap-2">
          {[primary, ...others].map((type) => (
            <Start
              key={type}
              incidentId={incident.id}
              number={incident.number}
              type={type}
              primary={type === primary && incident.status !== "closed"}
            />
          ))}
        </div>
      </div>
      <ActionForm
        action={draftAction}
        label={t("start.correction")}
        className="flex flex-wrap items-end gap-3"
      >
        <Hidden incidentId={incident.id} number={incident.number} type="correction" />
        <SelectField
          name="correctsId"
          label={t("corrects")}
          fieldClassName="min-w-0 basis-88 max-md:w-full"
          options={notices.toReversed().map(({ id, sequence, type, parts }) => ({
            value: id,
            label: t("named", {
              sequence,
              type: types(type),
              title: localized(parts.title, locale).text,
            }),
          }))}
        />
        <SubmitButton variant="outline">{t("start.correction")}</SubmitButton>
      </ActionForm>
    </div>
  );
}

/** What may come next, the likeliest first: a final report follows the resolution. */
function waysOn(
  status: IncidentStatus,
  hasFinal: boolean,
): ["update" | "final", ...("update" | "final")[]] {
  if (status !== "resolved") return ["update"];
  return hasFinal ? ["update", "final"] : ["final", "update"];
}

function noteOn(status: IncidentStatus, hasFinal: boolean) {
  if (status === "closed") return "closed";
  if (status === "resolved") return hasFinal ? "mayClose" : null;
  return "finalLater";
}

type StartProps = {
  incidentId: string;
  number: string;
  type: "initial" | "update" | "correction" | "final";
};

async function Start({ primary, ...start }: StartProps & { primary: boolean }) {
  const t = await getTranslations("incidents.desk.next");
  return (
    <ActionForm action={draftAction} label={t(`start.${start.type}`)}>
      <Hidden {...start} />
      <SubmitButton variant={primary ? "primary" : "outline"}>
        {t(`start.${start.type}`)}
      </SubmitButton>
    </ActionForm>
  );
}

async function Hidden({ incidentId, number, type }: StartProps) {
  return (
    <>
      <input type="hidden" name="incidentId" value={incidentId} />
      <input type="hidden" name="number" value={number} />
      <input type="hidden" name="type" value={type} />
    </>
  );
}
