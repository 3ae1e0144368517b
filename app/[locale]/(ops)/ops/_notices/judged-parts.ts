import { type JudgedNotice, type Measure, type Texts } from "@/db/schema/incidents";
import { ALL_MATTER_PARTS } from "@/db/vocabulary/incidents";
import type { Locale } from "@/db/vocabulary/languages";
import { formatDateTime } from "@/lib/format";
import { hashOf } from "@/lib/hash";
import { translator } from "@/messages/translator";
import { plannedText } from "@/wording/planned-moment";

import { inEachLanguage, numbered, type Part } from "../_reviews/parts";
import { ruleText } from "./rule-text";
import { waveText } from "./wave-text";

/** Everything that is judged of a notice, as plain text. */
export function partsOf(judged: JudgedNotice, locale: Locale): Part[] {
  const { parts, notifies, silentReason, audience, visibility, goesOutAt, goesOutZone, waves } =
    judged;
  const t = translator(locale, "incidents");
  const words = translator(locale, "notices");
  const textsOf = (label: string, texts: Texts) =>
    inEachLanguage(locale, label, (lang) => texts[lang]);
  const situation = judged.type === "announcement" ? "text" : "situation";
  return [
    { name: t("desk.facts.type"), text: words(`type.${judged.type}`) },
    ...textsOf(t("desk.composer.what.heading"), parts.title),
    ...textsOf(t(`desk.composer.what.${situation}`), parts.situation),
    ...(parts.matter
      ? [{ name: t("desk.composer.matter.title"), text: words(`matter.${parts.matter}`) }]
      : []),
    ...ALL_MATTER_PARTS.flatMap((part) =>
      parts.matterParts?.[part]
        ? textsOf(words(`matterPart.${part}`), parts.matterParts[part])
        : [],
    ),
    ...inEachLanguage(locale, t("desk.composer.measures.title"), (lang) =>
      numbered(
        parts.measures.flatMap((one) =>
          lang === "zh-CN" ? measureText(one, locale) : (one.text[lang] ?? []),
        ),
      ),
    ),
    ...inEachLanguage(locale, t("desk.composer.advice.developers"), (lang) =>
      numbered(parts.adviceDevelopers.flatMap((advice) => advice[lang] ?? [])),
    ),
    ...textsOf(t("desk.composer.advice.endUsers"), parts.adviceEndUsers),
    { name: t("desk.composer.action.label"), text: words(`actionability.${parts.actionability}`) },
    {
      name: t("desk.facts.notifies"),
      text: notifies ? t("desk.facts.yes") : `${t("desk.facts.no")}\n${silentReason ?? ""}`,
    },
    ...(notifies ? [{ name: t("desk.facts.waves.term"), text: waveText(waves, locale) }] : []),
    // Two lists of one length are two audiences.
    { name: t("desk.facts.audience"), text: ruleText(audience, locale), key: hashOf(audience) },
    ...(visibility
      ? [{ name: t("desk.facts.visibility"), text: t(`desk.visibility.${visibility}`) }]
      : []),
    ...(goesOutAt === undefined
      ? []
      : [
          {
            name: t("desk.facts.goesOutAt"),
            text: goesOutAt
              ? plannedText(new Date(goesOutAt), goesOutZone ?? null, locale)
              : t("desk.facts.atOnce"),
          },
        ]),
    ...incidentParts(judged, locale),
  ];
}

function measureText({ state, at, text }: Measure, locale: Locale): string {
  const t = translator(locale, "notices");
  return `${t(`measureState.${state}`)} ${at && formatDateTime(at, locale)}\n${text["zh-CN"] ?? ""}`;
}

/** What the notice tells of its incident. */
function incidentParts({ incident }: JudgedNotice, locale: Locale): Part[] {
  if (!incident) return [];
  const t = translator(locale, "notices");
  const form = translator(locale, "incidents");
  const { kind, severity, status, publicSummary } = incident;
  const textsOf = (label: string, texts: Texts) =>
    inEachLanguage(locale, label, (lang) => texts[lang]);
  const moments = (["occurredAt", "discoveredAt", "containedAt", "resolvedAt"] as const).flatMap(
    (name): Part[] => {
      const at = incident[name];
      if (at === undefined) return [];
      return [{ name: t(`told.${name}`), text: at ? formatDateTime(at, locale) : "" }];
    },
  );
  return [
    ...(kind ? [{ name: t("told.kind"), text: t(`kind.${kind}`) }] : []),
    ...(severity ? [{ name: t("told.severity"), text: t(`severity.${severity}`) }] : []),
    ...(status ? [{ name: t("told.status"), text: t(`status.${status}`) }] : []),
    ...moments,
    ...textsOf(t("told.dataKinds"), incident.dataKinds),
    ...textsOf(t("told.cause"), incident.cause),
    { name: t("told.contact"), text: incident.contact },
    ...(publicSummary ? textsOf(form("desk.incidentForm.publicSummary"), publicSummary) : []),
  ];
}
