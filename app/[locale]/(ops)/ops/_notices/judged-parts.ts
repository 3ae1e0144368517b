import { getLocale, getTranslations } from "next-intl/server";

import { type JudgedNotice, type Measure, type Texts } from "@/db/schema/incidents";
import { type Locale, LOCALES } from "@/db/vocabulary/languages";
import { formatDateTime } from "@/lib/format";

import { ruleText } from "./rule-text";

type Part = { name: string; lang?: Locale; text: string };

/** Everything that is judged of a notice, always the same parts in the same order, as plain text. */
export async function partsOf(judged: JudgedNotice): Promise<Part[]> {
  const { parts, incident, notifies, silentReason } = judged;
  const [t, form, facts, words, bilingual, locale] = await Promise.all([
    getTranslations("incidents.desk.composer"),
    getTranslations("incidents.desk.incidentForm"),
    getTranslations("incidents.desk.facts"),
    getTranslations("notices"),
    getTranslations("ui.bilingual"),
    getLocale(),
  ]);
  const measure = ({ state, at, text }: Measure) =>
    `${words(`measureState.${state}`)} ${at && formatDateTime(at, locale)}\n${text["zh-CN"] ?? ""}`;
  const inBoth = (label: string, read: (lang: Locale) => string): Part[] =>
    LOCALES.map((lang) => ({ name: bilingual(lang, { label }), lang, text: read(lang).trim() }));
  const textsOf = (label: string, texts: Texts) => inBoth(label, (lang) => texts[lang] ?? "");
  return [
    { name: facts("type"), text: words(`type.${judged.type}`) },
    ...textsOf(t("what.heading"), parts.title),
    ...textsOf(t("what.situation"), parts.situation),
    ...inBoth(t("measures.title"), (lang) =>
      numbered(
        parts.measures.flatMap((one) => (lang === "zh-CN" ? measure(one) : (one.text[lang] ?? []))),
      ),
    ),
    ...inBoth(t("advice.developers"), (lang) =>
      numbered(parts.adviceDevelopers.flatMap((advice) => advice[lang] ?? [])),
    ),
    ...textsOf(t("advice.endUsers"), parts.adviceEndUsers),
    { name: t("action.label"), text: words(`actionability.${parts.actionability}`) },
    {
      name: facts("notifies"),
      text: notifies ? facts("yes") : `${facts("no")}\n${silentReason ?? ""}`,
    },
    { name: facts("audience"), text: ruleText(judged.audience, locale) },
    ...textsOf(form("dataKinds"), incident?.dataKinds ?? {}),
    ...textsOf(form("cause"), incident?.cause ?? {}),
    { name: form("contact"), text: incident?.contact ?? "" },
  ];
}

const numbered = (rows: readonly string[]): string =>
  rows.map((row, index) => `${index + 1}. ${row}`).join("\n");
