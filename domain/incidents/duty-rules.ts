import type { ReportParts } from "@/db/schema/duties";
import { type Duty, DUTIES, type Operator, REPORT_PARTS } from "@/db/vocabulary/duties";
import type { Severity } from "@/db/vocabulary/incidents";

const HOUR_MS = 3_600_000;

type Grounds = {
  severity: Severity;
  operator: Operator;
  concernsEea: boolean;
  /** A first report's limit runs from when the incident was known of. */
  discoveredAt: Date;
  /** A summary's from when its handling ended. */
  resolvedAt?: Date | null;
};

type Rule = {
  /** Until when; null where nothing has to be reported, or nothing yet. */
  due: (grounds: Grounds) => Date | null;
  /** The rule's place, as it is cited in every language. */
  source: { "zh-CN": string; en: string };
};

const SUMMARY_DAYS = 30;
/** Hours by who runs it, of what is larger or graver. */
const CAC_HOURS: Record<Operator, number> = { critical: 1, state: 2, other: 4 };

const after = (moment: Date, hours: number): Date => new Date(moment.getTime() + hours * HOUR_MS);

/** Whom an authority's rule obliges, and how soon. */
export const DUTY_RULES: Record<Duty, Rule> = {
  cac: {
    due: ({ severity, operator, discoveredAt }) =>
      severity === "general" ? null : after(discoveredAt, CAC_HOURS[operator]),
    source: {
      "zh-CN": "《国家网络安全事件报告管理办法》第四条（2025 年 11 月 1 日起施行）",
      en: "Measures for Reporting National Cybersecurity Incidents (CAC), art. 4, in force since 1 November 2025",
    },
  },
  cac_final: {
    due: ({ severity, resolvedAt }) =>
      severity === "general" || !resolvedAt ? null : after(resolvedAt, SUMMARY_DAYS * 24),
    source: {
      "zh-CN": "《国家网络安全事件报告管理办法》第八条：处置工作结束后 30 日内",
      en: "Measures for Reporting National Cybersecurity Incidents (CAC), art. 8: within 30 days of the end of its handling",
    },
  },
  gdpr: {
    due: ({ concernsEea, discoveredAt }) => (concernsEea ? after(discoveredAt, 72) : null),
    source: {
      "zh-CN": "欧盟《通用数据保护条例》（2016/679）第 33 条第 1 款",
      en: "Regulation (EU) 2016/679 (GDPR), art. 33(1)",
    },
  },
};

/**
 * Which rule asks for further reports once the first was handed in. Both ask for them soon and neither says by
 * when: there is no limit to reckon. What is said at the end of the handling has a duty of its own.
 */
export const FOLLOW_UPS: Partial<Record<Duty, Rule["source"]>> = {
  cac: {
    "zh-CN":
      "《国家网络安全事件报告管理办法》第七条：先报时还不清楚的情况及时补报；有新的重要情况或调查有阶段性进展时及时报告。没有规定小时数",
    en: "Measures for Reporting National Cybersecurity Incidents (CAC), art. 7: what was not known yet, new important facts and progress of the investigation are reported promptly; no number of hours is set",
  },
  gdpr: {
    "zh-CN":
      "欧盟《通用数据保护条例》（2016/679）第 33 条第 4 款：可以分阶段提供，不得无故拖延。没有规定小时数",
    en: "Regulation (EU) 2016/679 (GDPR), art. 33(4): information may follow in phases without undue further delay; no number of hours is set",
  },
};

/** What has to be reported by when, as an incident stands. */
export const dutiesOf = (grounds: Grounds): { duty: Duty; dueAt: Date }[] =>
  DUTIES.flatMap((duty) => {
    const dueAt = DUTY_RULES[duty].due(grounds);
    return dueAt ? [{ duty, dueAt }] : [];
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

/** The parts that a first report cannot be without; the others may follow (art. 7 of the Chinese rule, GDPR 33(4)); a summary has all of its own. */
export const REQUIRED_PARTS: Record<Duty, readonly (keyof ReportParts)[]> = {
  cac: ["unit", "event"],
  cac_final: REPORT_PARTS.cac_final,
  gdpr: ["nature", "contact", "consequences", "measures"],
};
