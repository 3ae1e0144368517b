import { asc, eq, inArray, isNull, lt, or, sql } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { auditCheckpoints, auditKeys, checkpointReaders, mailKeys } from "@/db/schema";
import type { CheckpointPace } from "@/db/vocabulary/evidence";
import { shanghaiDay, shanghaiMidnight } from "@/lib/shanghai";

import { person } from "../access/permissions";
import { stopOptional } from "../broadcasts/optional-mails";
import { startBroadcast } from "../broadcasts/start";
import { NotFound } from "../errors";
import { query } from "../query";
import { type RecordedStep, verb } from "../verb";
import { signedLast } from "./checkpoint";
import { storedTree } from "./tree";

/** Whether what was signed last is mailed to the reader, and how often it is or would be. */
export const readCheckpointMails = query({
  may: "access.changeOwn",
  input: z.object({}),

  async run({ db, actor }): Promise<{ isWanted: boolean; pace: CheckpointPace }> {
    const { id, staffRoles: roles } = person(actor);
    const wanted = await db.$count(checkpointReaders, eq(checkpointReaders.userId, id));
    return { isWanted: wanted > 0, pace: roles.includes("auditor") ? "daily" : "monthly" };
  },
});

/** Has what was signed last mailed to oneself from now on, or no more. */
export const chooseCheckpointMails = verb({
  may: "access.changeOwn",
  input: z.object({ isWanted: z.boolean() }),

  async run(step, { isWanted }) {
    const { id } = person(step.actor);
    if (!(await takeCheckpointMails(step, { userId: id, isWanted }))) step.unchanged();
  },
});

type Choice = { userId: string; isWanted: boolean };

/** Takes the choice over; of mails that are no longer wanted none leaves that has not. @returns whether it is another than before */
export async function takeCheckpointMails(
  { tx, now, record }: RecordedStep,
  { userId, isWanted }: Choice,
): Promise<boolean> {
  const changed = isWanted
    ? await tx
        .insert(checkpointReaders)
        .values({ userId, since: now })
        .onConflictDoNothing()
        .returning()
    : await tx.delete(checkpointReaders).where(eq(checkpointReaders.userId, userId)).returning();
  if (changed.length === 0) return false;
  if (!isWanted) await stopOptional(tx, { userId, mails: ["checkpoint"], now });
  await record("person.changed_checkpoint_mails", {
    id: userId,
    before: { wantsCheckpointMails: !isWanted },
    after: { wantsCheckpointMails: isWanted },
  });
  return true;
}

/**
 * Mails what was signed last to everybody who asked for it and has had none in this period: to who
 * audits each day, to everybody else each month, and to who has just asked at once. Two at once mail
 * each person once. @returns how many people
 */
export const mailCheckpoints = verb({
  may: "audit.seal",
  input: z.object({}),

  async run(step): Promise<{ mailed: number }> {
    const { tx, now } = step;
    const last = await signedLast(tx);
    if (!last) return step.unchanged({ mailed: 0 });
    const due = await takeDue(tx, now);
    if (due.length === 0) return step.unchanged({ mailed: 0 });
    await tx
      .insert(mailKeys)
      .values(due.map(({ userId }) => ({ userId })))
      .onConflictDoNothing();
    // Who was mailed together before is told the same.
    for (const alike of new Set(due.map(likeness))) {
      const readers = due.filter((one) => likeness(one) === alike);
      const [{ pace, size } = { pace: "monthly" as const, size: null }] = readers;
      await startBroadcast(step, {
        kind: "checkpoint",
        subjectId: crypto.randomUUID(),
        facts: {
          pace,
          last: stateOf(last),
          earlier: size === null ? null : await stateAt(tx, size),
        },
        audience: { userIds: readers.map(({ userId }) => userId) },
        channels: ["email"],
      });
    }
    await tx
      .update(checkpointReaders)
      .set({ mailedAt: now, size: last.size })
      .where(
        inArray(
          checkpointReaders.userId,
          due.map(({ userId }) => userId),
        ),
      );
    return { mailed: due.length };
  },
});

