import { getLocale, getTranslations } from "next-intl/server";

import { Facts } from "@/components/ui/facts";
import { Hash } from "@/components/ui/hash";
import { Time } from "@/components/ui/time";
import type { Notice } from "@/db/schema";
import { type OpsNotice } from "@/domain/incidents/find-notice";

import { OriginalLink } from "./following";
import { PlannedMoment } from "./planned-moment";
import { waveText } from "./wave-text";

/** What an approval is bound to besides the words: how it is told, who may read it, its fingerprint. */
export async function NoticeFacts({ read }: { read: OpsNotice }) {
  const { notice, visibility, hashNow, published, template, followed } = read;
  const [t, seenBy, words, follow, locale] = await Promise.all([
    getTranslations("incidents.desk.facts"),
    getTranslations("incidents.desk.visibility"),
    getTranslations("notices"),
    getTranslations("incidents.desk.follow"),
    getLocale(),
  ]);
  const corrected = published.find(({ id }) => id === notice.correctsId);
  return (
    <Facts
      facts={[
        {
          term: t("type"),
          value: notice.followKind
            ? words(`follow.kind.${notice.followKind}`)
            : words(`type.${notice.type}`),
        },
        ...(followed
          ? [{ term: follow("original"), value: <OriginalLink original={followed} /> }]
          : []),
        ...(corrected
          ? [{ term: t("corrects"), value: t("correctsNumber", { sequence: corrected.sequence }) }]
          : []),
        ...(template ? [{ term: t("template"), value: t("templateVersion", template) }] : []),
        { term: t("visibility"), value: seenBy(visibility) },
        { term: t("notifies"), value: t(notice.notifies ? "yes" : "no") },
        ...(notice.notifies
          ? [{ term: t("waves.term"), value: waveText(notice.waves, locale) }]
          : [
              {
                term: t("reason"),
                value: (
                  <span className="wrap-anywhere whitespace-pre-line">{notice.silentReason}</span>
                ),
              },
            ]),
        ...(notice.type === "announcement" ? [await momentOf(notice)] : []),
        {
          term: t("submitted"),
          value: notice.submittedAt ? <Time at={notice.submittedAt} /> : t("notYet"),
        },
        ...(notice.publishedAt
          ? [{ term: t("published"), value: <Time at={notice.publishedAt} /> }]
          : []),
        { term: t("hash"), value: <Hash value={hashNow} /> },
      ]}
    />
  );
}

/** When an announcement goes out, or was to. */
async function momentOf(notice: Pick<Notice, "goesOutAt" | "goesOutZone" | "publishedAt">) {
  const { goesOutAt, goesOutZone, publishedAt } = notice;
  const t = await getTranslations("incidents.desk.facts");
  const term = t(publishedAt ? "planned" : "goesOutAt");
  return {
    term,
    value: goesOutAt ? <PlannedMoment {...{ goesOutAt, goesOutZone, publishedAt }} /> : t("atOnce"),
  };
}
