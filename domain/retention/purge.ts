import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { retentionHolds, users } from "@/db/schema";
import { PURGED_KINDS, type PurgedKind } from "@/db/vocabulary/retention";

import { query } from "../query";
import { countColumn, readOneRow, readRows } from "../rows";
import { verb } from "../verb";
import { PERIODS } from "./rules";
import { SWEEPS } from "./sweeps";

const DAY_MS = 86_400_000;
/** So much goes in one transaction: nobody waits behind it. */
const AT_ONCE = 500;

/**
 * One small step of the purge of one kind (P57): what ended longer ago than its period goes, 500 rows at
 * most, on the record by count. Nothing of a kind that is held, nor of a request that is (P14). Again is
 * harmless; a worker that dies in it leaves nothing half done. @returns how many went
 */
export const purgeStep = verb({
  may: "retention.purge",
  input: z.object({ kind: z.enum(PURGED_KINDS) }),

  async run({ tx, now, record, unchanged }, { kind }): Promise<number> {
    // One step of a kind at a time, however many workers there are.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`retention.${kind}`}))`);
    if (await isHeld(tx, kind)) return unchanged(0);
    const { due, remove } = SWEEPS[kind];
    const rows = await readRows(tx, z.object({ key: z.string() }))`
      select key from (${due(momentBefore(kind, now))}) as due limit ${AT_ONCE}`;
    if (rows.length === 0) return unchanged(0);
    await remove(
      tx,
      rows.map(({ key }) => key),
      now,
    );
    await record("retention.purged", {
      id: kind,
      after: { count: rows.length, days: PERIODS[kind].days },
    });
    return rows.length;
  },
});

/** The moment before which a period has passed. */
const momentBefore = (kind: PurgedKind, now: Date): SQL =>
  sql`${new Date(now.getTime() - PERIODS[kind].days * DAY_MS).toISOString()}::timestamptz`;

/** Whether all of a kind is held; a hold of one request leaves the others. */
const isHeld = async (tx: Tx, kind: PurgedKind): Promise<boolean> =>
  (await tx.$count(
    retentionHolds,
    and(
      eq(retentionHolds.kind, kind),
      isNull(retentionHolds.liftedAt),
      isNull(retentionHolds.requestNumber),
    ),
  )) > 0;

export type Retention = Awaited<ReturnType<typeof readRetention>>;

/** A dry run: what the next purge would remove, kind by kind, with the holds that stand; nothing is changed. */
export const readRetention = query({
  may: "retention.read",
  input: z.object({}),

  async run({ db, now }) {
    const holds = await holdsOf(db);
    const due: { kind: PurgedKind; due: number; isHeld: boolean }[] = [];
    for (const kind of PURGED_KINDS) {
      const { n } = await readOneRow(db, z.object({ n: countColumn }))`
        select count(*)::int as n from (${SWEEPS[kind].due(momentBefore(kind, now))}) as due`;
      const held = holds.some((one) => one.kind === kind && one.requestNumber === null);
      due.push({ kind, due: n, isHeld: held });
    }
    return { due, holds };
  },
});

/** The holds that stand, the latest first. */
const holdsOf = (db: Db | Tx) =>
  db
    .select({
      id: retentionHolds.id,
      kind: retentionHolds.kind,
      requestNumber: retentionHolds.requestNumber,
      reason: retentionHolds.reason,
      words: retentionHolds.words,
      placedAt: retentionHolds.placedAt,
      placedByName: users.name,
    })
    .from(retentionHolds)
    .innerJoin(users, eq(users.id, retentionHolds.placedBy))
    .where(isNull(retentionHolds.liftedAt))
    .orderBy(sql`${retentionHolds.placedAt} desc`);
