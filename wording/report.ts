import type { ReportParts } from "@/db/schema/duties";
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

/**
 * What a report begins with, from what is known of the incident; what is not known is left empty. As
 * soon as somebody has saved it, it says what they saved.
 */
export function reportParts(read: ReadReport, vendor: string): ReportParts {
  const { report } = read;
  if (report.savedAt) return report.parts;
  switch (report.duty) {
    case "cac":
      return cacParts(read, vendor);
    case "cac_final":
      return summaryParts(read);
    case "gdpr":
      return gdprParts(read);
  }
}

function cacParts({ incident, product, told }: ReadReport, vendor: string): ReportParts {
  const locale = REPORT_LOCALES.cac;
  const t = translator(locale, "incidents");
  const words = translator(locale, "notices");
  const said = (texts: Partial<Record<Locale, string>> | undefined) =>
    texts ? localized(texts, locale).text : "";
  const wrote = (texts: Partial<Record<Locale, string>> | undefined) =>
    texts ? saidIn(texts, locale, told ?? {}).text : "";
  const moments = (["occurredAt", "discoveredAt"] as const).flatMap((field) => {
    const at = incident[field];
    return at ? [line(words(`told.${field}`), formatDateTime(at, locale))] : [];
  });
  const measures = (state: "taken" | "planned") =>
    (told?.measures ?? []).filter((one) => one.state === state).map(({ text }) => wrote(text));
  return {
    unit: [vendor, line(t("desk.duties.system"), product[locale])].join("\n"),
    event: [
      said(incident.title),
      ...moments,
      line(words("told.kind"), words(`kind.${incident.kind}`)),
      line(words("told.severity"), words(`severity.${incident.severity}`)),
      wrote(told?.situation),
      line(words("told.dataKinds"), said(incident.dataKinds)),
      ...measures("taken").map((text) => line(words("measureState.taken"), text)),
    ]
      .filter(Boolean)
      .join("\n"),
    cause: said(incident.cause),
    plans: measures("planned").join("\n"),
  };

  function line(term: string, value: string): string {
    return value ? words("told.fact", { term, value }) : "";
  }
}

/** What is known once it is over; who answers for it, and what was learned, somebody writes. */
function summaryParts({ incident, told }: ReadReport): ReportParts {
  const locale = REPORT_LOCALES.cac_final;
  const words = translator(locale, "notices");
  const fact = (term: string, value: string) => (value ? words("told.fact", { term, value }) : "");
  const said = (texts: Partial<Record<Locale, string>> | undefined) =>
    texts ? localized(texts, locale).text : "";
  const wrote = (texts: Partial<Record<Locale, string>> | undefined) =>
    texts ? saidIn(texts, locale, told ?? {}).text : "";
  const moments = (["containmentBegunAt", "containedAt", "resolvedAt"] as const).map((field) => {
    const at = incident[field];
    return at ? fact(words(`told.${field}`), formatDateTime(at, locale)) : "";
  });
  const of = (state: "taken" | "planned") =>
    (told?.measures ?? []).filter((one) => one.state === state).map(({ text }) => wrote(text));
  const lines = (parts: readonly string[]) => parts.filter(Boolean).join("\n");
  return {
    origin: said(incident.cause),
    handling: lines([...moments, ...of("taken")]),
    harm: lines([wrote(told?.situation), fact(words("told.dataKinds"), said(incident.dataKinds))]),
    mending: lines(of("planned")),
  };
}

function gdprParts({ incident, told }: ReadReport): ReportParts {
  const locale = REPORT_LOCALES.gdpr;
  const said = (texts: Partial<Record<Locale, string>> | undefined) =>
    texts ? localized(texts, locale).text : "";
  const wrote = (texts: Partial<Record<Locale, string>> | undefined) =>
    texts ? saidIn(texts, locale, told ?? {}).text : "";
  return {
    nature: [said(incident.title), wrote(told?.situation), said(incident.dataKinds)]
      .filter(Boolean)
      .join("\n"),
    contact: incident.contact,
    consequences: "",
    measures: (told?.measures ?? []).map(({ text }) => wrote(text)).join("\n"),
  };
}

/** The report as a text to send or read out: what it is, each part, and how it was handed in. */
export function reportText(read: ReadReport, vendor: string): string {
  const { incident, report } = read;
  const locale = REPORT_LOCALES[report.duty];
  const t = translator(locale, "incidents");
  const parts = reportParts(read, vendor);
  return [
    t(`desk.duties.duty.${report.duty}`),
    `${incident.number} · ${read.source[locale]}`,
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
