import { z } from "zod";

import { person } from "../access/permissions";
import { Conflict, Invalid, NotAllowed } from "../errors";
import { markReadAbout } from "../inbox/about";
import { prose } from "../input";
import { verb } from "../verb";
import { keepMessage } from "./handled-request";
import { requestNumber } from "./input";
import { keepFile } from "./keep-file";
import { scanFile } from "./scan-file";
import { lockRequest, moveRequest } from "./move";
import { isOpen } from "./rules";
import { tellHandler } from "./tell";
import { findOwn } from "./readable-requests";

/**
 * The requester writes to the handler, with a file where it helps. What was asked for with "need
 * more" goes back to be verified.
 * @throws NotFound for anybody else's request; NotAllowed for who only looks on; Conflict once it is
 * closed; Invalid for an empty message or a file that is not taken
 */
export const writeToHandler = verb({
  may: "request.readOwn",
  input: z.object({
    number: requestNumber,
    body: prose(5000),
    file: z.object({ fileName: z.string(), bytes: z.instanceof(Uint8Array) }).nullable(),
  }),

  prepare: async ({ file, ...given }) => ({ ...given, file: file && (await scanFile(file)) }),

  async run(step, { number, body, file }) {
    const { tx, actor, record } = step;
    await findOwn(tx, { actor, number });
    const request = await lockRequest(tx, { number });
    if (request.requesterId !== person(actor).id) throw new NotAllowed("errors.notAllowed");
    if (!isOpen(request.status)) throw new Conflict("requests.errors.closed");
    if (!body.trim() && !file)
      throw new Invalid("errors.form", { body: ["errors.field.required"] });

    const messageId = await keepMessage(step, request, {
      ...{ direction: "from_requester", text: wordsOf(body, file) },
    });
    const home = { requestId: request.id, messageId, isProof: true } as const;
    const kept = file && (await keepFile(step, home, file));
    if (request.status === "need_more") await moveRequest(step, { request, to: "verifying" });
    await record("request.answered_by_requester", {
      id: request.id,
      after: { hasMessage: Boolean(body.trim()), file: kept?.sha256 ?? null },
    });
    await markReadAbout(step, { subjectIds: [request.id] });
    await tellHandler(step, request, "handler_answered");
  },
});

/** A file sent without a word stands in the thread by its name, with its moment. */
const wordsOf = (body: string, file: { fileName: string } | null): string =>
  body.trim() ? body : (file?.fileName ?? "");
