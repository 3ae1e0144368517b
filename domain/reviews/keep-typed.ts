import { and, desc, eq, gt, lt, ne, sql } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { draftStates, draftVisits, users } from "@/db/schema";

import { type Permission, person } from "../access/permissions";
import { chore, type Step } from "../chore";
import { uuid } from "../input";
import { type Content, forgetOldest } from "./keep-state";
import type { Draft, Named } from "./kind";
import { isOnItsWay } from "./rules";

/** Milliseconds after which somebody who is heard of no more has gone. */
const GONE = 45_000;

type Keeping = {
  may: Permission;
  kind: Named;
  /** The fields of its form. */
  content: z.ZodObject;
  /** @throws NotFound */
  find: (tx: Tx, id: string) => Promise<Draft>;
};

/**
 * What the page of a draft says every few seconds: that somebody has it before them, and what they have
 * typed and not saved. The draft stays as it is, and so does a review it waits for; what was typed is kept
 * beside it, one wording for each person and each revision that they began from. A field that its verb
 * would refuse is left out.
 * @returns the wording that was kept, who else has the draft open, and who has saved it meanwhile
 */
export function keeping({ may, kind, content, find }: Keeping) {
  return chore({
    may,
    input: z.object({
      id: uuid,
      revision: z.coerce.number().int(),
      typed: z.record(z.string(), z.unknown()).nullable(),
    }),

    async run(step, { id, revision, typed }) {
      const draft = await find(step.tx, id);
      const isKept = typed !== null && isOnItsWay(draft) && revision <= draft.revision;
      const kept = isKept
        ? await keep(step, { kind, draft, revision, content: readable(content, typed) })
        : null;
      await noteVisit(step, { id, isTyping: typed !== null });
      return {
        kept,
        others: await othersAt(step, id),
        ahead: revision < draft.revision ? await lastSave(step.tx, draft) : null,
      };
    },
  });
}

/** The fields that can be read, each by itself: a date half typed takes nothing with it. */
function readable({ shape }: z.ZodObject, typed: Content): Content {
  const fields = Object.entries(shape).flatMap(([name, field]) => {
    const read = z.safeParse(field, typed[name]);
    return read.success && read.data !== undefined ? [[name, read.data] as const] : [];
  });
  return Object.fromEntries(fields);
}

type Typed = { kind: Named; draft: Draft; revision: number; content: Content };

async function keep(step: Step, typed: Typed): Promise<string | null> {
  const { tx, actor, now } = step;
  const { kind, draft, revision, content } = typed;
  if (await isSaved(step, typed)) return null;
  const [row] = await tx
    .insert(draftStates)
    .values({
      ...{ subjectType: kind.type, subjectId: draft.id, kind: "typed", revision, content },
      ...{ userId: person(actor).id, at: now },
    })
    .onConflictDoUpdate({
      target: [draftStates.subjectId, draftStates.userId, draftStates.revision],
      targetWhere: eq(draftStates.kind, "typed"),
      set: { content, at: now },
    })
    .returning({ id: draftStates.id });
  await forgetOldest(tx, draft.id);
  return row?.id ?? null;
}

/** What was on its way while the very same was saved is no wording of its own. */
async function isSaved({ tx }: Step, { draft, revision, content }: Typed): Promise<boolean> {
  if (revision === draft.revision) return false;
  const same = await tx.$count(
    draftStates,
    and(
      eq(draftStates.subjectId, draft.id),
      eq(draftStates.kind, "saved"),
      eq(draftStates.revision, revision + 1),
      sql`${draftStates.content} @> ${JSON.stringify(content)}::jsonb`,
    ),
  );
  return same > 0;
}

async function noteVisit(
  { tx, actor, now }: Step,
  { id, isTyping }: { id: string; isTyping: boolean },
): Promise<void> {
  await tx.delete(draftVisits).where(lt(draftVisits.seenAt, new Date(now.getTime() - GONE)));
  await tx
    .insert(draftVisits)
    .values({ subjectId: id, userId: person(actor).id, seenAt: now, isTyping })
    .onConflictDoUpdate({
      target: [draftVisits.subjectId, draftVisits.userId],
      set: { seenAt: now, isTyping },
    });
}

async function othersAt({ tx, actor, now }: Step, id: string) {
  return tx
    .select({ name: users.name, isTyping: draftVisits.isTyping })
    .from(draftVisits)
    .innerJoin(users, eq(users.id, draftVisits.userId))
    .where(
      and(
        eq(draftVisits.subjectId, id),
        ne(draftVisits.userId, person(actor).id),
        gt(draftVisits.seenAt, new Date(now.getTime() - GONE)),
      ),
    )
    .orderBy(users.name);
}

/** Who saved last, and when; what changed a draft otherwise (its audience, its lists) has no name here. */
async function lastSave(tx: Tx, { id, revision, updatedAt }: Draft) {
  const [last] = await tx
    .select({ name: users.name })
    .from(draftStates)
    .innerJoin(users, eq(users.id, draftStates.userId))
    .where(
      and(
        eq(draftStates.subjectId, id),
        eq(draftStates.kind, "saved"),
        eq(draftStates.revision, revision),
      ),
    )
    .orderBy(desc(draftStates.at));
  return { name: last?.name ?? null, at: updatedAt.toISOString() };
}
