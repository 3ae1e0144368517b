import { z } from "zod";

import { requestMessages } from "@/db/schema";
import { seal } from "@/lib/seal";

import { person } from "../access/permissions";
import { Conflict, NotAllowed } from "../errors";
import { prose } from "../input";
import { verb } from "../verb";
import { requestNumber } from "./input";
import { clockStart } from "./due-date";
import { lockRequest, moveRequest } from "./move";
import { findOwn } from "./readable-requests";
import { canAppeal, isAnswered } from "./rules";

/**
 * The requester does not accept the answer: the case is taken up again, once, on a clock of its own.
 * @throws NotFound for anybody else's; NotAllowed for who only looks on; Conflict where there is
 * nothing to appeal, or the appeal was answered; Invalid without a reason
 */
export const appealDecision = verb({
  may: "request.readOwn",
  input: z.object({
    number: requestNumber,
    reason: prose(5000).refine((text) => text.trim() !== "", "errors.field.required"),
  }),

  async run(step, { number, reason }) {
    const { tx, actor, now, record } = step;
    await findOwn(tx, { actor, number });
    const request = await lockRequest(tx, { number });
    if (request.requesterId !== person(actor).id) throw new NotAllowed("errors.notAllowed");
    const isAppeal = (await clockStart(tx, request)) > request.receivedAt;
    if (isAnswered(request.status) && !canAppeal(request.status, isAppeal))
      throw new Conflict("requests.errors.appealedOnce");
    const appealed = await moveRequest(step, { request, to: "appealed" });
    await tx.insert(requestMessages).values({
      requestId: request.id,
      direction: "from_requester",
      authorId: person(actor).id,
      body: seal(reason, "request.message"),
      at: now,
    });
    await record("request.appealed", {
      id: request.id,
      after: { dueDate: appealed.dueDate },
    });
  },
});
