import { and, count, desc, eq } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { requestDrafts, requestFiles } from "@/db/schema";

import { person } from "../access/permissions";
import { NotFound } from "../errors";
import { uuid } from "../input";
import { query } from "../query";
import { openAnswers } from "./draft-answers";
import { filesOfDraft } from "./find-draft";
import { openStep } from "./filing-steps";

/** The reader's own draft with its files. @throws NotFound for anybody else's */
export const readDraft = query({
  may: "request.file",
  input: z.object({ draftId: uuid }),

  async run({ db, actor }, { draftId }) {
    const draft = await openDraft(db, { draftId, ownerId: person(actor).id });
    if (!draft) throw new NotFound("errors.notFound");
    return draft;
  },
});

export type Draft = Awaited<ReturnType<typeof readDraft>>;

/** A draft with its files; null where there is none of that owner. */
export async function openDraft(
  db: Db | Tx,
  { draftId, ownerId }: { draftId: string; ownerId: string },
) {
  const [draft] = await db
    .select()
    .from(requestDrafts)
    .where(and(eq(requestDrafts.id, draftId), eq(requestDrafts.ownerId, ownerId)));
  if (!draft) return null;
  const files = await filesOfDraft(db, draftId);
  const { id, ticketNumber, updatedAt } = draft;
  return { id, ticketNumber, updatedAt, answers: openAnswers(draft.answers), files };
}

/** The reader's drafts, the latest first, and where each goes on. */
export const listDrafts = query({
  may: "request.file",
  input: z.object({}),

  async run({ db, actor }) {
    const rows = await db
      .select({
        id: requestDrafts.id,
        answers: requestDrafts.answers,
        updatedAt: requestDrafts.updatedAt,
        files: count(requestFiles.id),
      })
      .from(requestDrafts)
      .leftJoin(requestFiles, eq(requestFiles.draftId, requestDrafts.id))
      .where(eq(requestDrafts.ownerId, person(actor).id))
      .groupBy(requestDrafts.id)
      .orderBy(desc(requestDrafts.updatedAt));
    return rows.map(({ id, answers, updatedAt, files }) => {
      const read = openAnswers(answers);
      return { id, updatedAt, type: read.type, step: openStep(read, files) };
    });
  },
});
