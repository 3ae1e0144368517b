import { z } from "zod";

import { Conflict } from "../errors";
import { verb } from "../verb";
import { requestNumber, words } from "./input";
import { filesInput, keepFiles } from "./keep-file";
import { scanFiles } from "./scan-file";
import { lockRequest } from "./move";
import { keepMessage } from "./handled-request";
import { isOpen } from "./rules";
import { tellRequester } from "./tell";

/**
 * Writes to the requester, with files where it helps; the mail only says that there is something to
 * read. @returns whether a mail says so: who has no address here has to be reached by `replyTo`
 * @throws NotFound, Conflict, Invalid for a file that is not taken
 */
export const writeToRequester = verb({
  may: "request.handle",
  input: z.object({ number: requestNumber, message: words(), files: filesInput }),

  prepare: async (given) => ({ ...given, files: await scanFiles(given.files) }),

  async run(step, { number, message, files }): Promise<{ isTold: boolean }> {
    const request = await lockRequest(step.tx, { number });
    if (request.handlerId !== step.actor.id) throw new Conflict("requests.errors.notYours");
    if (!isOpen(request.status)) throw new Conflict("requests.errors.movedOn");
    const messageId = await keepMessage(step, request, {
      ...{ direction: "to_requester", text: message },
    });
    const kept = await keepFiles(step, { requestId: request.id, messageId }, files);
    await step.record("request.message_sent", {
      id: request.id,
      after: { files: kept.map(({ sha256 }) => sha256) },
    });
    await tellRequester(step, request, "message");
    return { isTold: request.requesterId !== null };
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
    await step.record("request.noted", { id: request.id });
  },
});
