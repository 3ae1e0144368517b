import { getLocale, getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { Banner } from "@/components/ui/banner";
import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { CellNote, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { may } from "@/domain/access/permissions";
import { type Context } from "@/domain/context";
import { type OpsNotice } from "@/domain/incidents/find-notice";
import { isScheduled } from "@/domain/incidents/go-out";
import { listScheduledAnnouncements } from "@/domain/incidents/list-notices";
import { localized } from "@/lib/localized";
import { plannedText } from "@/wording/planned-moment";

import { takeBackAction } from "./actions";
import { noticeAddressOf } from "./address";

type Props = { ctx: Context; read: Pick<OpsNotice, "notice"> };

/** When an announcement goes out, before it is approved and after; then with the way to take it back. */
export async function GoesOut({ ctx, read: { notice } }: Props) {
  const [t, locale] = await Promise.all([getTranslations("incidents.desk.scheduled"), getLocale()]);
  const { goesOutAt, goesOutZone, status } = notice;
  if (!goesOutAt || (status !== "in_review" && status !== "scheduled")) return null;
  const at = plannedText(goesOutAt, goesOutZone, locale);
  const isAhead = isScheduled(notice, ctx.now);
  const title =
    status === "scheduled" ? t("title", { at }) : t(isAhead ? "waits" : "passed", { at });
  return (
    <div className="mb-6">
      <Banner tone={status === "scheduled" || isAhead ? "plain" : "warn"} title={title}>
        {status === "scheduled" && <TakeBack ctx={ctx} noticeId={notice.id} />}
      </Banner>
    </div>
  );
}

/** What was approved, and the way back for whoever may steer a broadcast. */
async function TakeBack({ ctx, noticeId }: { ctx: Context; noticeId: string }) {
  const t = await getTranslations("incidents.desk.scheduled");
  return (
    <>
      <p>{t("text")}</p>
      {may(ctx.actor, "broadcast.steer") && (
        <ActionForm
          action={takeBackAction}
          label={t("takeBack")}
          className="mt-2"
          confirm={{
            title: t("confirmTitle"),
            body: t("confirmText"),
            confirmLabel: t("takeBack"),
            danger: true,
          }}
        >
          <input type="hidden" name="noticeId" value={noticeId} />
          <SubmitButton variant="outline" size="sm">
            {t("takeBack")}
          </SubmitButton>
        </ActionForm>
      )}
    </>
  );
}

/** The announcements that wait for their moment, the soonest first; nothing where none does or the reader reads no drafts. */
export async function ScheduledAnnouncements({ ctx }: { ctx: Context }) {
  if (!may(ctx.actor, "notice.readDrafts")) return null;
  const [t, locale, rows] = await Promise.all([
    getTranslations("incidents.desk.scheduled"),
    getLocale(),
    listScheduledAnnouncements(ctx, {}),
  ]);
  if (rows.length === 0) return null;
  return (
    <Section title={t("list")} note={t("listNote")}>
      <Table
        caption={t("list")}
        rows={rows}
        rowKey={({ id }) => id}
        columns={[
          {
            header: t("announcement"),
            rowHeader: true,
            cell: ({ id, title: titles, product }) => {
              const title = localized(titles, locale);
              return (
                <>
                  <Link href={noticeAddressOf({ id, incidentNumber: null }, "/review")} tone="main">
                    <span lang={title.locale === locale ? undefined : title.locale}>
                      {title.text}
                    </span>
                  </Link>
                  <CellNote>{product[locale]}</CellNote>
                </>
              );
            },
          },
          {
            header: t("at"),
            cell: ({ goesOutAt, goesOutZone }) =>
              goesOutAt && (
                <>
                  <Time at={goesOutAt} form="table" />
                  {goesOutZone && (
                    <CellNote>{plannedText(goesOutAt, goesOutZone, locale)}</CellNote>
                  )}
                </>
              ),
          },
        ]}
      />
    </Section>
  );
}
