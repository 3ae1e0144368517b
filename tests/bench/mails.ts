import { randomUUID } from "node:crypto";
import { cpus } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";

import { db } from "@/db/client";
import { requestSignIn } from "@/domain/access/request-sign-in";
import { ANONYMOUS, type Context } from "@/domain/context";
import { renderBroadcastMail } from "@/emails/render";
import { sender } from "@/jobs/sender";
import { env } from "@/lib/env";
import { freezeBatch, sendBatch } from "@/lib/mailer";
import { workerProcesses } from "@/tests/faults/workers";
import { batchBodies } from "@/tests/support/batch-bodies";
import { FACTS, givenMembers, tellProduct } from "@/tests/support/broadcasts";
import { givenProduct, givenStaff } from "@/tests/support/people";

import { countQueued, tellAgain, tellCrowd, toldCrowds } from "./crowd";
import {
  cpuSeconds,
  databaseCpuSeconds,
  openOwnDatabase,
  residentMb,
  startStandIn,
} from "./ground";
import { type Figure, quantile, timed, type Workload } from "./measure";

const MAILS = 20_000;
/** Of the peer that renders each, and how many it hands over at once: more take longer than a connection waits. */
const [PEER_MAILS, PEER_BATCH] = [1000, 25];

export const sending: Workload = {
  id: "B7",
  name: "Sending mails",
  about:
    "20,000 mails of one telling through real workers to an unlimited stand-in, beside a bare client that posts the very same batches one after the other, and a status page's way: React for each recipient.",
  async run() {
    openOwnDatabase();
    const actor = await givenStaff("approver");
    const one = await sendBy(1, await tellCrowd(actor, MAILS));
    const two = await sendBy(2, await tellCrowd(actor, MAILS + 1));
    const batches = await batchBodies(MAILS / 100);
    const { perSecond: bare, standIn } = await sendBarely(batches);
    const peer = await sendEachRendered();
    const [early, late] = [one.peaks.slice(0, one.peaks.length / 2), one.peaks];
    return {
      figures: [
        { what: "one worker", value: one.perSecond, unit: "/s" },
        { what: "two workers", value: two.perSecond, unit: "/s" },
        { what: "bare client", value: bare, unit: "/s" },
        { what: "React for each recipient", value: peer, unit: "/s" },
        { what: "one worker, resident at most", value: Math.max(...late), unit: "MB" },
        ...coresOf("one worker", one.cores),
        ...coresOf("two workers", two.cores),
        { what: "bare client: cores of the stand-in", value: standIn, unit: "" },
      ],
      ratios: [
        { what: "one worker ÷ bare client", value: one.perSecond / bare, least: 0.6 },
        {
          ...{ what: "two workers ÷ one", least: 1.7 },
          value: two.perSecond / one.perSecond,
          why: `of ${cpus().length} cores one worker with its database and the stand-in took ${said(one.cores)}, two ${said(two.cores)}: the machine has no room for a second`,
        },
        {
          ...{ what: "one worker ÷ React for each", least: 20 },
          value: one.perSecond / peer,
          why: `the bare client, which posts what is ready, is itself ${(bare / peer).toFixed(1)} × it: the stand-in takes ${standIn.toFixed(2)} of a core for that alone`,
        },
        {
          ...{ what: "memory: whole ÷ first half", most: 1.2 },
          value: Math.max(...late) / Math.max(...early),
        },
      ],
    };
  },
};

/** How many cores were taken on average. */
type Cores = { workers: number; database: number; standIn: number };

const coresOf = (by: string, { workers, database, standIn }: Cores): Figure[] => [
  { what: `${by}: cores of workers`, value: workers, unit: "" },
  { what: `${by}: cores of PostgreSQL`, value: database, unit: "" },
  { what: `${by}: cores of the stand-in`, value: standIn, unit: "" },
];

const said = ({ workers, database, standIn }: Cores): string =>
  `${(workers + database + standIn).toFixed(2)} (workers ${workers.toFixed(2)}, PostgreSQL ${database.toFixed(2)}, stand-in ${standIn.toFixed(2)})`;

async function sendBy(count: number, { id, size }: { id: string; size: number }) {
  const provider = await startStandIn();
  const workers = workerProcesses(provider.url);
  const spent = async (): Promise<Cores> => ({
    workers: workers.pids().reduce((sum, pid) => sum + cpuSeconds(pid), 0),
    database: await databaseCpuSeconds(),
    standIn: cpuSeconds(provider.child.pid),
  });
  await db.execute(sql`update broadcasts set status = 'paused' where id = ${id}`);
  await workers.start(count);
  const peaks: number[] = [];
  const before = await spent();
  const ms = await timed(async () => {
    await db.execute(sql`update broadcasts set status = 'sending' where id = ${id}`);
    for (let worker = 0; worker < count; worker += 1)
      await db.execute(sql`select graphile_worker.add_job('deliver-mails', '{}'::json)`);
    while ((await countQueued(id)) > 0) {
      peaks.push(Math.max(...workers.pids().map((pid) => residentMb(pid))));
      await sleep(100);
    }
  });
  const after = await spent();
  await workers.killAll();
  const taken = (what: keyof Cores) => (after[what] - before[what]) / (ms / 1000);
  return {
    perSecond: size / (ms / 1000),
    peaks,
    cores: {
      workers: taken("workers"),
      database: taken("database"),
      standIn: taken("standIn"),
    },
  };
}

