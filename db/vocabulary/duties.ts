/**
 * Who runs what an incident concerns, as the rules of reporting ask it (国家网络安全事件报告管理办法,
 * art. 4): an operator of critical infrastructure, an organ of the state, anybody else.
 */
export const OPERATORS = ["critical", "state", "other"] as const;
export type Operator = (typeof OPERATORS)[number];

/** To whom else than those affected an incident has to be reported. */
export const DUTIES = ["cac", "cac_final", "gdpr"] as const;
export type Duty = (typeof DUTIES)[number];

/** What a report says: 国家网络安全事件报告管理办法, art. 7, and art. 8 of the summary at its end; GDPR, art. 33(3). */
export const REPORT_PARTS = {
  cac: ["unit", "event", "trend", "cause", "clues", "plans", "scene", "others"],
  cac_final: ["origin", "handling", "harm", "accountability", "mending", "lessons"],
  gdpr: ["nature", "contact", "consequences", "measures"],
} as const satisfies Record<Duty, readonly string[]>;
export type ReportPart = (typeof REPORT_PARTS)[Duty][number];
export const ALL_REPORT_PARTS = [
  ...REPORT_PARTS.cac,
  ...REPORT_PARTS.cac_final,
  ...REPORT_PARTS.gdpr,
] as const satisfies readonly ReportPart[];
