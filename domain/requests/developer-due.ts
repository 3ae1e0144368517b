import type { Db, Tx } from "@/db/client";
import type { Request } from "@/db/schema";
import { shanghaiDay } from "@/lib/shanghai";

import { dueDateOf } from "../calendar/due-date";
import { readCalendar } from "../calendar/read-calendar";

/** The guide gives a developer no term (P28); this one is ours, so that the request keeps to its own. */
export const DEVELOPER_WORKING_DAYS = 5;

/**
 * By when a developer answers what was sent on to them: five working days, but never later than the
 * request itself is due, and never before the next working day.
 * @returns "2026-12-14"
 */
export async function computeDeveloperDueDate(
  db: Db | Tx,
  { dueDate }: Pick<Request, "dueDate">,
  routedAt: Date,
): Promise<string> {
  const calendar = await readCalendar(db);
  const { dueDate: last, steps } = dueDateOf(
    calendar,
    shanghaiDay(routedAt),
    DEVELOPER_WORKING_DAYS,
  );
  const first = steps.find(({ count }) => count === 1)?.day ?? last;
  const latest = dueDate > first ? dueDate : first;
  return last < latest ? last : latest;
}

/** Whether a developer lets a request wait beyond their day. */
export const isDeveloperLate = (
  { status, developerDueDate }: Pick<Request, "status" | "developerDueDate">,
  today: string,
): boolean => status === "with_developer" && developerDueDate !== null && developerDueDate < today;
