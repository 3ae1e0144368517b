import type { Locale } from "@/db/vocabulary/languages";
import type { CheckpointFacts } from "@/domain/broadcasts/checkpoint-facts";
import { withLanguage } from "@/lib/addresses";
import { formatDateTime } from "@/lib/format";
import { translator } from "@/messages/translator";

/** What was signed last, and how its reader sees that what they were mailed before is still part of it. */
export function checkpointWords(
  facts: CheckpointFacts,
  { locale, origin }: { locale: Locale; origin: string },
) {
  const t = translator(locale, "verify");
  const { pace, last, earlier } = facts;
  const said = ({ size, sealedAt }: CheckpointFacts["last"]) => ({
    ...{ size, at: formatDateTime(sealedAt, locale) },
  });
  const page = origin + withLanguage(locale, "/verify");
  return {
    title: checkpointTitle(facts, locale),
    lead: t("checkpointMail.lead", said(last)),
    next: earlier
      ? t("checkpointMail.next", { ...said(earlier), page })
      : t("checkpointMail.first"),
    note: last.note,
    proof: earlier && {
      label: t("checkpointMail.proof"),
      address: `${origin}/.well-known/gaozhi/consistency?from=${earlier.size}&to=${last.size}`,
    },
    why: t(`checkpointMail.why.${pace}`),
  };
}

/** The one line of a list, a subject or a page title. */
export const checkpointTitle = ({ last }: CheckpointFacts, locale: Locale): string =>
  translator(locale, "verify")("checkpointMail.title", {
    size: last.size,
    at: formatDateTime(last.sealedAt, locale),
  });