type Due = { userId: string; size: number | null; pace: CheckpointPace };

const likeness = ({ pace, size }: Due): string => `${pace} ${size}`;

/** Nobody else gets hold of them before this transaction ends, and then they are due no more. */
async function takeDue(tx: Tx, now: Date): Promise<Due[]> {
  const isAuditor = sql<boolean>`exists (
    select from staff_roles s where s.user_id = checkpoint_readers.user_id and s.role = 'auditor')`;
  const begun = (pace: CheckpointPace) => lt(checkpointReaders.mailedAt, beginOf(pace, now));
  const rows = await tx
    .select({ userId: checkpointReaders.userId, size: checkpointReaders.size, isAuditor })
    .from(checkpointReaders)
    .where(
      or(
        isNull(checkpointReaders.mailedAt),
        begun("monthly"),
        sql`${isAuditor} and ${begun("daily")}`,
      ),
    )
    .orderBy(asc(checkpointReaders.userId))
    .for("update", { skipLocked: true });
  return rows.map(({ isAuditor: isDaily, ...row }) => ({
    ...row,
    pace: isDaily ? ("daily" as const) : ("monthly" as const),
  }));
}

const HOUR_MS = 3_600_000;
/** Mails come when people begin to work. */
const FROM_HOUR = 9;

/** When the period that now is in began, in Beijing. */
function beginOf(pace: CheckpointPace, now: Date): Date {
  const day = shanghaiDay(new Date(now.getTime() - FROM_HOUR * HOUR_MS));
  const first = pace === "daily" ? day : `${day.slice(0, 7)}-01`;
  return new Date(shanghaiMidnight(first).getTime() + FROM_HOUR * HOUR_MS);
}

type Signed = { size: number; note: string; sealedAt: Date };

const stateOf = ({ size, note, sealedAt }: Signed) => ({
  ...{ size, note, sealedAt: sealedAt.toISOString() },
});

async function stateAt(tx: Tx, size: number) {
  const [signed] = await tx.select().from(auditCheckpoints).where(eq(auditCheckpoints.size, size));
  return signed ? stateOf(signed) : null;
}

/** A file that shows that a later checkpoint goes on from an earlier one: `public/verify-checkpoints.mjs` checks it. */
export type Consistency = {
  format: "gaozhi-consistency/1";
  earlier: SignedNote;
  later: SignedNote;
  /** RFC 9162, 2.1.4, in hex. */
  proof: string[];
};
type SignedNote = { checkpoint: string; key: { name: string; publicKey: string } };

const size = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER);

/** That one signed state is the beginning of another, or of the last. @throws NotFound where nothing of such a size was signed */
export const readConsistency = query({
  may: "audit.readCheckpoint",
  input: z.object({ from: size, to: size.optional() }),

  async run({ db }, { from, to }): Promise<Consistency> {
    const later = to ?? (await signedLast(db))?.size ?? 0;
    const signed = await db
      .select({ checkpoint: auditCheckpoints, key: auditKeys })
      .from(auditCheckpoints)
      .innerJoin(auditKeys, eq(auditKeys.id, auditCheckpoints.keyId))
      .where(inArray(auditCheckpoints.size, [from, later]));
    const noteOf = (wanted: number): SignedNote => {
      const found = signed.find(({ checkpoint }) => checkpoint.size === wanted);
      if (!found) throw new NotFound("errors.notFound");
      const { name, publicKey } = found.key;
      return {
        checkpoint: found.checkpoint.note,
        key: { name, publicKey: publicKey.toString("base64") },
      };
    };
    const [one, other] = [noteOf(from), noteOf(later)];
    if (from > later) throw new NotFound("errors.notFound");
    const proof = await storedTree(db).consistency(from, later);
    return {
      ...{ format: "gaozhi-consistency/1", earlier: one, later: other },
      proof: proof.map((hash) => hash.toString("hex")),
    };
  },
});
