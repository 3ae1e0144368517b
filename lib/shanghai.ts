/**
 * China has one time zone, eight hours before UTC all year: without a summer time since 15 September 1991
 * (IANA time zone database, Asia/Shanghai).
 */
export const OFFSET_MS = 8 * 3_600_000;

/** The calendar day in Asia/Shanghai at a moment: "2026-03-02". */
export function shanghaiDay(moment: Date): string {
  return new Date(moment.getTime() + OFFSET_MS).toISOString().slice(0, 10);
}

/** The minute on Asia/Shanghai's clock, as a field for a moment holds it: "2026-03-02T09:30". */
export function shanghaiMinute(moment: Date): string {
  return new Date(moment.getTime() + OFFSET_MS).toISOString().slice(0, 16);
}

/** Midnight in Asia/Shanghai at which a day ("2026-04-01") begins. */
export function shanghaiMidnight(day: string): Date {
  return new Date(`${day}T00:00:00+08:00`);
}

export function addDays(day: string, days: number): string {
  const moved = new Date(`${day}T00:00:00Z`);
  moved.setUTCDate(moved.getUTCDate() + days);
  return moved.toISOString().slice(0, 10);
}

/** Whole days from one day to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}
