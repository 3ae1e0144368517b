import { z } from "zod";

import { person } from "../access/permissions";
import { NotAllowed } from "../errors";
import { verb } from "../verb";
import { requestNumber } from "./input";
import { lockRequest, moveRequest } from "./move";
import { stopDeletions } from "./order-deletion";
import { findOwn } from "./readable-requests";

/**
 * The requester takes the request back; it stays readable and is not handled any further.
 * @throws NotFound for anybody else's; NotAllowed for who only looks on; Conflict once answered
 */
export const withdrawRequest = verb({
  may: "request.readOwn",
  input: z.object({ number: requestNumber }),

  async run(step, { number }) {
    await findOwn(step.tx, { actor: step.actor, number });
    const request = await lockRequest(step.tx, { number });
    if (request.requesterId !== person(step.actor).id) throw new NotAllowed("errors.notAllowed");
    if (request.status === "withdrawn") return step.unchanged();
    await moveRequest(step, { request, to: "withdrawn" });
    await stopDeletions(step.tx, request.id);
    await step.record("request.withdrawn", { id: request.id });
  },
});
