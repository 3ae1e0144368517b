import { and, eq } from "drizzle-orm";
import { z } from "zod";

import { requestDrafts, requestFiles } from "@/db/schema";

import { chore } from "../chore";
import { Invalid } from "../errors";
import { uuid } from "../input";
import { lockDraft } from "./find-draft";
import { keepFile } from "./keep-file";
import { scanFile, scanFiles } from "./scan-file";

/** Adds a file to a draft. @throws Invalid at "file"; NotFound for anybody else's draft */
export const addDraftFile = chore({
  may: "request.file",
  input: z.object({
    draftId: uuid,
    fileName: z.string(),
    bytes: z.instanceof(Uint8Array),
  }),

  prepare: async ({ draftId, ...file }) => ({ draftId, file: await scanFile(file) }),

  async run(step, { draftId, file }) {
    await lockDraft(step, draftId);
    await keepFile(step, { draftId }, file);
    await step.tx
      .update(requestDrafts)
      .set({ updatedAt: step.now })
      .where(eq(requestDrafts.id, draftId));
  },
});

/**
 * Keeps those of several files that can be kept, for a form that sends them together: one that is
 * no proof does not take the others along. A file that is there already stays so.
 * @returns how many the draft holds now, and each that was not kept with its reason
 * @throws NotFound for anybody else's draft
 */
export const addDraftFiles = chore({
  may: "request.file",
  input: z.object({
    draftId: uuid,
    files: z.array(z.object({ fileName: z.string(), bytes: z.instanceof(Uint8Array) })),
  }),

  prepare: async (given) => ({ ...given, files: await scanFiles(given.files) }),

  async run(step, { draftId, files }) {
    const { answers } = await lockDraft(step, draftId);
    const refused: { name: string; key: string }[] = [];
    for (const file of files) {
      const key = await refusalOf(keepFile(step, { draftId }, file));
      if (key && key !== "requests.errors.file.again") refused.push({ name: file.fileName, key });
    }
    const { tx, now } = step;
    await tx.update(requestDrafts).set({ updatedAt: now }).where(eq(requestDrafts.id, draftId));
    const kept = await tx.$count(requestFiles, eq(requestFiles.draftId, draftId));
    return { answers, kept, refused };
  },
});

/** Why a file is not kept; undefined where it was. Nothing has been written before a refusal. */
async function refusalOf(keeping: Promise<unknown>): Promise<string | undefined> {
  try {
    await keeping;
    return undefined;
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return error.fields.file?.[0] ?? error.messageKey;
  }
}

/** Takes a file out of a draft again; once the request is filed, files stay. */
export const removeDraftFile = chore({
  may: "request.file",
  input: z.object({ draftId: uuid, fileId: uuid }),

  async run(step, { draftId, fileId }) {
    await lockDraft(step, draftId);
    await step.tx
      .delete(requestFiles)
      .where(and(eq(requestFiles.id, fileId), eq(requestFiles.draftId, draftId)));
  },
});
