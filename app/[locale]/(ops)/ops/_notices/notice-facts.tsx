import { getTranslations } from "next-intl/server";

import { Facts } from "@/components/ui/facts";
import { Hash } from "@/components/ui/hash";
import { Time } from "@/components/ui/time";
import { type OpsNotice } from "@/domain/incidents/find-notice";

/** What an approval is bound to besides the words: how it is told, who may read it, its fingerprint. */
export async function NoticeFacts({ read }: { read: OpsNotice }) {
  const { notice, visibility, hashNow, published } = read;
  const [t, seenBy, words] = await Promise.all([
    getTranslations("incidents.desk.facts"),
    getTranslations("incidents.desk.visibility"),
    getTranslations("notices"),
  ]);
  const corrected = published.find(({ id }) => id === notice.correctsId);
  return (
    <Facts
      facts={[
        { term: t("type"), value: words(`type.${notice.type}`) },
        ...(corrected
          ? [{ term: t("corrects"), value: t("correctsNumber", { sequence: corrected.sequence }) }]
          : []),
        { term: t("visibility"), value: seenBy(visibility) },
        { term: t("notifies"), value: t(notice.notifies ? "yes" : "no") },
        ...(notice.notifies
          ? []
          : [
              {
                term: t("reason"),
                value: (
                  <span className="wrap-anywhere whitespace-pre-line">{notice.silentReason}</span>
                ),
              },
            ]),
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
