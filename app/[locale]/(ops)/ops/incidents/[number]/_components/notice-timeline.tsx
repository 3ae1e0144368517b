import { getLocale, getTranslations } from "next-intl/server";

import { NOTICE_TONES, NoticeStatus } from "@/components/incidents/incident-status";
import { SendingLine } from "@/components/incidents/sending-status";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { Time } from "@/components/ui/time";
import { Timeline } from "@/components/ui/timeline";
import { type NoticeSummary, type OpsIncident } from "@/domain/incidents/find-incident";
import { at } from "@/lib/addresses";
import { localized } from "@/lib/localized";
import { noticeAddressOf } from "@/app/[locale]/(ops)/ops/_notices/address";

/** Every notice of the incident, the newest on top, those on their way too. */
export async function NoticeTimeline({ incident, notices, sendings }: OpsIncident) {
  const [t, types, locale] = await Promise.all([
    getTranslations("incidents.desk.timeline"),
    getTranslations("notices.type"),
    getLocale(),
  ]);
  if (notices.length === 0) return <EmptyState title={t("empty")}>{t("emptyText")}</EmptyState>;
  return (
    <Timeline
      label={t("label")}
      events={notices.toReversed().map((notice) => {
        const { id, sequence, type, status, parts } = notice;
        const title = localized(parts.title, locale);
        return {
          key: id,
          tone: NOTICE_TONES[status],
          title: (
            <>
              {t("named", { sequence, type: types(type) })}{" "}
              <Link href={noticeAddressOf({ id, incidentNumber: incident.number })} tone="main">
                <span lang={title.locale === locale ? undefined : title.locale}>
                  {title.text || t("untitled")}
                </span>
              </Link>
            </>
          ),
          note: <When {...notice} />,
          children: (
            <Told
              {...notice}
              notices={notices}
              sending={sendings.find(({ noticeId }) => noticeId === id)}
            />
          ),
        };
      })}
    />
  );
}

async function When({ status, authorName, updatedAt, submittedAt, publishedAt }: NoticeSummary) {
  const t = await getTranslations("incidents.desk.timeline");
  const at = publishedAt ?? submittedAt ?? updatedAt;
  return (
    <span className="flex flex-wrap items-center gap-x-3">
      <NoticeStatus status={status} />
      <span>
        {t(`at.${status}`)} <Time at={at} form="table" />
      </span>
      <span>{t("author", { name: authorName })}</span>
    </span>
  );
}

type ToldProps = NoticeSummary & {
  notices: readonly NoticeSummary[];
  /** Where one person sent it alone. */
  sending: OpsIncident["sendings"][number] | undefined;
};

async function Told({ notices, sending, ...notice }: ToldProps) {
  const { notifies, silentReason, broadcastId, correctsId } = notice;
  const t = await getTranslations("incidents.desk.timeline");
  const corrected = notices.find(({ id }) => id === correctsId);
  return (
    <div className="text-small">
      {sending && (
        <p>
          <SendingLine {...sending} />
        </p>
      )}
      {corrected && <p>{t("corrects", { sequence: corrected.sequence })}</p>}
      {notifies ? (
        <p>
          {t("notifies")}
          {broadcastId && (
            <>
              {" "}
              <Link href={at("/ops/broadcasts/*", broadcastId)}>{t("board")}</Link>
            </>
          )}
        </p>
      ) : (
        <p className="wrap-anywhere">
          {silentReason ? t("silent", { reason: silentReason }) : t("silentOpen")}
        </p>
      )}
    </div>
  );
}
