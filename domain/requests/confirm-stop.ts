import { z } from "zod";

import { seal } from "@/lib/seal";

import { Conflict, Invalid } from "../errors";
import { moment } from "../input";
import { verb } from "../verb";
import { seen, words } from "./input";
import { writeRequest } from "./move";
import { lockHandledRequest } from "./handled-request";
import { openDisposals } from "./disposals";
import { RIGHTS } from "./rights";
import { tellRequester } from "./tell";

/**
 * Says what was stopped and when, of data whose processing was ordered to stop (P38). The order came
 * with the filing; that it was carried out is a person's word, given once, which the requester reads.
 * Where consent was withdrawn, what was collected on it is to be destroyed or anonymised then: each
 * store has a disposal with its day, for the handler to change or hold (P10, P55).
 * @throws NotFound; Conflict where no stop was ordered, or it is confirmed already; Invalid for a
 * moment in the future
 */
export const confirmStop = verb({
  may: "request.handle",
  input: z.object({ ...seen, stoppedAt: moment, what: words(2000) }),

  async run(step, { stoppedAt, what, ...of }) {
    const request = await lockHandledRequest(step, of);
    if (!request.stopOrderedAt || request.stopConfirmedAt || request.status === "withdrawn")
      throw new Conflict("requests.errors.movedOn");
    if (stoppedAt > step.now)
      throw new Invalid("errors.form", { stoppedAt: ["requests.errors.stoppedLater"] });
    const stopped = await writeRequest(step.tx, request, {
      stoppedAt,
      stopWords: seal(what, "request.stop"),
      stopConfirmedAt: step.now,
      stopConfirmedBy: step.actor.id,
    });
    await step.record("request.stop_confirmed", {
      id: request.id,
      after: { stoppedAt },
    });
    if (RIGHTS[stopped.type].stopsProcessing === "verified" && !stopped.decisionId)
      await openDisposals(step, stopped);
    await tellRequester(step, stopped, "stop_confirmed");
  },
});
