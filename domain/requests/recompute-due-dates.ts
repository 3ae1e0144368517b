import { inArray } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { type Request, requests } from "@/db/schema";
import { shanghaiDay } from "@/lib/shanghai";

import { type Calendar, dueDateOf } from "../calendar/due-date";
import { readCalendar } from "../calendar/read-calendar";
import { type RecordedStep, verb } from "../verb";
import { clockStart } from "./due-date";
import { writeRequest } from "./move";
import { OPEN_STATUSES } from "./rules";
import { tellRequester } from "./tell";

/**
 * Reckons the due dates of all open requests again after the calendar has changed. A provisional
 * date is put right; the requester is told only when the date itself moved.
 */
export const recomputeDueDates = verb({
  may: "request.remind",
  input: z.object({}),

  async run(step) {
    const calendar = await readCalendar(step.tx);
    const open = await step.tx
      .select()
      .from(requests)
      .where(inArray(requests.status, OPEN_STATUSES))
      .orderBy(requests.id)
      .for("update");
    step.unchanged();
    let moved = 0;
    for (const request of open) moved += await recompute(step, { calendar, request });
    return { moved };
  },
});

type Recomputing = { calendar: Calendar; request: Request };

async function recompute(step: RecordedStep, { calendar, request }: Recomputing): Promise<number> {
  const { dueDate, isProvisional } = await dueUnder(step.tx, { calendar, request });
  const hasMoved = dueDate !== request.dueDate;
  if (!hasMoved && isProvisional === request.isDueProvisional) return 0;

  const written = await writeRequest(step.tx, request, {
    dueDate,
    isDueProvisional: isProvisional,
  });
  await step.record("request.due_moved", {
    subject: { type: "request", id: request.id },
    before: { dueDate: request.dueDate, isDueProvisional: request.isDueProvisional },
    after: { dueDate, isDueProvisional: isProvisional },
  });
  if (hasMoved) await tellRequester(step, written, "due_changed");
  return hasMoved ? 1 : 0;
}

/** When the answer to a request is due under a calendar, entered or only considered. */
export async function dueUnder(db: Db | Tx, { calendar, request }: Recomputing) {
  return dueDateOf(calendar, shanghaiDay(await clockStart(db, request)));
}
