import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";

import { db } from "@/db/client";

import type { Broken } from "./broken-proxy";
import { compare, crowdOf, type Comparison, countsIn, isHonest } from "./compare";
import { disturbWebhooks, planFaults } from "./plan";
import { type Random, randomFrom } from "./random";
import { onStage, type Stage } from "./stage";
import { allFinal, countOpen, givenTelling, leasesRunOut } from "./telling";

export type Wish = {
  seed: number;
  recipients: number;
  /** How often all workers are killed. */
  kills: number;
  /** Whether some answers do not come within the mailer's 15 s. */
  timeouts: boolean;
  /** In which way the workers are broken; null where they are the product's own. */
  broken: Broken | null;
};

export type Result = Comparison & {
  kills: number;
  faults: number;
  attempts: number;
  webhooks: number;
  unreached: number;
  seconds: number;
};

/**
 * One broadcast on a bad day: workers killed at random moments, a provider that fails in every way
 * it can, webhooks doubled and out of order. The database must be a migrated one of its own.
 */
export async function runBroadcast(wish: Wish): Promise<Result> {
  const random = randomFrom(wish.seed);
  return onStage({ broken: wish.broken }, async (stage) => {
    const { resend, workers, accepted } = stage;
    const broadcastId = await (await givenTelling(wish.recipients)).tell();
    const faults = planFaults((fault) => resend.faults.program(fault), {
      random,
      count: Math.max(4, Math.round(wish.recipients / 200)),
      timeouts: wish.timeouts,
    });
    const kills = await sendBetweenKills(stage, { wish, random, broadcastId });
    resend.webhooks.release();
    await allFinal(broadcastId);
    await workers.killAll();
    return {
      ...(await compare([{ broadcastId, whose: crowdOf() }], await accepted())),
      ...(await countsOf(broadcastId)),
      ...{ kills, faults: faults.length, webhooks: resend.webhooks.stats().acknowledged },
    };
  });
}

type Sending = { wish: Wish; random: Random; broadcastId: string };

async function sendBetweenKills(
  { workers, resend }: Stage,
  { wish, random, broadcastId }: Sending,
): Promise<number> {
  let kills = 0;
  const count = 1 + random(2);
  await workers.start(count);
  while (kills < wish.kills) {
    disturbWebhooks(resend.webhooks, random);
    await sleep(100 + random(900));
    resend.webhooks.release();
    if ((await countOpen(broadcastId, "queued")) === 0) break;
    await workers.killAll();
    kills += 1;
    await leasesRunOut();
    await workers.start(count);
  }
  return kills;
}

async function countsOf(broadcastId: string) {
  const { rows } = await db.execute<{ attempts: number; unreached: number }>(sql`
    select
      (select coalesce(sum(attempts), 0)::int from mail_batches where broadcast_id = ${broadcastId}) as attempts,
      (select count(*)::int from unreached_accounts where broadcast_id = ${broadcastId}) as unreached`);
  return rows[0] ?? { attempts: 0, unreached: 0 };
}

/** One line of a run. */
export function lineOf({ seed, recipients }: Wish, result: Result): string {
  const { kills, faults, attempts, webhooks } = result;
  return [
    `seed ${String(seed).padStart(2)}: ${recipients} recipients, ${kills} kills, ${faults} faults,`,
    `${attempts} attempts, ${webhooks} webhooks, ${result.unreached} unreached:`,
    `${countsIn(result)} ${isHonest(result) ? "✓" : "✗"} ${result.seconds} s`,
  ].join(" ");
}
