import { z } from "zod";

import { Conflict } from "../errors";
import { verb } from "../verb";
import { seen, words } from "./input";
import { moveRequest } from "./move";
import { keepMessage, lockHandledRequest } from "./handled-request";
import { askToStop } from "./route";
import { canAsk, standingOf } from "./rules";

/**
 * Asks the requester for more, in words they read on the case's page; the clock keeps running (P26).
 * What they bring is verified anew. @throws NotFound, Conflict, Invalid
 */
export const askForMore = verb({
  may: "request.handle",
  input: z.object({ ...seen, text: words() }),

  async run(step, { text, ...of }) {
    const request = await lockHandledRequest(step, of);
    if (request.decisionId) throw new Conflict("requests.errors.planApproved");
    if (!canAsk(standingOf(request))) throw new Conflict("requests.errors.movedOn");
    await moveRequest(step, { request, to: "need_more" });
    await keepMessage(step, request, { direction: "to_requester", text });
    await step.record("request.asked", { id: request.id });
  },
});

/**
 * The materials show who asks and for whom: the case goes on (P26, P27), and consent that was withdrawn
 * goes on to the developer who has to stop (P31).
 * @throws NotFound, Conflict
 */
export const verifyRequest = verb({
  may: "request.handle",
  input: z.object(seen),

  async run(step, of) {
    const request = await lockHandledRequest(step, of);
    if (standingOf(request).isVerified) throw new Conflict("requests.errors.movedOn");
    const verified = await moveRequest(step, { request, to: "in_progress" });
    await step.record("request.verified", { id: request.id });
    await askToStop(step, verified);
  },
});
