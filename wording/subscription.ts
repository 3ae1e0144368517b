import type { Locale } from "@/db/vocabulary/languages";
import type { ChosenNames } from "@/domain/subscriptions/choice";
import { translator } from "@/messages/translator";

/** What was chosen, a line for each kind. */
export function chosenLines({ products, announcements, documents }: ChosenNames, locale: Locale) {
  const t = translator(locale, "subscriptions");
  const named = (names: ChosenNames["products"]) =>
    names.map((name) => name[locale]).join(t("listComma"));
  return [
    ...(products.length > 0 ? [{ term: t("topic.incidents"), value: named(products) }] : []),
    ...(announcements ? [{ term: t("topic.announcements"), value: t("allOfThem") }] : []),
    ...(documents.length > 0 ? [{ term: t("topic.versions"), value: named(documents) }] : []),
  ];
}
