import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";

import { db } from "@/db/client";
import { env } from "@/lib/env";
import { readRecord } from "@/stand-ins/resend/record";
import { startResendStandIn } from "@/stand-ins/resend/start";

import { compare, type Comparison } from "./compare";
import { FAULTS, type Point, WORKER_POINTS } from "./points";
import { allFinal, givenTelling, hasten, leasesRunOut } from "./run-broadcast";
import { openWebhookDoor } from "./webhook-door";
import { workerProcesses } from "./workers";

export type PointResult = Comparison & {
  point: string;
  /** Kills at the point, each with another of the provider's faults, by one or two workers at once. */
  kills: number;
  /** How often a worker did not come to the point, because nothing was left to do there. */
  missed: number;
  /** Seconds until what the last killed worker held was taken up by another, leases and all. */
  takenUp: number;
  seconds: number;
};

const RECIPIENTS = 5_000;
/** The snapshot is written before anything is asked of the provider, and is soon written whole. */
const SNAPSHOT_KILLS = 4;

/**
 * One broadcast whose workers are killed at one point again and again, each time with another fault of
 * the provider before it, one worker and two at once in turn; then others bring it to its end.
 */
export async function runPoint(index: number): Promise<PointResult> {
  const begin = performance.now();
  const point = WORKER_POINTS[index];
  if (!point) throw new Error(`there is no point ${index}`);
  const folder = mkdtempSync(join(tmpdir(), "gaozhi-point-"));
  const door = await openWebhookDoor();
  const asked = { kill: () => undefined as void };
  const resend = await startResendStandIn({
    dataFolder: folder,
    apiKey: env().RESEND_API_KEY,
    webhookSecret: env().RESEND_WEBHOOK_SECRET,
    webhookUrl: door.url,
    webhookRetriesMs: [50, 200, 1000, 2000, 4000],
    stepMs: 30,
    onRequest: ({ method }) => method === "POST" && asked.kill(),
  });
  const workers = workerProcesses(resend.url);
  if (point.at === "asked") asked.kill = () => void workers.killAll();
  try {
    const broadcastId = await (await givenTelling(RECIPIENTS)).tell();
    const faults = point.at.includes("snapshot") ? FAULTS.slice(0, SNAPSHOT_KILLS) : FAULTS;
    let [kills, missed] = [0, 0];
    for (const [turn, fault] of faults.entries()) {
      resend.faults.clear();
      resend.faults.program(fault);
      const ended = await dying(workers, { point, count: ((turn + index) % 2) + 1 });
      kills += ended.filter(Boolean).length;
      missed += ended.filter((came) => !came).length;
      if (turn < faults.length - 1) await leasesRunOut();
    }
    asked.kill = () => undefined;
    resend.faults.clear();
    const killed = performance.now();
    await workers.start(1);
    const takenUp = await untilTakenUp(killed);
    await allFinal(broadcastId);
    await workers.killAll();
    return {
      ...(await compare(broadcastId, await readRecord(folder))),
      ...{ point: point.name, kills, missed, takenUp },
      seconds: Math.round((performance.now() - begin) / 1000),
    };
  } finally {
    await workers.killAll();
    await resend.close();
    door.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

type Dying = { point: Point; count: number };

/** Starts them and waits for the end of all; what a fault has put off is due meanwhile. */
async function dying(workers: ReturnType<typeof workerProcesses>, { point, count }: Dying) {
  let isOver = false;
  const ends = Promise.all(Array.from({ length: count }, () => workers.startDying(point)));
  void ends.finally(() => (isOver = true));
  while (!isOver) {
    await sleep(300);
    await hasten();
  }
  return ends;
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
