import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";

import { db } from "@/db/client";
import { peopleConcerned } from "@/domain/broadcasts/audience";
import type { Context } from "@/domain/context";
import { env } from "@/lib/env";
import { workerProcesses } from "@/tests/faults/workers";
import { batchBodies } from "@/tests/support/batch-bodies";
import { givenMembers, prepareAll, tellProduct } from "@/tests/support/broadcasts";
import { givenProduct, givenStaff } from "@/tests/support/people";

import { residentMb, startStandIn, openOwnDatabase } from "./ground";
import { type Figure, quantile, type Ratio, timed, type Workload } from "./measure";

/** Developers; the largest by `BENCH_SIZES`. */
export const SIZES = (process.env.BENCH_SIZES ?? "1000,10000,100000").split(",").map(Number);

/** `seconds` of the approval, `writing` of what the worker then does for it. */
type Told = { id: string; size: number; productId: string; seconds: number; writing: number };

/** A product with so many developers, all told of a change of its policy. */
export async function tellCrowd(actor: Context["actor"], size: number): Promise<Told> {
  const product = await givenProduct();
  await givenMembers(product.id, size, `crowd-${size}-`);
  await db.execute(sql`analyze users, accounts, members, apps`);
  const ctx = { actor, now: new Date() };
  let id = "";
  const ms = await timed(async () => ({ id } = await tellProduct(ctx, product.id)));
  const writing = (await timed(() => prepareAll(new Date()))) / 1000;
  return { id, size, productId: product.id, seconds: ms / 1000, writing };
}

export const snapshot: Workload = {
  id: "B6",
  name: "Freezing who is told",
  about:
    "Approving a telling of N developers, in-site message and mail, and the worker writing the deliveries, beside a bare INSERT … SELECT of the same rows and keys from the same audience.",
  async run() {
    openOwnDatabase();
    const actor = await givenStaff("approver");
    const figures: Figure[] = [];
    const ratios: Ratio[] = [];
    for (const size of SIZES) {
      const { id, productId, seconds, writing } = await tellCrowd(actor, size);
      const bare = (await timed(() => copyBarely(productId, id))) / 1000;
      const bytes = await bytesOf(id);
      figures.push(
        { what: "approval", value: seconds, unit: "s", size },
        { what: "worker, writing the deliveries", value: writing, unit: "s", size },
        { what: "bare INSERT … SELECT", value: bare, unit: "s", size },
        { what: "bytes a recipient, with indexes", value: bytes / size, unit: "B", size },
      );
      ratios.push({ what: "approval, s", value: seconds, size, most: 2 });
      ratios.push({ what: "whole ÷ bare", value: (seconds + writing) / bare, size, most: 1.3 });
    }
    return { figures, ratios };
  },
};

async function copyBarely(productId: string, broadcastId: string): Promise<void> {
  await db.execute(sql`drop table if exists bare_deliveries`);
  await db.execute(sql`create table bare_deliveries (like deliveries including all)`);
  await db.execute(sql`
    insert into bare_deliveries
      (broadcast_id, channel, user_id, account_ids, address, locale, status, created_at)
    select ${broadcastId}, channel, p.user_id, p.account_ids,
      case when channel = 'email' then u.email end, u.locale,
      case when channel = 'inbox' then 'placed' else 'queued' end, now()
    from (${peopleConcerned(productId)}) p join users u on u.id = p.user_id
    cross join unnest(array['inbox', 'email']) as channel`);
}

/** What the rows of a telling take, by the share it has of the table. */
async function bytesOf(broadcastId: string): Promise<number> {
  const { rows } = await db.execute<{ bytes: number }>(sql`
    select (pg_total_relation_size('deliveries')::float8 * count(*) filter (where broadcast_id = ${broadcastId})
      / greatest(count(*), 1)) as bytes from deliveries`);
  return rows[0]?.bytes ?? 0;
}

