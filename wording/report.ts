import type { ReportBasis, ReportParts } from "@/db/schema/duties";
import { type Duty, REPORT_PARTS } from "@/db/vocabulary/duties";
import type { Locale } from "@/db/vocabulary/languages";
import type { ReadReport } from "@/domain/incidents/read-duties";
import { formatDateTime } from "@/lib/format";
import { localized } from "@/lib/localized";
import { translator } from "@/messages/translator";

import { saidIn } from "./incident-notice";

/** In which language an authority is written to. */
export const REPORT_LOCALES: Record<Duty, Locale> = {
  cac: "zh-CN",
  cac_final: "zh-CN",
  gdpr: "en",
};

/** What kind of report it is: the first of a duty, or the how many-th further one. */
export function reportTitle({ duty, sequence }: ReadReport["report"], locale: Locale): string {
  const t = translator(locale, "incidents");
  const name = t(`desk.duties.duty.${duty}`);
  return sequence > 0 ? t("desk.duties.followUp.title", { duty: name, sequence }) : name;
}

/**
 * What a report begins with, from what is known of the incident; what is not known is left empty. A further
 * report takes up what the one before it said where nothing has become known since. As soon as somebody has
 * saved it, it says what they saved.
 */
export function reportParts(read: ReadReport, vendor: string): ReportParts {
  const { report, basis, lastAlike } = read;
  if (report.savedAt || !basis) return report.parts;
  const now = filledParts(read, vendor, basis);
  if (report.sequence === 0 || !lastAlike) return now;
  const then = lastAlike.basis ? filledParts(read, vendor, lastAlike.basis) : {};
  return Object.fromEntries(
    REPORT_PARTS[report.duty].map((part) => [
      part,
      (now[part] ?? "") === (then[part] ?? "") ? (lastAlike.parts[part] ?? "") : now[part],
    ]),
  );
}

function filledParts(
  { report, product }: ReadReport,
  vendor: string,
  basis: ReportBasis,
): ReportParts {
  switch (report.duty) {
    case "cac":
      return cacParts(basis, { vendor, product });
    case "cac_final":
      return summaryParts(basis);
    case "gdpr":
      return gdprParts(basis);
  }
}

type Texts = Partial<Record<Locale, string>>;
const MOMENTS = [
  ...(["occurredAt", "discoveredAt", "containmentBegunAt"] as const),
  ...(["containedAt", "resolvedAt"] as const),
];
const lines = (parts: readonly string[]): string => parts.filter(Boolean).join("\n");

/** What is known of an incident, in words of one language. */
function wordsOf(basis: ReportBasis, locale: Locale) {
  const words = translator(locale, "notices");
  const { told } = basis;
  const said = (texts: Texts) => localized(texts, locale).text;
  const wrote = (texts: Texts) => saidIn(texts, locale, told ?? {}).text;
  const fact = (term: string, value: string) => (value ? words("told.fact", { term, value }) : "");
  return {
    ...{ words, said, fact },
    situation: told ? wrote(told.situation) : "",
    moment: (field: (typeof MOMENTS)[number]) => {
      const at = basis[field];
      return at ? formatDateTime(at, locale) : "";
    },
    measures: (...states: ("taken" | "planned")[]) =>
      (told?.measures ?? [])
        .filter(({ state }) => states.includes(state))
        .map(({ text }) => wrote(text)),
  };
}

type Whose = { vendor: string; product: Record<Locale, string> };

function cacParts(basis: ReportBasis, { vendor, product }: Whose): ReportParts {
  const locale = REPORT_LOCALES.cac;
  const { words, said, fact, situation, moment, measures } = wordsOf(basis, locale);
  const system = translator(locale, "incidents")("desk.duties.system");
  return {
    unit: [vendor, fact(system, product[locale])].join("\n"),
    event: lines([
      said(basis.title),
      ...(["occurredAt", "discoveredAt"] as const).map((field) =>
        fact(words(`told.${field}`), moment(field)),
      ),
      fact(words("told.kind"), words(`kind.${basis.kind}`)),
      fact(words("told.severity"), words(`severity.${basis.severity}`)),
      situation,
      fact(words("told.dataKinds"), said(basis.dataKinds)),
      ...measures("taken").map((text) => fact(words("measureState.taken"), text)),
    ]),
    cause: said(basis.cause),
    plans: lines(measures("planned")),
  };
}

/** What is known once it is over; who answers for it, and what was learned, somebody writes. */
function summaryParts(basis: ReportBasis): ReportParts {
  const { words, said, fact, situation, moment, measures } = wordsOf(
    basis,
    REPORT_LOCALES.cac_final,
  );
  const moments = (["containmentBegunAt", "containedAt", "resolvedAt"] as const).map((field) =>
    fact(words(`told.${field}`), moment(field)),
  );
  return {
    origin: said(basis.cause),
    handling: lines([...moments, ...measures("taken")]),
    harm: lines([situation, fact(words("told.dataKinds"), said(basis.dataKinds))]),
    mending: lines(measures("planned")),
  };
}

