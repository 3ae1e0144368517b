import type { Locale } from "@/db/vocabulary/languages";
import type { FactSheet } from "@/domain/incidents/downstream";
import { formatDateTime } from "@/lib/format";
import { translator } from "@/messages/translator";

import { incidentWords } from "./incident-notice";

export type FactSheetWords = {
  title: string;
  /** What it is, and what it is not. */
  lead: string;
  disclaimer: string;
  moments: [term: string, value: string][];
  momentsNote: string;
  facts: [term: string, value: string][];
  parts: { title: string; lines: string[] }[];
};

/** An incident as an account may hand it on: what it was told, when, and which of its apps are concerned. */
export function factSheetWords(sheet: FactSheet, locale: Locale, vendor: string): FactSheetWords {
  const t = translator(locale, "incidents");
  const told = translator(locale, "notices");
  const { account, apps, current, number, madeAt, falseAlarm } = sheet;
  const words = incidentWords(current, locale);
  const moment = (at: Date | null) => (at ? formatDateTime(at, locale) : t("downstream.none"));
  const named = apps.map(({ name, sdkAppId }) => t("downstream.sheet.app", { name, sdkAppId }));
  return {
    title: t("downstream.sheet.title", { number }),
    lead: t("downstream.sheet.lead", {
      ...{ vendor, account: account.name, uin: account.uin, at: formatDateTime(madeAt, locale) },
    }),
    disclaimer: t("downstream.disclaimer"),
    moments: [
      [t("downstream.sent"), moment(account.sentAt)],
      [t("downstream.delivered"), moment(account.deliveredAt)],
      [t("downstream.seen"), moment(account.seenAt)],
    ],
    momentsNote: t("downstream.note"),
    facts: [
      [t("downstream.sheet.incident"), words.title.text],
      ...(falseAlarm ? [withdrawn(t("downstream.sheet.falseAlarm"), falseAlarm, locale)] : []),
      ...words.facts.map(({ term, value }): [string, string] => [term, value]),
      [t("downstream.sheet.hash"), current.contentHash],
    ],
    parts: [
      { title: told("told.situation"), lines: [words.situation.text] },
      { title: told("told.measures"), lines: words.measures.map(({ text }) => text) },
      {
        title: told("told.adviceDevelopers"),
        lines: words.adviceDevelopers.map(({ text }) => text),
      },
      { title: told("told.adviceEndUsers"), lines: [words.adviceEndUsers.text] },
      {
        title: t("downstream.sheet.apps"),
        lines: sheet.hasMoreApps ? [...named, t("downstream.sheet.moreApps")] : named,
      },
      ...(words.bindingNote
        ? [{ title: t("downstream.sheet.languages"), lines: [words.bindingNote] }]
        : []),
    ].filter(({ lines }) => lines.some((line) => line !== "")),
  };
}

const withdrawn = (
  term: string,
  { at, reason }: { at: Date; reason: string },
  locale: Locale,
): [string, string] => [term, `${formatDateTime(at, locale)}\n${reason}`];
