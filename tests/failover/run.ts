import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";

import { closeDatabase, db } from "@/db/client";
import { env, provide } from "@/lib/env";
import { freePort } from "@/scripts/launch/free-port";
import { readRecord } from "@/stand-ins/resend/record";
import { startResendStandIn } from "@/stand-ins/resend/start";
import { sessionOf } from "@/tests/e2e/support/people";
import { endWeb, startWeb } from "@/tests/e2e/support/web-processes";
import { compare } from "@/tests/faults/compare";
import { isHonest } from "@/tests/faults/run-broadcast";
import { workerProcesses } from "@/tests/faults/workers";
import { givenMembers, tellProduct } from "@/tests/support/broadcasts";
import { provideFor } from "@/tests/support/environment";
import { givenProduct, givenStaff } from "@/tests/support/people";

import { openServers } from "./servers";

const RECIPIENTS = Number(process.argv[2] ?? 5_000);
const WORKERS = 2;
/** Of the provider, so that the telling lasts long enough to be cut in two. */
const BATCHES_PER_SECOND = 4;
const PATIENCE_MS = 300_000;

/**
 * One broadcast through the loss of its database's primary: web and workers by PgBouncer, a
 * synchronous standby that takes over, and what became of every mail, reader and session.
 */
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "gaozhi-failover-"));
fs.chmodSync(folder, 0o755);
const servers = await openServers(folder);
provideFor(servers.url);
const port = await freePort();
provide({ DATABASE_LISTEN_URL: servers.listenUrl });
const web = await startWeb({
  port,
  environment: { NODE_ENV: "production", NEXTAUTH_URL: `http://127.0.0.1:${port}` },
});
const resend = await startResendStandIn({
  dataFolder: path.join(folder, "resend"),
  apiKey: env().RESEND_API_KEY,
  webhookSecret: env().RESEND_WEBHOOK_SECRET,
  webhookUrl: `http://127.0.0.1:${port}/api/webhooks/resend`,
  webhookRetriesMs: [500, 1_000, 2_000, 5_000, 10_000, 20_000, 30_000],
  stepMs: 30,
  ratePerSecond: BATCHES_PER_SECOND,
});
const workers = workerProcesses(resend.url);
let isWatched = true;
let restarts = 0;
try {
  const approver = await givenStaff("approver");
  const cookie = await sessionOf(approver);
  const product = await givenProduct();
  await givenMembers(product.id, RECIPIENTS, "crowd");
  const signedIn = watch("/zh-CN/invitations", { cookie });
  const stranger = watch("/zh-CN/policies");
  const { id } = await tellProduct({ actor: approver, now: new Date() }, product.id);
  await workers.start(WORKERS);
  void superviseWorkers();
  await until(async () => (await countQueued(id)) < RECIPIENTS * 0.7);

  const left = await countQueued(id);
  const lost = Date.now();
  servers.killPrimary();
  const promoted = await servers.promoted;
  await until(() => Promise.resolve(signedIn.lastOf(200) > promoted));
  await until(async () => (await statusOf(id)) === "finished");
  const ended = Date.now();
  isWatched = false;
  await Promise.all([signedIn.done, stranger.done]);

  const accepted = await readRecord(path.join(folder, "resend"));
  const result = await compare(id, accepted);
  const after = accepted.map(({ at }) => Date.parse(at)).filter((at) => at > promoted);
  const lines = [
    `${RECIPIENTS} recipients, ${WORKERS} workers; the primary killed with ${left} mails to go`,
    `standby leads after ${seconds(promoted - lost)} s, signed-in pages after ${seconds(signedIn.firstAfter(200, lost) - lost)} s, mails after ${seconds(Math.min(...after) - lost)} s, all told after ${seconds(ended - lost)} s`,
    `signed-in reader: ${signedIn.told()}; stranger: ${stranger.told()}; session kept; workers begun again ${restarts} times`,
    `lost ${result.lost.length}, doubled ${result.doubled.length}, wrong content ${result.unexpected.length}, disagreeing ${result.disagreeing.length}`,
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
  const isWell = isHonest(result) && stranger.only(200) && signedIn.only(200, 503);
  process.exitCode = isWell ? 0 : 1;
} finally {
  isWatched = false;
  await workers.killAll();
  await endWeb([web]);
  await resend.close();
  await closeDatabase();
  await servers.close();
  fs.rmSync(folder, { recursive: true, force: true });
}

/** As the unit does (deploy/gaozhi-worker.service): a worker that has ended begins again after two seconds. */
async function superviseWorkers(): Promise<void> {
  while (isWatched) {
    await sleep(2_000);
    const missing = WORKERS - workers.pids().length;
    if (isWatched && missing > 0) {
      restarts += missing;
      await workers.start(missing).catch(() => undefined);
    }
  }
}

/** Asks for a page ten times a second, and remembers what came. */
function watch(address: string, headers: Record<string, string> = {}) {
  const seen: { at: number; status: number }[] = [];
  const ask = async () => {
    while (isWatched) {
      const answer = await fetch(`http://127.0.0.1:${port}${address}`, {
        headers,
        redirect: "manual",
      });
      seen.push({ at: Date.now(), status: answer.status });
      await answer.arrayBuffer();
      await sleep(100);
    }
  };
  const counts = () =>
    [...new Set(seen.map(({ status }) => status))].map(
      (status) => `${seen.filter((one) => one.status === status).length} × ${status}`,
    );
  return {
    done: ask(),
    told: () => counts().join(", "),
    only: (...allowed: number[]) => seen.every(({ status }) => allowed.includes(status)),
    lastOf: (status: number) => seen.findLast((one) => one.status === status)?.at ?? 0,
    /** The first of a status after the last other one. */
    firstAfter(status: number, moment: number): number {
      const other = seen.findLastIndex((one) => one.status !== status);
      return seen.find((one, index) => index > other && one.at > moment)?.at ?? NaN;
    },
  };
}

/** While the database is away, nothing is known. */
async function ask(text: ReturnType<typeof sql>): Promise<unknown> {
  const answer = await db.execute<{ value: unknown }>(text).catch(() => null);
  return answer?.rows[0]?.value;
}

async function countQueued(id: string): Promise<number> {
  const queued = await ask(sql`
    select count(*)::int as value from deliveries
    where broadcast_id = ${id} and channel = 'email' and status = 'queued'`);
  return Number(queued ?? Infinity);
}

function statusOf(id: string): Promise<unknown> {
  return ask(sql`select status as value from broadcasts where id = ${id}`);
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error("it did not come back by itself");
    await sleep(200);
  }
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1_000).toFixed(1);
}
