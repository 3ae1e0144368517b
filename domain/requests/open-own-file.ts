import { and, eq } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { type Request, requestFiles, requestMessages } from "@/db/schema";
import { unseal } from "@/lib/seal";

import { assertFreshFactor } from "../access/fresh-factor";
import { person } from "../access/permissions";
import type { Actor } from "../context";
import { NotFound } from "../errors";
import { uuid } from "../input";
import { verb } from "../verb";
import { givenAnswers } from "./answer";
import { requestNumber } from "./input";
import { findOwn } from "./readable-requests";

/**
 * The content of a file of a request the reader may follow; the look is on the record. What goes
 * with an answer or a message is for the requester alone, with an answer only once it is given, and
 * only for who has proven within 15 minutes who they are: a copy of somebody's data is not what a session
 * left open may take away (P23).
 * @throws NotFound for anybody else's request, and for a file that belongs to another; NotAllowed when
 * the proof is older
 */
export const openOwnFile = verb({
  may: "request.readOwn",
  input: z.object({ number: requestNumber, fileId: uuid }),

  async run({ tx, actor, now, record }, { number, fileId }) {
    const request = await findOwn(tx, { actor, number });
    const [file] = await tx
      .select()
      .from(requestFiles)
      .where(and(eq(requestFiles.id, fileId), eq(requestFiles.requestId, request.id)));
    if (!file || !(await mayOpen({ tx, actor }, { request, file })))
      throw new NotFound("errors.notFound");
    if (isGivenOut(request, file)) assertFreshFactor({ actor, now });
    await record("request.file_viewed", {
      id: request.id,
      after: { fileId, sha256: file.sha256 },
    });
    const { name, mediaType } = file;
    return { name, mediaType, bytes: unseal(file.content, "request.file") };
  },
});

/** What we gave: with an answer or a message. The rest the reader's own side has brought. */
const isGivenOut = (
  { requesterId }: Request,
  { decisionId, messageId, uploadedBy }: typeof requestFiles.$inferSelect,
): boolean => decisionId !== null || (messageId !== null && uploadedBy !== requesterId);

type Opening = { request: Request; file: typeof requestFiles.$inferSelect };

async function mayOpen(
  { tx, actor }: { tx: Tx; actor: Actor },
  { request, file }: Opening,
): Promise<boolean> {
  if (!isGivenOut(request, file)) return true;
  if (request.requesterId !== person(actor).id) return false;
  if (file.messageId && (await isInternal(tx, file.messageId))) return false;
  const given = file.decisionId ? await givenAnswers(tx, request) : [];
  return !file.decisionId || given.some(({ id }) => id === file.decisionId);
}

/** A note of the desk, or what a developer answered to it. */
const isInternal = async (tx: Tx, messageId: string): Promise<boolean> =>
  (await tx.$count(
    requestMessages,
    and(eq(requestMessages.id, messageId), eq(requestMessages.direction, "internal")),
  )) > 0;
