import type { Locale } from "@/db/vocabulary/languages";
import type { Reason } from "@/domain/incidents/audience-reason";
import { translator } from "@/messages/translator";

/** Why an app is concerned: how it integrates, each way with what is unsure of it, and what else the rule asked. */
export function reasonWords(
  reason: Reason,
  locale: Locale,
): { ways: { text: string; note: string | null }[]; others: string[] } {
  const t = translator(locale, "incidents");
  const words = translator(locale, "accounts");
  const ways =
    reason.kind === "versions"
      ? reason.versions.map(({ platform, version, isReadable }) => ({
          text: `${words(`platform.${platform}`)} ${version}`,
          note: isReadable ? null : t("desk.audienceList.reason.unreadable"),
        }))
      : [{ text: t(`desk.audienceList.reason.${reason.kind}`), note: null }];
  const others = [
    ...reason.declarations.map(({ topic, isDeclared }) =>
      isDeclared
        ? t("desk.audienceList.reason.declared", {
            what: words(`declarations.result.${topic}.yes`),
          })
        : t("desk.audienceList.reason.undeclared", {
            what: words(`declarations.result.${topic}.none`),
          }),
    ),
    ...(reason.tags.length > 0
      ? [t("desk.audienceList.reason.tagged", { tags: reason.tags.join(t("desk.separator")) })]
      : []),
    ...(reason.wasTold ? [t("desk.audienceList.reason.told")] : []),
  ];
  return { ways, others };
}

/** The same in one line, for a cell of a file. */
export function reasonText(reason: Reason, locale: Locale): string {
  const { ways, others } = reasonWords(reason, locale);
  const t = translator(locale, "incidents");
  return [
    ...ways.map(({ text, note }) =>
      note ? t("desk.audienceList.reason.noted", { text, note }) : text,
    ),
    ...others,
  ].join(t("desk.audienceList.reason.separator"));
}