function gdprParts(basis: ReportBasis): ReportParts {
  const { said, situation, measures } = wordsOf(basis, REPORT_LOCALES.gdpr);
  return {
    nature: lines([said(basis.title), situation, said(basis.dataKinds)]),
    contact: basis.contact,
    consequences: "",
    measures: lines(measures("taken", "planned")),
  };
}

export type ReportChange = { name: string; lang?: Locale; before: string; after: string };

/**
 * What is different from the report handed in last: what is known of the incident, and each part of the text
 * where that one has the same parts. Null where none was handed in before.
 */
export function reportChanges(
  read: ReadReport,
  { vendor, locale }: { vendor: string; locale: Locale },
): ReportChange[] | null {
  const { report, basis, last } = read;
  if (!last) return null;
  const t = translator(locale, "incidents");
  const now = reportParts(read, vendor);
  const texts = last.duty === report.duty ? REPORT_PARTS[report.duty] : [];
  const all: ReportChange[] = [
    ...(basis && last.basis ? knownChanges(last.basis, basis, locale) : []),
    ...texts.map((part) => ({
      name: t(`desk.duties.part.${part}`),
      lang: REPORT_LOCALES[report.duty],
      ...{ before: last.parts[part] ?? "", after: now[part] ?? "" },
    })),
  ];
  return all.filter(({ before, after }) => before !== after);
}

function knownChanges(then: ReportBasis, now: ReportBasis, locale: Locale): ReportChange[] {
  const [before, after] = [knownOf(then, locale), knownOf(now, locale)];
  return before.map(({ name, text }, index) => ({
    ...{ name, before: text, after: after[index]?.text ?? "" },
  }));
}

/** Everything that is known of an incident, the same fields in the same order each time. */
function knownOf(basis: ReportBasis, locale: Locale): { name: string; text: string }[] {
  const { words, said, situation, moment, measures } = wordsOf(basis, locale);
  const t = translator(locale, "incidents");
  return [
    { name: t("notice.title"), text: said(basis.title) },
    { name: words("told.kind"), text: words(`kind.${basis.kind}`) },
    { name: words("told.severity"), text: words(`severity.${basis.severity}`) },
    { name: words("told.status"), text: words(`status.${basis.status}`) },
    {
      name: t("desk.incidentForm.operator"),
      text: t(`desk.incidentForm.operators.${basis.operator}`),
    },
    ...MOMENTS.map((field) => ({ name: words(`told.${field}`), text: moment(field) })),
    { name: words("told.dataKinds"), text: said(basis.dataKinds) },
    { name: words("told.cause"), text: said(basis.cause) },
    { name: words("told.contact"), text: basis.contact },
    { name: words("told.situation"), text: situation },
    { name: t("desk.duties.taken"), text: lines(measures("taken")) },
    { name: t("desk.duties.planned"), text: lines(measures("planned")) },
  ];
}

/** The report as a text to send or read out: what it is, what changed since the last, each part, and how it was handed in. */
export function reportText(read: ReadReport, vendor: string): string {
  const { incident, report, source, basis, last } = read;
  const locale = REPORT_LOCALES[report.duty];
  const t = translator(locale, "incidents");
  const parts = reportParts(read, vendor);
  // The file says what is kept of the report once it is handed in: what was known when it was saved.
  const changes = reportChanges({ ...read, basis: report.basis ?? basis }, { vendor, locale });
  return [
    reportTitle(report, locale),
    `${incident.number} · ${source[locale]}`,
    ...(changes && last ? changesText(changes, { last, locale }) : []),
    ...REPORT_PARTS[report.duty].map((part) =>
      [t(`desk.duties.part.${part}`), parts[part] || t("desk.duties.empty")].join("\n"),
    ),
    ...(report.handedInAt && report.reportHash
      ? [
          t("desk.duties.handedInText", {
            at: formatDateTime(report.handedInAt, locale),
            reference: report.reference ?? "",
          }),
          `sha256:${report.reportHash}`,
        ]
      : []),
    "",
  ].join("\n\n");
}

type Since = { last: NonNullable<ReadReport["last"]>; locale: Locale };

function changesText(changes: readonly ReportChange[], { last, locale }: Since): string[] {
  const t = translator(locale, "incidents");
  const nothing = t("desk.duties.nothing");
  return [
    t("desk.duties.sinceText", {
      report: reportTitle(last, locale),
      at: last.handedInAt ? formatDateTime(last.handedInAt, locale) : "",
    }),
    ...changes.map(({ name, before, after }) =>
      [
        name,
        t("desk.duties.was", { text: before || nothing }),
        t("desk.duties.is", { text: after || nothing }),
      ].join("\n"),
    ),
    ...(changes.length === 0 ? [t("desk.duties.unchanged")] : []),
    ...(last.basis ? [] : [t("desk.duties.wordsAlone")]),
  ];
}
