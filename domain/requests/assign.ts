import { z } from "zod";

import { Conflict } from "../errors";
import { uuid } from "../input";
import { verb } from "../verb";
import { seen } from "./input";
import { lockRequest, moveRequest, writeRequest } from "./move";
import { assertMayTake } from "./handled-request";
import { isOpen, workOf } from "./rules";

/**
 * Puts a case into a handler's hands, one's own or another's. What was just received is being
 * verified from then on; an appealed case is taken up again where it was, verified or not.
 * @throws NotFound; Conflict for the requester, for whoever took part in the answer that is appealed while another is there,
 * for a case that is answered or has changed meanwhile
 */
export const assignRequest = verb({
  may: "request.handle",
  input: z.object({ ...seen, handlerId: uuid }),

  async run(step, { number, revision, handlerId }) {
    const request = await lockRequest(step.tx, { number }, revision);
    if (!isOpen(request.status)) throw new Conflict("requests.errors.movedOn");
    await assertMayTake(step.tx, request, handlerId);
    if (request.handlerId === handlerId) return step.unchanged();

    const set = { handlerId };
    if (request.status === "received" || request.status === "appealed")
      await moveRequest(step, { request, to: workOf(request), set });
    else await writeRequest(step.tx, request, set);
    await step.record("request.assigned", {
      id: request.id,
      before: { handlerId: request.handlerId },
      after: { handlerId },
    });
  },
});
