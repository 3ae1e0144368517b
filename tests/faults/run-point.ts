import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";

import { db } from "@/db/client";
import { retryFailed } from "@/domain/broadcasts/retry-failed";

import { compare, crowdOf, type Comparison } from "./compare";
import { FAULTS, type Point, WORKER_POINTS } from "./points";
import { onStage, type Stage } from "./stage";
import { allFinal, ask, givenTelling, hasten, leasesRunOut } from "./telling";

/** What came of one fault at a point: how many workers were at work at once, and how many of them died there. */
export type Cell = { fault: string; crew: number; died: number };

export type PointResult = Comparison & {
  point: string;
  cells: Cell[];
  /** Mails of batches that the provider refused as a whole, which somebody sent again. */
  retried: number;
  /** Seconds until what the last killed worker held was taken up by another, leases and all. */
  takenUp: number;
  seconds: number;
};

/** How many workers are at work at once, in turn: each number meets each fault, and each point. */
const CREWS = [1, 2];
/** Enough that the last of all workers still comes to its point. */
const RECIPIENTS = 6_000;
/** The snapshot is written before anything is asked of the provider, and is soon written whole. */
const SNAPSHOT_KILLS = 4;

/**
 * One broadcast whose workers are killed at one point again and again: with each fault of the provider
 * before it, one worker and two at once in turn. Then others bring it to its end, and what the provider
 * refused is sent again as its operator would.
 */
export async function runPoint(word: string): Promise<PointResult> {
  const index = WORKER_POINTS.findIndex((one) => one.word === word);
  const point = WORKER_POINTS[index];
  if (!point) throw new Error(`there is no point ${word}`);
  const asked = { kill: () => undefined as void };
  const onRequest = ({ method }: { method: string }) => void (method === "POST" && asked.kill());
  return onStage({ onRequest }, async (stage) => {
    const { workers, resend, accepted } = stage;
    if (point.at === "asked") asked.kill = () => void workers.killAll();
    const { actor, tell } = await givenTelling(RECIPIENTS);
    const broadcastId = await tell();
    const cells: Cell[] = [];
    const isSnapshot = point.at.includes("snapshot");
    for (const [turn, { name, fault }] of FAULTS.entries()) {
      if (isSnapshot && turn >= SNAPSHOT_KILLS) break;
      const crew = CREWS[(turn + index) % CREWS.length] ?? 1;
      await leasesRunOut();
      resend.faults.clear();
      resend.faults.program(fault);
      cells.push({ fault: name, crew, died: await dying(stage, { point, crew }) });
    }
    asked.kill = () => undefined;
    resend.faults.clear();
    const killed = performance.now();
    await workers.start(1);
    const takenUp = await untilTakenUp(killed);
    await allFinal(broadcastId);
    const retried = await retryRefused(actor, broadcastId);
    await workers.killAll();
    return {
      ...(await compare([{ broadcastId, whose: crowdOf() }], await accepted())),
      ...{ point: point.name, cells, retried, takenUp },
    };
  });
}

type Dying = { point: Point; crew: number };

/** Starts them and waits for the end of all; what a fault has put off is due meanwhile. @returns how many died there */
export async function dying({ workers }: Stage, { point, crew }: Dying): Promise<number> {
  let isOver = false;
  const ends = Promise.all(Array.from({ length: crew }, () => workers.startDying(point)));
  void ends.finally(() => (isOver = true));
  while (!isOver) {
    await sleep(300);
    await hasten();
  }
  return (await ends).filter(Boolean).length;
}

/** Until nobody's lease that a dead worker holds is left: it ran out, and another worker has settled its batch. */
async function untilTakenUp(killed: number): Promise<number> {
  const { rows } = await db.execute<{ id: string; attempts: number }>(sql`
    select id, attempts from mail_batches where status = 'frozen' and lease_until is not null`);
  const isHeld = async () => {
    const { rowCount } = await db.execute(sql`
      select from mail_batches m
      join unnest(${sql.param(rows.map(({ id }) => id))}::uuid[],
        ${sql.param(rows.map(({ attempts }) => attempts))}::int[]) as h(id, attempts) on h.id = m.id
      where m.status = 'frozen' and m.attempts = h.attempts`);
    return (rowCount ?? 0) > 0;
  };
  while (await isHeld()) {
    if (performance.now() - killed > 180_000) return Infinity;
    await sleep(250);
  }
  return (performance.now() - killed) / 1000;
}

/** Sends again what was refused as a whole, and waits for its end. @returns how many mails */
async function retryRefused(
  actor: Awaited<ReturnType<typeof givenTelling>>["actor"],
  broadcastId: string,
): Promise<number> {
  const failed = await ask(sql`
    select count(*)::int as value from mail_batches
    where broadcast_id = ${broadcastId} and status = 'failed'`);
  if (Number(failed) === 0) return 0;
  const mails = await retryFailed({ actor, now: new Date() }, { broadcastId });
  await allFinal(broadcastId);
  return mails;
}
