import type { Locale } from "@/db/vocabulary/languages";
import type { Receipt } from "@/domain/policies/own-answers";
import { formatDateTime } from "@/lib/format";
import { deviceOf } from "@/lib/user-agent";
import { translator } from "@/messages/translator";

type Given = Pick<
  Receipt,
  "answeredAt" | "shownBy" | "signedInAt" | "factorAt" | "visitHash" | "visit"
>;

/** How an answer was given, each fact with its term; nothing of an answer of before it was kept. */
export function answerGiven(given: Given, locale: Locale): [term: string, value: string][] {
  const t = translator(locale, "acknowledgements");
  const { shownBy, signedInAt, factorAt, answeredAt } = given;
  if (!shownBy) return [];
  const session: [string, string][] = signedInAt
    ? [
        [
          t("receipt.given.session"),
          t("receipt.given.sessionText", {
            at: formatDateTime(signedInAt, locale),
            ...since(signedInAt, answeredAt),
          }),
        ],
        [
          t("receipt.given.factor"),
          factorAt
            ? t("receipt.given.factorText", { at: formatDateTime(factorAt, locale) })
            : t("receipt.given.noFactor"),
        ],
      ]
    : [];
  return [
    [t("receipt.given.shownBy"), t(`receipt.given.shown.${shownBy}`)],
    ...session,
    [t("receipt.given.visit"), visitOf(given, locale)],
  ];
}

/** How long after one moment another was, in the coarsest unit of which there are two. */
function since(from: Date, to: Date) {
  const minutes = Math.floor((to.getTime() - from.getTime()) / 60_000);
  if (minutes >= 2 * 24 * 60) return { unit: "days", count: Math.floor(minutes / (24 * 60)) };
  if (minutes >= 2 * 60) return { unit: "hours", count: Math.floor(minutes / 60) };
  return { unit: minutes > 0 ? "minutes" : "none", count: minutes };
}

function visitOf({ visit, visitHash: hash }: Given, locale: Locale): string {
  const t = translator(locale, "acknowledgements");
  const unknown = t("receipt.given.unknown");
  if (typeof visit === "string") return t(`receipt.given.${visit}`, { hash: hash ?? "" });
  return t("receipt.given.visitText", {
    browser: deviceOf(visit.browser ?? "") || unknown,
    network: visit.network || unknown,
  });
}
