import { type Locale, LOCALES } from "@/db/vocabulary/languages";
import { MAJOR_QUESTIONS } from "@/db/vocabulary/policies";
import type { hashedContent } from "@/domain/policies/content";
import { formatDateTime } from "@/lib/format";
import { shanghaiMidnight } from "@/lib/shanghai";
import { translator } from "@/messages/translator";
import { type PolicyBlock } from "@/text/blocks";
import { type PolicyDiff } from "@/text/diff";
import { compareTexts, readText } from "@/text/offload";
import { placeNames } from "@/text/places";
import { inEachLanguage, numbered, type Part } from "@/app/[locale]/(ops)/ops/_reviews/parts";

export type JudgedVersion = ReturnType<typeof hashedContent>;

/** Everything that is judged of a version but its text, as plain text. */
export async function partsOf(judged: JudgedVersion, locale: Locale): Promise<Part[]> {
  const t = translator(locale, "policies");
  const { label, effectiveDate, affectsEndUsers, needsConsent, majorAnswers } = judged;
  return [
    { name: t("ops.review.labelPart"), text: label },
    {
      name: t("ops.review.effective"),
      text: effectiveDate
        ? t("ops.review.effectiveFrom", {
            at: formatDateTime(shanghaiMidnight(effectiveDate), locale),
          })
        : t("ops.review.noDate"),
    },
    {
      name: t("ops.review.endUsers"),
      text: t(affectsEndUsers ? "ops.review.endUsersAffected" : "ops.review.endUsersNotAffected"),
    },
    {
      name: t("ops.review.consent"),
      text: t(needsConsent ? "ops.review.consentNeeded" : "ops.review.consentNotNeeded"),
    },
    ...(await changeParts(judged, locale)),
    ...MAJOR_QUESTIONS.map((question, index) => ({
      name: t("ops.review.question", {
        number: index + 1,
        question: t(`browser.questions.ask.${question}`),
      }),
      text: answerText(majorAnswers[question], locale),
    })),
  ];
}

function answerText(given: boolean | undefined, locale: Locale): string {
  const t = translator(locale, "policies");
  if (given === undefined) return t("browser.questions.unanswered");
  return t(given ? "browser.questions.yes" : "browser.questions.no");
}

/** The change list in each language, each change with the section it points to. */
async function changeParts({ changes, texts }: JudgedVersion, locale: Locale): Promise<Part[]> {
  const blocks = new Map<Locale, PolicyBlock[]>();
  for (const lang of LOCALES) blocks.set(lang, await readText(texts[lang] ?? ""));
  const t = translator(locale, "policies");
  return inEachLanguage(locale, t("ops.review.changes"), (lang) => {
    const places = placeNames(
      blocks.get(lang) ?? [],
      changes.map(({ anchor }) => anchor),
    );
    return numbered(
      changes.map(({ text, anchor }) => {
        const place = places.find((one) => one.anchor === anchor)?.title ?? anchor;
        return `${text[lang] ?? ""}${place ? `\n${place}` : ""}`;
      }),
    );
  });
}

type ChangedText = { lang: Locale } & (
  | { is: "added" | "removed" }
  | ({ is: "changed" } & PolicyDiff)
);

/** The languages whose text is another one, each with what is different in it, clause by clause. */
export function changedTexts(
  before: JudgedVersion["texts"],
  after: JudgedVersion["texts"],
): Promise<ChangedText[]> {
  const changed = LOCALES.filter((lang) => before[lang] !== after[lang]);
  return Promise.all(
    changed.map(async (lang): Promise<ChangedText> => {
      const [was, is] = [before[lang], after[lang]];
      if (was === undefined) return { lang, is: "added" };
      if (is === undefined) return { lang, is: "removed" };
      return { lang, is: "changed", ...(await compareTexts(was, is)) };
    }),
  );
}