export const sending: Workload = {
  id: "B7",
  name: "Sending mails",
  about:
    "20,000 mails of one telling through real workers to an unlimited stand-in, beside a bare client that posts the very same batches one after the other.",
  async run() {
    openOwnDatabase();
    const count = 20_000;
    const actor = await givenStaff("approver");
    const one = await sendBy(1, await tellCrowd(actor, count));
    const two = await sendBy(2, await tellCrowd(actor, count + 1));
    const bare = await sendBarely(count);
    return {
      figures: [
        { what: "one worker", value: one.perSecond, unit: "/s" },
        { what: "two workers", value: two.perSecond, unit: "/s" },
        { what: "bare client", value: bare, unit: "/s" },
        { what: "one worker, resident at most", value: one.peakMb, unit: "MB" },
      ],
      ratios: [
        { what: "one worker ÷ bare client", value: one.perSecond / bare, least: 0.6 },
        { what: "two workers ÷ one", value: two.perSecond / one.perSecond, least: 1.7 },
      ],
    };
  },
};

async function sendBy(count: number, { id, size }: Told) {
  const workers = workerProcesses((await startStandIn()).url);
  await db.execute(sql`update broadcasts set status = 'paused' where id = ${id}`);
  await workers.start(count);
  let peakMb = 0;
  const ms = await timed(async () => {
    await db.execute(sql`update broadcasts set status = 'sending' where id = ${id}`);
    for (let worker = 0; worker < count; worker += 1)
      await db.execute(sql`select graphile_worker.add_job('deliver-mails', '{}'::json)`);
    while ((await countQueued(id)) > 0) {
      peakMb = Math.max(peakMb, ...workers.pids().map(residentMb));
      await sleep(100);
    }
  });
  await workers.killAll();
  return { perSecond: size / (ms / 1000), peakMb };
}

async function countQueued(broadcastId: string): Promise<number> {
  const { rows } = await db.execute<{ n: number }>(sql`
    select count(*)::int as n from deliveries
    where broadcast_id = ${broadcastId} and channel = 'email' and status = 'queued'`);
  return rows[0]?.n ?? 0;
}

/** Mails a second of the bytes that were frozen, under their keys, to a provider that has seen none of them. */
async function sendBarely(mails: number): Promise<number> {
  const { url } = await startStandIn();
  const batches = await batchBodies(mails / 100);
  const ms = await timed(async () => {
    for (const { body, key } of batches) {
      const answer = await fetch(`${url}/emails/batch`, {
        method: "POST",
        headers: {
          authorization: `Bearer ${env().RESEND_API_KEY}`,
          "content-type": "application/json",
          "idempotency-key": key,
          "x-batch-validation": "permissive",
        },
        body,
      });
      if (!answer.ok) throw new Error(`the stand-in answered ${answer.status}`);
      await answer.json();
    }
  });
  return (batches.length * 100) / (ms / 1000);
}

export const firstMail: Workload = {
  id: "B9",
  name: "First mail",
  about:
    "From the commit of an approval to the first mail at the provider, a worker waiting, 10 times; and a person told while 20,000 mails of a telling go out.",
  async run() {
    openOwnDatabase();
    const actor = await givenStaff("approver");
    const standIn = await startStandIn();
    const workers = workerProcesses(standIn.url);
    await workers.start(1);
    const alone: number[] = [];
    for (let run = 0; run < 10; run += 1) alone.push(await untilMailed(actor, `alone-${run}`));
    const crowd = await tellCrowd(actor, 20_000);
    const beside: number[] = [];
    while (beside.length < 5 && (await countQueued(crowd.id)) > 0)
      beside.push(await untilMailed(actor, `beside-${beside.length}`));
    await workers.killAll();
    const sorted = (list: number[]) => list.toSorted((one, other) => one - other);
    return {
      figures: [
        { what: "first mail, median", value: quantile(sorted(alone), 0.5), unit: "ms" },
        { what: "first mail, slowest", value: Math.max(...alone), unit: "ms" },
        { what: "beside a telling, slowest", value: Math.max(...beside), unit: "ms" },
      ],
      ratios: [
        { what: "first mail, ms", value: quantile(sorted(alone), 0.99), most: 100 },
        { what: "beside a telling, ms", value: Math.max(...beside), most: 1000 },
      ],
    };
  },
};

/** Tells one new developer, and waits until the mail is no longer queued. @returns milliseconds from the commit */
async function untilMailed(actor: Context["actor"], name: string): Promise<number> {
  const product = await givenProduct();
  await givenMembers(product.id, 1, name);
  const { id } = await tellProduct({ actor, now: new Date() }, product.id);
  return timed(async () => {
    while ((await countQueued(id)) > 0) await sleep(2);
  });
}
