import { eq } from "drizzle-orm";

import { reviews } from "@/db/schema";
import { formatTime } from "@/lib/format";

import { person } from "../access/permissions";
import { Conflict } from "../errors";
import type { RecordedStep } from "../verb";
import { type Content, keepSaved } from "./keep-state";
import type { Draft, Kind, Named } from "./kind";
import { assertMove, isOnItsWay } from "./rules";

/** @throws Conflict when somebody saved meanwhile */
export function assertRevision({ refusals }: Named, draft: Draft, revision: number): void {
  if (draft.revision !== revision)
    throw new Conflict(refusals.editedMeanwhile, { time: formatTime(draft.updatedAt) });
}

/** @throws Conflict when it is published or discarded, or somebody saved meanwhile */
export function assertEditable(kind: Named, draft: Draft, revision: number): void {
  const { movedOn, notEditable } = kind.refusals;
  if (!isOnItsWay(draft)) throw new Conflict(draft.status === "discarded" ? movedOn : notEditable);
  assertRevision(kind, draft, revision);
}

type Edit<Own> = {
  draft: Draft;
  own: Own;
  /** What its form said and says now; left out where the edit is not one of its form. */
  said?: { before: Content; after: Content };
  /** Whose kept wording this takes back, if anybody's. */
  wordsOf?: string | null;
};

/**
 * Writes an edit. What waits for review goes back to draft, so no approval can fall on something its
 * reviewer did not see, and whoever edits becomes one of its writers and may not approve it, as does
 * whose words are taken back.
 */
export async function saveDraft<Later extends string, Own, Judged>(
  step: RecordedStep,
  kind: Kind<Later, Own, Judged>,
  { draft, own, said, wordsOf }: Edit<Own>,
): Promise<{ revision: number }> {
  const { tx, actor, now, record } = step;
  const revision = draft.revision + 1;
  if (said) await keepSaved(step, { type: kind.type, draft, revision, ...said });
  await kind.write(tx, draft.id, {
    own,
    common: {
      ...RETURNED,
      writerIds: [
        ...new Set([...draft.writerIds, person(actor).id, ...(wordsOf ? [wordsOf] : [])]),
      ],
      revision,
      updatedAt: now,
    },
  });
  if (draft.status === "in_review")
    await record(`${kind.type}.returned`, {
      id: draft.id,
      before: { contentHash: draft.contentHash },
      after: { reason: "edited" },
    });
  return { revision };
}

/** Back with its author: no hash is fixed. */
export const RETURNED = { status: "draft", contentHash: null, submittedAt: null } as const;

type Submission<Own> = { draft: Draft; contentHash: string; own?: Own };

/** Hands a complete draft to a second person and fixes the hash of what is to be seen; its verb records it. */
export async function submitDraft<Later extends string, Own, Judged>(
  { tx, now }: RecordedStep,
  kind: Kind<Later, Own, Judged>,
  { draft, contentHash, own }: Submission<Own>,
): Promise<void> {
  await kind.write(tx, draft.id, {
    common: { status: "in_review", contentHash, submittedAt: now },
    ...(own && { own }),
  });
}

/** @throws Conflict when it cannot be submitted now, or somebody saved meanwhile */
export function assertSubmittable<Later extends string, Own, Judged>(
  kind: Kind<Later, Own, Judged>,
  draft: Draft<Later>,
  revision: number,
): void {
  assertMove(kind.moves, { from: draft.status, to: "in_review" }, kind.refusals.movedOn);
  assertRevision(kind, draft, revision);
}

/**
 * Throws a draft away. What a second person has judged stays to be read, in no list.
 * @returns whether it stays. @throws Conflict when it is no draft
 */
export async function discardDraft<Later extends string, Own, Judged>(
  { tx, actor, now }: RecordedStep,
  kind: Kind<Later, Own, Judged>,
  { id, status }: Draft,
): Promise<boolean> {
  if (status !== "draft") throw new Conflict(kind.refusals.notDiscardable);
  const isJudged = (await tx.$count(reviews, eq(reviews.subjectId, id))) > 0;
  await (isJudged
    ? kind.write(tx, id, {
        common: { status: "discarded", discardedBy: person(actor).id, discardedAt: now },
      })
    : kind.erase(tx, id));
  return isJudged;
}
