import { z } from "zod";

import { Conflict } from "../errors";
import { verb } from "../verb";
import { requestNumber, words } from "./input";
import { lockRequest } from "./move";
import { caseOf, keepMessage } from "./open-case";
import { isOpen } from "./rules";
import { tellRequester } from "./tell";

/** Writes to the requester; the mail only says that there is something to read. @throws NotFound, Conflict */
export const writeToRequester = verb({
  may: "request.handle",
  input: z.object({ number: requestNumber, message: words() }),

  async run(step, { number, message }) {
    const request = await lockRequest(step.tx, { number });
    if (request.handlerId !== step.actor.id) throw new Conflict("requests.errors.notYours");
    if (!isOpen(request.status)) throw new Conflict("requests.errors.movedOn");
    await keepMessage(step, request, { direction: "to_requester", text: message });
    await step.record("request.message_sent", { subject: caseOf(request) });
    await tellRequester(step, request, "message");
  },
});

/** Notes something for the other handlers; the requester never reads it. @throws NotFound, Conflict */
export const noteOnRequest = verb({
  may: "request.handle",
  input: z.object({ number: requestNumber, note: words() }),

  async run(step, { number, note }) {
    const request = await lockRequest(step.tx, { number });
    if (request.requesterId === step.actor.id) throw new Conflict("requests.errors.ownRequest");
    await keepMessage(step, request, { direction: "internal", text: note });
    await step.record("request.noted", { subject: caseOf(request) });
  },
});
