import fs from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

import { compare, crowdOf, type Comparison } from "./compare";
import { fillDisk } from "./small-disk";
import { onStage } from "./stage";
import { allFinal, countOpen, givenTelling } from "./telling";

export type DiskResult = Comparison & {
  /** How often the disk was full, and how many writes PostgreSQL refused for it. */
  times: number;
  refused: number;
  /** Workers that ended by it, and were begun again. */
  restarts: number;
  /** Seconds from the last time that there was room again until all was sent and reported. */
  done: number;
  seconds: number;
};

const RECIPIENTS = 5_000;
const WORKERS = 2;
/** The disk fills up when at most this share of the recipients is still to be mailed. */
const MOMENTS = [1, 0.97, 0.75, 0.5, 0.25, 0];
const FULL_MS = 4_000;
const PATIENCE_MS = 120_000;

/**
 * One broadcast on a disk that is full again and again: before its first delivery is written, while
 * batches are frozen, claimed and settled, and while reports come in. What PostgreSQL cannot write it
 * refuses, workers may end by it, and every act is made good once there is room.
 * @param disk the folder of the database's tablespace (small-disk.ts), and PostgreSQL's own log
 */
export function runFullDisk(disk: { folder: string; log: string }): Promise<DiskResult> {
  // Longer than the disk is full; the provider's own schedule goes on for more than a day.
  const webhookRetriesMs = [500, 1_000, 2_000, 5_000, 10_000, 20_000, 30_000];
  return onStage({ webhookRetriesMs }, async ({ workers, resend, accepted }) => {
    const { tell } = await givenTelling(RECIPIENTS);
    resend.faults.program({ fault: "slow", times: 1_000, holdMs: 150 });
    const broadcastId = await tell();
    const before = refusals(disk.log);
    workers.keep(WORKERS);
    let free = performance.now();
    for (const share of MOMENTS) {
      // So that there are reports to come when nobody is left to be mailed.
      if (share === 0) resend.webhooks.hold();
      const end = Date.now() + PATIENCE_MS;
      while (Date.now() < end && (await countOpen(broadcastId, "queued")) > RECIPIENTS * share)
        await sleep(50);
      const makeRoom = fillDisk(disk.folder);
      resend.webhooks.release();
      await sleep(FULL_MS);
      makeRoom();
      free = performance.now();
    }
    await allFinal(broadcastId);
    const done = (performance.now() - free) / 1_000;
    const refused = refusals(disk.log) - before;
    const restarts = workers.restarts();
    await workers.killAll();
    return {
      ...(await compare([{ broadcastId, whose: crowdOf() }], await accepted())),
      ...{ times: MOMENTS.length, refused, restarts, done },
    };
  });
}

const refusals = (log: string): number =>
  fs.readFileSync(log, "utf8").split("No space left on device").length - 1;
