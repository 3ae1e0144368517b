import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { sql } from "drizzle-orm";

import { closeDatabase, db } from "@/db/client";
import { env } from "@/lib/env";
import { batchBodies } from "@/tests/support/batch-bodies";
import { peopleConcerned } from "@/domain/broadcasts/audience";
import { givenMembers, prepareAll, tellProduct } from "@/tests/support/broadcasts";
import { provideFor } from "@/tests/support/environment";
import { workerProcesses } from "@/tests/faults/workers";
import { givenProduct, givenStaff } from "@/tests/support/people";

provideFor(process.env.LOAD_DATABASE_URL ?? "");
const recipients = Number(process.argv[2] ?? 100_000);
const folders: string[] = [];
const standIns: ChildProcess[] = [];

/** The stand-in as a program of its own, so that its work is not counted as ours. */
async function startStandIn(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "gaozhi-load-"));
  folders.push(folder);
  const child = spawn(process.execPath, ["--import", "tsx", "stand-ins/resend/run.ts"], {
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      ...process.env,
      RESEND_STANDIN_DATA: folder,
      RESEND_API_KEY: env().RESEND_API_KEY,
      RESEND_WEBHOOK_SECRET: env().RESEND_WEBHOOK_SECRET,
    },
  });
  standIns.push(child);
  let said = "";
  for await (const chunk of child.stdout) {
    said += String(chunk);
    if (said.includes("ready")) break;
  }
  return /http:\S+/.exec(said)?.[0] ?? "";
}

type Measured = { what: string; seconds: number; peakMb?: number };

/** The approval, what the worker then writes for it, and the same rows in one bare statement. */
async function tell(): Promise<{ id: string; measured: Measured[] }> {
  const product = await givenProduct();
  await givenMembers(product.id, recipients, "load");
  await db.execute(sql`analyze`);
  const actor = await givenStaff("approver");
  const { result, ...approval } = await timed("approval: freezing whom it tells", async () =>
    tellProduct({ actor, now: new Date() }, product.id),
  );
  const { result: _, ...writing } = await timed("worker: writing the deliveries", async () =>
    prepareAll(new Date()),
  );
  const bare = await writeBare(product.id, result.id);
  return { id: result.id, measured: [approval, writing, bare] };
}

/** The same rows with the same keys from the same audience, in one statement. */
async function writeBare(productId: string, broadcastId: string): Promise<Measured> {
  await db.execute(sql`create table bare (like deliveries including all)`);
  const { result: _, ...bare } = await timed("bare INSERT … SELECT of the same rows", async () =>
    db.execute(sql`
      insert into bare (broadcast_id, channel, user_id, account_ids, address, locale, status, created_at)
      select ${broadcastId}, channel, p.user_id, p.account_ids,
        case when channel = 'email' then u.email end, u.locale,
        case when channel = 'inbox' then 'placed' else 'queued' end, now()
      from (${peopleConcerned(productId)}) p join users u on u.id = p.user_id
      cross join unnest(array['inbox', 'email']) as channel`),
  );
  await db.execute(sql`drop table bare`);
  return bare;
}

async function timed<Result>(what: string, act: () => Promise<Result>) {
  const begin = performance.now();
  const result = await act();
  return { what, result, seconds: since(begin) };
}

async function bytesEach(): Promise<number> {
  const { rows } = await db.execute<{ bytes: number }>(
    sql`select pg_total_relation_size('deliveries')::float8 as bytes`,
  );
  return Math.round((rows[0]?.bytes ?? 0) / recipients);
}

async function sendByWorker(broadcastId: string): Promise<Measured> {
  const workers = workerProcesses(await startStandIn());
  await db.execute(sql`update broadcasts set status = 'paused' where id = ${broadcastId}`);
  await workers.start(1);
  const begin = performance.now();
  await db.execute(sql`update broadcasts set status = 'sending' where id = ${broadcastId}`);
  await db.execute(
    sql`select graphile_worker.add_job('deliver-mails', '{}'::json, job_key => 'deliver-mails')`,
  );
  let peak = 0;
  while ((await countQueued(broadcastId)) > 0) {
    peak = Math.max(peak, ...workers.pids().map(residentMb));
    await setTimeout(200);
  }
  const seconds = since(begin);
  await workers.killAll();
  return { what: "worker: render, freeze, send, settle", seconds, peakMb: peak };
}

async function countQueued(broadcastId: string): Promise<number> {
  const { rows } = await db.execute<{ n: number }>(sql`
    select count(*)::int as n from deliveries
    where broadcast_id = ${broadcastId} and channel = 'email' and status = 'queued'`);
  return rows[0]?.n ?? 0;
}

/** The same bytes under the same keys to a provider that has seen none of them, one after the other. */
async function sendBare(): Promise<Measured> {
  const url = await startStandIn();
  const batches = await batchBodies(Math.ceil(recipients / 100) + 1);
  const begin = performance.now();
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
  const posting = since(begin);
  return { what: "bare client: the same batches", seconds: posting };
}

const since = (begin: number): number => (performance.now() - begin) / 1000;

/** Resident memory of a process, in MB; 0 where the system has no /proc. */
function residentMb(pid: number): number {
  try {
    const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return Number(kilobytes ?? 0) / 1024;
  } catch {
    return 0;
  }
}

function row({ what, seconds, peakMb }: Measured): string {
  const rate = Math.round(recipients / seconds).toLocaleString("en");
  const memory = peakMb ? `${Math.round(peakMb)} MB` : "";
  return `${what.padEnd(38)} ${seconds.toFixed(1).padStart(7)} s ${rate.padStart(9)} /s ${memory.padStart(8)}\n`;
}

try {
  const { id, measured: written } = await tell();
  const bytes = await bytesEach();
  const worker = await sendByWorker(id);
  const bare = await sendBare();
  process.stdout.write(`${recipients.toLocaleString("en")} recipients\n`);
  for (const measured of [...written, worker, bare]) process.stdout.write(row(measured));
  process.stdout.write(`${bytes} bytes a recipient before the first mail\n`);
  process.stdout.write(
    `the worker sends at ${Math.round((bare.seconds / worker.seconds) * 100)} % of the bare client's rate\n`,
  );
} finally {
  for (const child of standIns) child.kill("SIGTERM");
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  await closeDatabase();
}
