import type { ReportParts } from "@/db/schema/duties";
import { type Duty, DUTIES, type Operator } from "@/db/vocabulary/duties";
import type { Severity } from "@/db/vocabulary/incidents";

const HOUR_MS = 3_600_000;

type Grounds = {
  severity: Severity;
  operator: Operator;
  concernsEea: boolean;
  /** Every limit runs from when the incident was known of. */
  discoveredAt: Date;
};

type Rule = {
  /** Hours from knowing of the incident; null where nothing has to be reported. */
  hours: (grounds: Omit<Grounds, "discoveredAt">) => number | null;
  /** The rule's place, as it is cited in every language. */
  source: { "zh-CN": string; en: string };
};

/** Hours by who runs it, of what is larger or graver. */
const CAC_HOURS: Record<Operator, number> = { critical: 1, state: 2, other: 4 };

/** Whom an authority's rule obliges, and how soon. */
export const DUTY_RULES: Record<Duty, Rule> = {
  cac: {
    hours: ({ severity, operator }) => (severity === "general" ? null : CAC_HOURS[operator]),
    source: {
      "zh-CN": "《国家网络安全事件报告管理办法》第四条（2025 年 11 月 1 日起施行）",
      en: "Measures for Reporting National Cybersecurity Incidents (CAC), art. 4, in force since 1 November 2025",
    },
  },
  gdpr: {
    hours: ({ concernsEea }) => (concernsEea ? 72 : null),
    source: {
      "zh-CN": "欧盟《通用数据保护条例》（2016/679）第 33 条第 1 款",
      en: "Regulation (EU) 2016/679 (GDPR), art. 33(1)",
    },
  },
};

/** What has to be reported by when, as an incident stands. */
export const dutiesOf = ({ discoveredAt, ...grounds }: Grounds): { duty: Duty; dueAt: Date }[] =>
  DUTIES.flatMap((duty) => {
    const hours = DUTY_RULES[duty].hours(grounds);
    return hours === null
      ? []
      : [{ duty, dueAt: new Date(discoveredAt.getTime() + hours * HOUR_MS) }];
  });

type Clock = {
  dueAt: Date;
  doneAt: Date | null;
  /** When two people agreed that it is a false alarm: what was late by then stays late. */
  falseAlarmAt?: Date | null;
  /** When two people agreed that the rule does not apply here. */
  waivedAt?: Date | null;
  now: Date;
};

export type ClockState = "running" | "kept" | "breached" | "late" | "not_due";

/** How an act stands against its limit; a breach stays visible afterwards (P17). */
export function clockOf({ dueAt, doneAt, falseAlarmAt, waivedAt, now }: Clock): ClockState {
  if (!doneAt && (waivedAt || (falseAlarmAt && falseAlarmAt <= dueAt))) return "not_due";
  const isLate = (doneAt ?? falseAlarmAt ?? now) > dueAt;
  if (doneAt) return isLate ? "late" : "kept";
  return isLate ? "breached" : "running";
}

/** The parts that a first report cannot be without; the others may follow (art. 5 of the Chinese rule, GDPR 33(4)). */
export const REQUIRED_PARTS: Record<Duty, readonly (keyof ReportParts)[]> = {
  cac: ["unit", "event"],
  gdpr: ["nature", "contact", "consequences", "measures"],
};
