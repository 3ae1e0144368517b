import { eq } from "drizzle-orm";
import { z } from "zod";

import { requestDrafts, requestFiles } from "@/db/schema";

import { chore } from "../chore";
import { uuid } from "../input";
import { lockDraft } from "./find-draft";

/** Throws a draft away with its files; nothing of it is kept. @throws NotFound for anybody else's */
export const deleteDraft = chore({
  may: "request.file",
  input: z.object({ draftId: uuid }),

  async run(step, { draftId }) {
    await lockDraft(step, draftId);
    await step.tx.delete(requestFiles).where(eq(requestFiles.draftId, draftId));
    await step.tx.delete(requestDrafts).where(eq(requestDrafts.id, draftId));
  },
});
