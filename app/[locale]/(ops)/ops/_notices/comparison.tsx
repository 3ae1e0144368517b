import { getLocale, getTranslations } from "next-intl/server";

import { linkClass } from "@/components/ui/link";
import { type OpsNotice } from "@/domain/incidents/find-notice";
import { contentForReview } from "@/domain/incidents/reviewed-content";

import { changedParts } from "../_reviews/parts";
import { ChangedWords, SinceReturn } from "../_reviews/since-return";
import { partsOf } from "./judged-parts";

/** What is different from what was last sent back. */
export async function NoticeSinceReturn({ read }: { read: OpsNotice }) {
  const locale = await getLocale();
  const now = contentForReview(read.notice, read.incident);
  return (
    <SinceReturn read={read} compare={{ now, partsOf: (judged) => partsOf(judged, locale) }} />
  );
}

/** What is different from the published notice that this one began with. */
export async function SinceNotice({ read }: { read: OpsNotice }) {
  const [t, locale] = await Promise.all([
    getTranslations("incidents.desk.comparison"),
    getLocale(),
  ]);
  const { beneath, notice, visibility } = read;
  if (!beneath) return null;
  const now = contentForReview({ ...notice, visibility }, null);
  const parts = changedParts(partsOf(beneath.judged, locale), partsOf(now, locale));
  return (
    <details className="mt-8">
      <summary className={`${linkClass()} inline-block max-md:py-2`}>
        {t("sinceNotice", { sequence: beneath.sequence, count: parts.length })}
      </summary>
      <dl className="mt-2">
        <ChangedWords parts={parts} />
      </dl>
    </details>
  );
}
