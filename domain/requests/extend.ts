import { z } from "zod";

import { shanghaiDay } from "@/lib/shanghai";

import { Conflict } from "../errors";
import { verb } from "../verb";
import { clockStart, computeDueDate } from "./due-date";
import { keepMessage, lockHandledRequest } from "./handled-request";
import { seen, words } from "./input";
import { writeRequest } from "./move";
import { isOpen } from "./rules";
import { tellRequester } from "./tell";

/**
 * Tells the requester, inside the first limit and with the reason, that the answer takes longer: once,
 * to the latest day that the promise or the law in play allows (P47, P49). After an appeal the clock
 * starts anew, and may be extended anew.
 * @throws NotFound; Conflict once the first limit has passed, for a second time, and where the law
 * that sets the limit knows no extension; Invalid without a reason
 */
export const extendDueDate = verb({
  may: "request.handle",
  input: z.object({ ...seen, reason: words(2000) }),

  async run(step, { reason, ...of }) {
    const { tx, actor, now, record } = step;
    const request = await lockHandledRequest(step, of);
    if (!isOpen(request.status)) throw new Conflict("requests.errors.movedOn");
    if (request.extendedAt) throw new Conflict("requests.errors.extendedOnce");
    if (shanghaiDay(now) > request.dueDate) throw new Conflict("requests.errors.extendedLate");
    const startedAt = await clockStart(tx, request);
    const due = await computeDueDate(tx, startedAt, { ...request, extendedAt: now });
    if (due.dueDate <= request.dueDate) throw new Conflict("requests.errors.notExtendable");
    const extended = await writeRequest(tx, request, {
      dueDate: due.dueDate,
      isDueProvisional: due.isProvisional,
      extendedAt: now,
      extendedBy: actor.id,
    });
    await keepMessage(step, request, { direction: "to_requester", text: reason });
    await record("request.extended", {
      id: request.id,
      before: { dueDate: request.dueDate },
      after: { dueDate: due.dueDate },
    });
    await tellRequester(step, extended, "extended");
  },
});