type Batches = Awaited<ReturnType<typeof batchBodies>>;

/** Mails a second of the bytes that were frozen, under their keys, to a provider that has seen none of them, and cores that this one took. */
async function sendBarely(batches: Batches): Promise<{ perSecond: number; standIn: number }> {
  const { url, child } = await startStandIn();
  const before = cpuSeconds(child.pid);
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
  const standIn = (cpuSeconds(child.pid) - before) / (ms / 1000);
  return { perSecond: (batches.length * 100) / (ms / 1000), standIn };
}

/** How a status page mails: a React element rendered for each recipient, some of them to the SDK at once. */
async function sendEachRendered(): Promise<number> {
  const provider = { apiKey: env().RESEND_API_KEY, baseUrl: (await startStandIn()).url };
  const told = { kind: "policy_change" as const, facts: FACTS };
  const from = await sender({ actor: ANONYMOUS, now: new Date() }, "zh-CN");
  const ms = await timed(async () => {
    for (let first = 0; first < PEER_MAILS; first += PEER_BATCH) {
      const mails = await Promise.all(
        Array.from({ length: PEER_BATCH }, async (_, n) => ({
          ...(await renderBroadcastMail(told, from)),
          ...{ from: env().MAIL_FROM, to: `each-${first + n}@crowd.example` },
        })),
      );
      const { body } = freezeBatch(mails);
      const { kind } = await sendBatch({ body, key: `each-${first}` }, provider);
      if (kind !== "accepted") throw new Error(`the stand-in answered ${kind}`);
    }
  });
  return PEER_MAILS / (ms / 1000);
}

const SAMPLES = 20;

export const firstMail: Workload = {
  id: "B9",
  name: "First mail, and a sign-in mail beside a large telling",
  about:
    "From the commit of an approval to the first mail settled, a worker waiting, 20 times; then, while the largest crowd is written and mailed, 20 sign-in mails from their request to the provider's record, and 10 people told of something else.",
  on: "told",
  async run() {
    openOwnDatabase();
    const actor = await givenStaff("approver");
    const workers = workerProcesses((await startStandIn()).url);
    await workers.start(1);
    await untilMailed(actor, "warm");
    const alone = await sampled(SAMPLES, (n) => untilMailed(actor, `alone-${n}`));
    const crowd = (await toldCrowds()).at(-1);
    if (!crowd) throw new Error("nobody was told");
    const { size } = crowd;
    const telling = await tellAgain(actor, crowd.productId);
    while ((await countQueued(telling)) === 0) await sleep(50);
    const signIns = await sampled(SAMPLES, (n) => untilSignInMailed(n));
    const beside = await sampled(SAMPLES / 2, (n) => untilMailed(actor, `beside-${n}`));
    const isUnderWay = (await countQueued(telling)) > 0;
    await workers.killAll();
    return {
      figures: [
        { what: "first mail, median", value: quantile(alone, 0.5), unit: "ms" },
        {
          what: "sign-in mail beside the telling, median",
          value: quantile(signIns, 0.5),
          unit: "ms",
          size,
        },
        {
          what: "another telling beside it, median",
          value: quantile(beside, 0.5),
          unit: "ms",
          size,
        },
      ],
      ratios: [
        { what: "first mail, slowest, ms", value: quantile(alone, 1), most: 100 },
        { what: "sign-in mail, slowest, ms", value: quantile(signIns, 1), size, most: 1000 },
        { what: "another telling, slowest, ms", value: quantile(beside, 1), size, most: 1000 },
      ],
      ...(!isUnderWay && { left: ["the telling had ended before the last sample."] }),
    };
  },
};

async function sampled(count: number, step: (n: number) => Promise<number>): Promise<number[]> {
  const all: number[] = [];
  for (let n = 0; n < count; n += 1) all.push(await step(n));
  return all.sort((one, other) => one - other);
}

/** Tells one new developer, and waits until the mail is no longer queued. @returns milliseconds from the commit */
async function untilMailed(actor: Context["actor"], name: string): Promise<number> {
  const product = await givenProduct();
  await givenMembers(product.id, 1, name);
  const { id } = await tellProduct({ actor, now: new Date() }, product.id, {
    ...FACTS,
    versionId: randomUUID(),
  });
  return timed(async () => {
    while ((await countQueued(id)) > 0) await sleep(2);
  });
}

/** Somebody known asks for a sign-in mail. @returns milliseconds until the provider has taken it */
async function untilSignInMailed(n: number): Promise<number> {
  const { email } = await givenStaff();
  return timed(async () => {
    const { requestId } = await requestSignIn(
      { actor: ANONYMOUS, now: new Date() },
      {
        ...{ email, locale: "zh-CN", returnPath: "/zh-CN" },
        visitor: { network: `203.0.113.${n}`, mark: randomUUID(), device: "" },
      },
    );
    while (!(await isMailed(requestId))) await sleep(5);
  });
}

async function isMailed(requestId: string): Promise<boolean> {
  const { rowCount } = await db.execute(
    sql`select from sign_in_requests where id = ${requestId} and mailed_at is not null`,
  );
  return rowCount === 1;
}
