import { and, asc, eq } from "drizzle-orm";

import type { Db, Tx } from "@/db/client";
import { requestDrafts, requestFiles } from "@/db/schema";

import { person } from "../access/permissions";
import type { Context } from "../context";
import { NotFound } from "../errors";
import { openAnswers } from "./draft-answers";

/** The reader's own draft, held until the transaction ends. @throws NotFound for anybody else's */
export async function lockDraft({ actor, tx }: Context & { tx: Tx }, draftId: string) {
  const [draft] = await tx
    .select()
    .from(requestDrafts)
    .where(and(eq(requestDrafts.id, draftId), eq(requestDrafts.ownerId, person(actor).id)))
    .for("update");
  if (!draft) throw new NotFound("errors.notFound");
  return { ...draft, answers: openAnswers(draft.answers) };
}

/** What is shown of a file; its content is not among it. */
export const FILE_COLUMNS = {
  id: requestFiles.id,
  name: requestFiles.name,
  mediaType: requestFiles.mediaType,
  size: requestFiles.size,
  sha256: requestFiles.sha256,
  uploadedAt: requestFiles.uploadedAt,
  scannedAt: requestFiles.scannedAt,
};

export type ShownFile = Pick<typeof requestFiles.$inferSelect, keyof typeof FILE_COLUMNS>;

export const filesOfDraft = (db: Db | Tx, draftId: string): Promise<ShownFile[]> =>
  db
    .select(FILE_COLUMNS)
    .from(requestFiles)
    .where(eq(requestFiles.draftId, draftId))
    .orderBy(asc(requestFiles.uploadedAt), asc(requestFiles.id));
