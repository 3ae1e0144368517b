import { and, desc, eq } from "drizzle-orm";

import type { Db, Tx } from "@/db/client";
import { draftStates, users } from "@/db/schema";

import { NotFound } from "../errors";

const STATE = {
  id: draftStates.id,
  kind: draftStates.kind,
  revision: draftStates.revision,
  userId: draftStates.userId,
  name: users.name,
  at: draftStates.at,
};
export type DraftState = Awaited<ReturnType<typeof listStates>>[number];

/** What a draft said before, the newest first: by whom, when, saved or only typed. */
export async function listStates(db: Db | Tx, subjectId: string) {
  return db
    .select(STATE)
    .from(draftStates)
    .innerJoin(users, eq(users.id, draftStates.userId))
    .where(eq(draftStates.subjectId, subjectId))
    .orderBy(desc(draftStates.at), desc(draftStates.id));
}

type Named = { subjectId: string; stateId: string };

/** One of them with its content. @throws NotFound where it is none of this draft's */
export async function findState(db: Db | Tx, { subjectId, stateId }: Named) {
  const [state] = await db
    .select({ ...STATE, content: draftStates.content })
    .from(draftStates)
    .innerJoin(users, eq(users.id, draftStates.userId))
    .where(and(eq(draftStates.id, stateId), eq(draftStates.subjectId, subjectId)));
  if (!state) throw new NotFound("errors.notFound");
  return state;
}

/** The one that an edit takes back, if it takes one back. @throws NotFound */
export async function takenState(
  tx: Tx,
  { subjectId, stateId }: { subjectId: string; stateId: string | undefined },
) {
  return stateId ? findState(tx, { subjectId, stateId }) : null;
}
