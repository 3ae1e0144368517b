import { inArray } from "drizzle-orm";
import { z } from "zod";

import { type Request, requests } from "@/db/schema";

import type { DueDate } from "../calendar/due-date";
import { readCalendar } from "../calendar/read-calendar";
import { type RecordedStep, verb } from "../verb";
import { clockStarts, dueIn } from "./due-date";
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
    let [written, moved] = [0, 0];
    const starts = await clockStarts(step.tx, open);
    for (const request of open) {
      const due = dueIn(calendar, starts.get(request.id) ?? request.receivedAt, request);
      if (due.dueDate === request.dueDate && due.isProvisional === request.isDueProvisional)
        continue;
      written += 1;
      moved += await recompute(step, { request, due });
    }
    return written === 0 ? step.unchanged({ moved }) : { moved };
  },
});

type Recomputing = { request: Request; due: DueDate };

async function recompute(step: RecordedStep, { request, due }: Recomputing): Promise<number> {
  const { dueDate, isProvisional } = due;
  const hasMoved = dueDate !== request.dueDate;
  const written = await writeRequest(step.tx, request, {
    dueDate,
    isDueProvisional: isProvisional,
  });
  await step.record("request.due_moved", {
    id: request.id,
    before: { dueDate: request.dueDate, isDueProvisional: request.isDueProvisional },
    after: { dueDate, isDueProvisional: isProvisional },
  });
  if (hasMoved) await tellRequester(step, written, "due_changed");
  return hasMoved ? 1 : 0;
}
