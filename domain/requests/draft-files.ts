import { and, eq } from "drizzle-orm";
import { z } from "zod";

import { requestDrafts, requestFiles } from "@/db/schema";

import { chore } from "../chore";
import { uuid } from "../input";
import { lockDraft } from "./find-draft";
import { keepFile } from "./keep-file";

/** Adds a file to a draft. @throws Invalid at "file"; NotFound for anybody else's draft */
export const addDraftFile = chore({
  may: "request.file",
  input: z.object({
    draftId: uuid,
    fileName: z.string(),
    bytes: z.instanceof(Uint8Array),
  }),

  async run(step, { draftId, ...file }) {
    await lockDraft(step, draftId);
    await keepFile(step, { draftId }, file);
    await step.tx
      .update(requestDrafts)
      .set({ updatedAt: step.now })
      .where(eq(requestDrafts.id, draftId));
  },
});

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
