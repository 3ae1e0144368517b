import type { LegalRegion, RequestType } from "@/db/vocabulary/requests";
import { addDays } from "@/lib/shanghai";

import {
  type Calendar,
  type DueDate,
  dueDateOf,
  stepsTo,
  WORKING_DAYS,
} from "../calendar/due-date";

/** How long: in Chinese working days, in calendar days, or in months of the calendar. */
export type Term = { workingDays: number } | { days: number } | { months: number };

type Limit = {
  /** Of which requests; null is all types. */
  types: readonly RequestType[] | null;
  term: Term;
  /** To when at most, counted from receipt, if the person is told inside the first limit; null never. */
  extended: Term | null;
  /** Where the rule stands. */
  source: string;
};

/** Twice the promise: what a case may take whose requester was told in time that it takes longer (P47). */
export const PROMISE: Limit = {
  types: null,
  term: { workingDays: WORKING_DAYS },
  extended: { workingDays: 2 * WORKING_DAYS },
  source: "隐私声明 九",
};

/**
 * The legal limits besides the promise, as data: by whose law, for which types, how long, from where.
 * The earliest counts (P47), and only for who said or declared that the law is theirs (P49).
 */
export const LEGAL_LIMITS: Record<LegalRegion, readonly Limit[]> = {
  eea: [
    {
      types: null,
      term: { months: 1 },
      extended: { months: 3 },
      source: "Regulation (EU) 2016/679, art. 12(3)",
    },
  ],
  uk: [
    { types: null, term: { months: 1 }, extended: { months: 3 }, source: "UK GDPR, art. 12(3)" },
  ],
  kr: [
    {
      types: ["consult", "copy", "correct", "delete", "withdraw_consent", "child_data"],
      term: { days: 10 },
      extended: null,
      source: "개인정보 보호법 시행령 제41조, 제43조, 제44조",
    },
  ],
  br: [
    {
      types: ["consult", "copy"],
      term: { days: 15 },
      extended: null,
      source: "Lei nº 13.709/2018 (LGPD), art. 19, II",
    },
  ],
};

export type Timing = {
  receivedDay: string;
  type: RequestType;
  region: LegalRegion | null;
  isExtended: boolean;
};

export type Due = DueDate & {
  /** The rule that set the day; null where it is the promise's own. */
  source: string | null;
  /** Until when it may be extended at most; null where the law in play knows no extension. */
  latest: string | null;
};

/**
 * By when an answer is due: the promise of 15 working days, or the legal limit where that comes
 * earlier (P47). Once extended, the law's own longest term where it has one (GDPR: two months more),
 * else the promise's.
 */
export function dueOf(calendar: Calendar, timing: Timing): Due {
  const { receivedDay, isExtended } = timing;
  const legal = limitsOf(timing);
  const first = earliest(
    [PROMISE, ...legal].map(({ term, source }) => ({
      day: endOf(calendar, receivedDay, term),
      source,
    })),
  );
  const latest = latestOf(calendar, receivedDay, legal);
  const due = isExtended && latest ? latest : first;
  const { steps, isProvisional } = stepsTo(calendar, receivedDay, due.day);
  return {
    dueDate: due.day,
    steps,
    // Months and calendar days do not wait for a calendar of holidays.
    isProvisional: due.source === PROMISE.source && isProvisional,
    source: due.source === PROMISE.source ? null : due.source,
    latest: latest && latest.day > first.day ? latest.day : null,
  };
}

const limitsOf = ({ region, type }: Pick<Timing, "region" | "type">): readonly Limit[] =>
  region ? LEGAL_LIMITS[region].filter(({ types }) => !types || types.includes(type)) : [];

type End = { day: string; source: string };

const earliest = (ends: readonly End[]): End =>
  ends.reduce((one, other) => (other.day < one.day ? other : one));

function latestOf(calendar: Calendar, receivedDay: string, legal: readonly Limit[]): End | null {
  const ends: End[] = [];
  for (const { extended, source } of legal.length > 0 ? legal : [PROMISE]) {
    if (!extended) return null;
    ends.push({ day: endOf(calendar, receivedDay, extended), source });
  }
  return earliest(ends);
}

/** The last day of a term; the day of receipt is not counted. */
function endOf(calendar: Calendar, receivedDay: string, term: Term): string {
  if ("months" in term) return monthsAfter(receivedDay, term.months);
  if ("days" in term) return addDays(receivedDay, term.days);
  return dueDateOf(calendar, receivedDay, term.workingDays).dueDate;
}

/** The day of the same number, or the month's last where there is none (Regulation 1182/71, article 3). */
export function monthsAfter(day: string, months: number): string {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last)))
    .toISOString()
    .slice(0, 10);
}
