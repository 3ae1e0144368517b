import { and, desc, eq, notInArray } from "drizzle-orm";

import type { Tx } from "@/db/client";
import { draftStates } from "@/db/schema";
import type { ReviewSubject } from "@/db/vocabulary/reviews";

import { person } from "../access/permissions";
import type { Step } from "../chore";
import type { Draft } from "./kind";

/** What a form of a draft says, by its fields, as its verb reads them. */
export type Content = Record<string, unknown>;

/** States of one draft that are kept, the newest; of those that were typed and never saved, likewise. */
const MOST = { saved: 50, typed: 20 };

type Saving = { type: ReviewSubject; draft: Draft; revision: number } & {
  before: Content;
  after: Content;
};

/**
 * Keeps what a save wrote, and with the first one what was there before it. What its person had typed
 * towards it is no longer a wording of its own.
 */
export async function keepSaved({ tx, actor, now }: Step, saving: Saving): Promise<void> {
  const { type, draft, revision, before, after } = saving;
  const { id: subjectId } = draft;
  const ofDraft = eq(draftStates.subjectId, subjectId);
  const common = { subjectType: type, subjectId, kind: "saved" } as const;
  const known = await tx.$count(draftStates, and(ofDraft, eq(draftStates.kind, "saved")));
  const [first = person(actor).id] = draft.writerIds;
  const was = { ...common, revision: draft.revision, content: before };
  const is = { ...common, revision, content: after, userId: person(actor).id, at: now };
  await tx
    .insert(draftStates)
    .values(known === 0 ? [{ ...was, userId: first, at: draft.updatedAt }, is] : [is]);
  await tx
    .delete(draftStates)
    .where(
      and(
        ofDraft,
        eq(draftStates.kind, "typed"),
        eq(draftStates.userId, person(actor).id),
        eq(draftStates.revision, draft.revision),
      ),
    );
  await forgetOldest(tx, subjectId);
}

export async function forgetOldest(tx: Tx, subjectId: string): Promise<void> {
  for (const kind of ["saved", "typed"] as const) {
    const ofKind = and(eq(draftStates.subjectId, subjectId), eq(draftStates.kind, kind));
    const newest = tx
      .select({ id: draftStates.id })
      .from(draftStates)
      .where(ofKind)
      .orderBy(desc(draftStates.at), desc(draftStates.id))
      .limit(MOST[kind]);
    await tx.delete(draftStates).where(and(ofKind, notInArray(draftStates.id, newest)));
  }
}
