import { and, desc, eq } from "drizzle-orm";

import type { Db, Tx } from "@/db/client";
import { type Request, requestEvents } from "@/db/schema";
import { shanghaiDay } from "@/lib/shanghai";

import { type DueDate, dueDateOf } from "../calendar/due-date";
import { readCalendar } from "../calendar/read-calendar";

/** By when an answer is due to what arrived at a moment, day by day. */
export async function computeDueDate(db: Db | Tx, receivedAt: Date): Promise<DueDate> {
  return dueDateOf(await readCalendar(db), shanghaiDay(receivedAt));
}

/** The moment from which a request's clock runs: its receipt, or its latest appeal. */
export async function clockStart(
  db: Db | Tx,
  request: Pick<Request, "id" | "receivedAt">,
): Promise<Date> {
  const [appeal] = await db
    .select({ at: requestEvents.at })
    .from(requestEvents)
    .where(and(eq(requestEvents.requestId, request.id), eq(requestEvents.status, "appealed")))
    .orderBy(desc(requestEvents.at))
    .limit(1);
  return appeal?.at ?? request.receivedAt;
}
