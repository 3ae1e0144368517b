import os from "node:os";
import { sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { inRoot } from "@/lib/paths";
import { ThreadPool } from "@/lib/thread-pool";

import { countColumn, readOneRow } from "../rows";
import { type CheckedLeaves, checkLeaves, LEAF_VALUES, type Leaves } from "./check-leaves";
import { NO_LEAF } from "./leaf";

/** Leaves of one piece of work: few enough that they are garbage while they are young. */
export const CHUNK = 2_000;
/** Pieces that are read and not yet done with, so that memory stays the same however long the record is. */
const AHEAD = 6;

/** Nothing waits for a check but its next: a machine that is busy with others may take its time. */
const BUDGET = { workMs: 300_000, waitMs: 600_000, waiting: AHEAD, megabytes: 256 };

/**
 * Every leaf in its order, looked at: the database reads on, and threads look at what it has given. A
 * record of one piece needs none.
 */
export async function* walkLeaves(db: Db | Tx): AsyncGenerator<CheckedLeaves> {
  const threads = new ThreadPool({
    ...BUDGET,
    file: inRoot("domain", "audit", "thread.mjs"),
    threads: Math.min(4, os.availableParallelism()),
  });
  const checking: Promise<CheckedLeaves>[] = [];
  try {
    for await (const { isOnly, ...leaves } of readLeaves(db)) {
      const asked = isOnly ? Promise.resolve(checkLeaves(leaves)) : threads.run(leaves);
      checking.push(awaitedLater(asked as Promise<CheckedLeaves>));
      if (checking.length >= AHEAD) yield (await checking.shift()) as CheckedLeaves;
    }
    for (const checked of checking) yield await checked;
  } finally {
    threads.end();
  }
}

const chunkRow = z.object({
  leaves: countColumn,
  /** Behind the last of them. */
  next: countColumn,
  previous: z.string(),
  rows: z.string(),
});

/** Entry by entry by its number: a join of the whole is planned as a look at every entry, for each piece anew. */
const readChunk = (db: Db | Tx, from: number) => readOneRow(db, chunkRow)`
  select count(*) as leaves, coalesce(max(l.place) + 1, 0) as next,
    coalesce((select encode(hash, 'hex') from audit_leaves where place < ${from}::bigint
      order by place desc limit 1), ${NO_LEAF}) as previous,
    coalesce(json_agg(${sql.raw(LEAF_VALUES)} order by l.place), '[]')::text as rows
  from (select * from audit_leaves where place >= ${from}::bigint order by place limit ${CHUNK}) l
    left join lateral (select * from audit_entries where seq = l.seq limit 1) e on true
    left join lateral (select seq from audit_erasures where seq = l.seq limit 1) x on true`;

async function* readLeaves(db: Db | Tx): AsyncGenerator<Leaves & { isOnly: boolean }> {
  let place = 0;
  for (let reading = readChunk(db, 0); ;) {
    const { leaves, next, ...chunk } = await reading;
    if (leaves === 0) return;
    reading = awaitedLater(readChunk(db, next));
    yield { ...chunk, place, isOnly: place === 0 && leaves < CHUNK };
    place += leaves;
  }
}

/** One that fails before somebody waits for it is nobody's unhandled error. */
function awaitedLater<Result>(promise: Promise<Result>): Promise<Result> {
  promise.catch(() => undefined);
  return promise;
}
