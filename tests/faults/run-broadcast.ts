import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { sql } from "drizzle-orm";

import { db } from "@/db/client";
import { wakeJob } from "@/domain/jobs";
import { env } from "@/lib/env";
import { readRecord } from "@/stand-ins/resend/record";
import { startResendStandIn } from "@/stand-ins/resend/start";
import { givenMembers, tellProduct } from "@/tests/support/broadcasts";
import { givenProduct, givenStaff } from "@/tests/support/people";

import { compare, type Comparison, isHonest } from "./compare";
import { type Broken, startBrokenProxy } from "./broken-proxy";
import { disturbWebhooks, planFaults } from "./plan";
import { type Random, randomFrom } from "./random";
import { openWebhookDoor } from "./webhook-door";
import { workerProcesses } from "./workers";

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

/** Every fiftieth address bounces. */
const BOUNCING = 50;
const STUCK_MS = 90_000;

/**
 * One broadcast on a bad day: workers killed at random moments, a provider that fails in every way
 * it can, webhooks doubled and out of order. The database must be a migrated one of its own.
 */
export async function runBroadcast(wish: Wish): Promise<Result> {
  const begin = performance.now();
  const random = randomFrom(wish.seed);
  const folder = mkdtempSync(join(tmpdir(), "gaozhi-faults-"));
  const door = await openWebhookDoor();
  const resend = await startResendStandIn({
    dataFolder: folder,
    apiKey: env().RESEND_API_KEY,
    webhookSecret: env().RESEND_WEBHOOK_SECRET,
    webhookUrl: door.url,
    webhookRetriesMs: [50, 200, 1000, 2000, 4000],
    stepMs: 30,
  });
  const proxy = wish.broken ? await startBrokenProxy(resend.url, wish.broken) : null;
  const workers = workerProcesses(proxy?.url ?? resend.url);
  try {
    const broadcastId = await begun(wish.recipients);
    const faults = planFaults((fault) => resend.faults.program(fault), {
      random,
      count: Math.max(4, Math.round(wish.recipients / 200)),
      timeouts: wish.timeouts,
    });
    const kills = await sendBetweenKills({ wish, random, workers, resend, broadcastId });
    resend.webhooks.release();
    await allFinal(broadcastId);
    await workers.killAll();
    return {
      ...(await compare(broadcastId, await readRecord(folder))),
      ...(await countsOf(broadcastId)),
      kills,
      faults: faults.length,
      webhooks: resend.webhooks.stats().acknowledged,
      seconds: Math.round((performance.now() - begin) / 1000),
    };
  } finally {
    await workers.killAll();
    proxy?.close();
    await resend.close();
    door.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function begun(recipients: number): Promise<string> {
  return (await givenTelling(recipients)).tell();
}

/** A crowd, of whom every fiftieth mail comes back, and how it is told. */
export async function givenTelling(recipients: number) {
  const product = await givenProduct();
  await givenMembers(product.id, recipients, "crowd");
  await db.execute(sql`
    update users set email = 'bounce-' || email
    where email like 'crowd%' and substring(email from '\\d+')::int % ${BOUNCING} = 0`);
  const actor = await givenStaff("approver");
  return {
    ...{ actor, productId: product.id },
    tell: async () => (await tellProduct({ actor, now: new Date() }, product.id)).id,
  };
}

type Sending = {
  wish: Wish;
  random: Random;
  workers: ReturnType<typeof workerProcesses>;
  resend: Awaited<ReturnType<typeof startResendStandIn>>;
  broadcastId: string;
};

async function sendBetweenKills({ wish, random, workers, resend, broadcastId }: Sending) {
  let kills = 0;
  const count = 1 + random(2);
  await workers.start(count);
  while (kills < wish.kills) {
    disturbWebhooks(resend.webhooks, random);
    await setTimeout(100 + random(900));
    resend.webhooks.release();
    if ((await countOpen(broadcastId, "queued")) === 0) break;
    await workers.killAll();
    kills += 1;
    await leasesRunOut();
    await workers.start(count);
  }
  return kills;
}

/** Nobody is alive who could hold a lease: what half a minute would do to them is done at once. */
export async function leasesRunOut(): Promise<void> {
  await db.execute(sql`
    update mail_batches set lease_until = null, next_attempt_at = clock_timestamp()
    where status = 'frozen'`);
}

/** What waits for a later attempt is due now; what somebody holds is left to them. */
export async function hasten(): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`
      update mail_batches set next_attempt_at = clock_timestamp()
      where id in (
        select id from mail_batches
        where status = 'frozen' and next_attempt_at > clock_timestamp()
          and (lease_until is null or lease_until < clock_timestamp())
        for update skip locked
      )`);
    await wakeJob(tx, "deliver-mails");
  });
}

export async function countOpen(broadcastId: string, status: "queued" | "sent"): Promise<number> {
  // Whoever has no delivery yet is as good as queued.
  const { rows } = await db.execute<{ n: number }>(sql`
    select count(*)::int + (
      select coalesce(sum(people), 0)::int from audience_parts where broadcast_id = ${broadcastId}
    ) as n from deliveries
    where broadcast_id = ${broadcastId} and channel = 'email' and status = ${status}`);
  return rows[0]?.n ?? 0;
}

/** Waits until the broadcast has ended, or nothing moves any more: then the comparison tells. */
export async function allFinal(broadcastId: string): Promise<void> {
  let [last, since] = ["", Date.now()];
  for (;;) {
    const open = [await countOpen(broadcastId, "queued"), await countOpen(broadcastId, "sent")];
    if (await hasEnded(broadcastId)) return;
    if (open.join() !== last) [last, since] = [open.join(), Date.now()];
    if (Date.now() - since > STUCK_MS) return;
    await hasten();
    await setTimeout(1500);
  }
}

async function hasEnded(broadcastId: string): Promise<boolean> {
  const { rowCount } = await db.execute(
    sql`select from broadcasts where id = ${broadcastId} and status = 'finished'`,
  );
  return rowCount === 1;
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
  const { lost, doubled, unexpected, disagreeing, kills, faults, attempts, webhooks } = result;
  return [
    `seed ${String(seed).padStart(2)}: ${recipients} recipients, ${kills} kills, ${faults} faults,`,
    `${attempts} attempts, ${webhooks} webhooks, ${result.unreached} unreached:`,
    `lost ${lost.length}, doubled ${doubled.length}, wrong content ${unexpected.length},`,
    `disagreeing ${disagreeing.length} ${isHonest(result) ? "✓" : "✗"} ${result.seconds} s`,
  ].join(" ");
}
