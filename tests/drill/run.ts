import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { eq, ne, sql } from "drizzle-orm";
import pg from "pg";

import { closeDatabase, db } from "@/db/client";
import { broadcasts, requestFiles } from "@/db/schema";
import { childEnvironment, env, provide } from "@/lib/env";
import { sha256Hex } from "@/lib/hash";
import { makeRecordKey } from "@/lib/record-key";
import { seal, unsealText } from "@/lib/seal";
import { settleErasures } from "@/scripts/launch/after-restore";
import { freePort } from "@/scripts/launch/free-port";
import type { RunningDatabase } from "@/scripts/launch/database/embedded";
import { migrate } from "@/scripts/launch/migrations";
import { readRecord } from "@/stand-ins/resend/record";
import { startResendStandIn } from "@/stand-ins/resend/start";
import { sessionOf } from "@/tests/e2e/support/people";
import { endWeb, startWeb, type WebProcess } from "@/tests/e2e/support/web-processes";
import { compare, countsIn, crowdOf, isHonest } from "@/tests/faults/compare";
import { tellAtMoment, tellInDigests, tellInWaves } from "@/tests/faults/other-tellings";
import { workerProcesses } from "@/tests/faults/workers";
import { givenMembers, tellProduct } from "@/tests/support/broadcasts";
import { provideFor } from "@/tests/support/environment";
import { givenProduct, givenStaff } from "@/tests/support/people";

import { ARCHIVE_SECONDS, openBackups } from "./backup";
import { closeOneByOne, givenLeaving, type Leaving, ledgerLines, stillNamed } from "./leaving";

const RECIPIENTS = Number(process.argv[2] ?? 5_000);
/** Closed one after the other all the time, so that some are lost with the database, and some are not. */
const LEAVING = 12;
/** So that the telling is still on its way when the log has been archived in the middle of it. */
const REQUESTS_PER_SECOND = Math.max(1, Math.round(RECIPIENTS / 100 / (ARCHIVE_SECONDS * 2)));
/** Of each telling that goes on after the loss: in waves, by digests, at a moment that comes while nothing runs. */
const OTHERS = 100;
const PROOF = "授权书";
const PATIENCE_MS = 300_000;
/** What is promised, in seconds. */
const MOST = { rpo: 60, rto: 300 };

/**
 * The loss of the database in the middle of a telling, and the way back: from a base backup and the
 * archive of its log, with the ledger, the record's key and the provider's list, none of which lay in it.
 */
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "gaozhi-drill-"));
fs.chmodSync(folder, 0o755);
const backups = openBackups(folder);
const lost = await backups.open("lost");
const running: RunningDatabase[] = [];
await migrate(lost.ownerUrl, lost.url);
provideFor(lost.url);
const recordKey = path.join(folder, "record-key.pem");
makeRecordKey(recordKey);
provide({ RECORD_KEY_FILE: recordKey, ERASURE_LEDGER_FILE: path.join(folder, "erasures.jsonl") });
const port = await freePort();
const origin = `http://127.0.0.1:${port}`;
const resend = await startResendStandIn({
  dataFolder: path.join(folder, "resend"),
  apiKey: env().RESEND_API_KEY,
  webhookSecret: env().RESEND_WEBHOOK_SECRET,
  webhookUrl: `${origin}/api/webhooks/resend`,
  webhookRetriesMs: [500, 1_000, 2_000, 5_000, 10_000, 20_000, 30_000, 60_000],
  stepMs: 30,
  ratePerSecond: REQUESTS_PER_SECOND,
});
provide({ RESEND_BASE_URL: resend.url });
const workers = workerProcesses(resend.url);
let isLost = false;
let web: WebProcess | undefined;
try {
  const approver = await givenStaff("approver");
  const product = await givenProduct();
  await givenMembers(product.id, RECIPIENTS, "crowd");
  const leaving = [];
  for (let n = 0; n < LEAVING; n += 1) leaving.push(await givenLeaving(n));
  const proof = await givenProof(approver.id);
  await workers.start(1);
  web = await startPortal();
  const cookie = await sessionOf(approver);
  if (!(await reads(cookie))) throw new Error("nobody can be signed in before the loss");
  await backups.take(lost);
  say(
    `base backup taken; ${RECIPIENTS} recipients, ${LEAVING} accounts about to leave, an archive every ${ARCHIVE_SECONDS} s`,
  );

  const begun = Date.now();
  const { id } = await tellProduct({ actor: approver, now: new Date() }, product.id);
  const others = [
    await tellInWaves({ prefix: "waves", people: OTHERS }),
    await tellInDigests({ prefix: "daily", people: OTHERS }),
  ];
  const goesOutAt = new Date(begun + ARCHIVE_SECONDS * 2_500);
  const moment = await tellAtMoment({ prefix: "moment", people: OTHERS }, goesOutAt);
  const given = Date.now();
  const marks = mark(lost.ownerUrl);
  const closing = closeOneByOne(leaving, {
    everyMs: (ARCHIVE_SECONDS * 1_500) / LEAVING,
    isLost: () => isLost,
  });
  await until(
    async () =>
      resend.record.entries().length >= RECIPIENTS * 0.55 &&
      (await archivedSince(lost, given + 5_000)),
  );
  await sleep(3_000 + Math.random() * 5_000);

  const accepted = resend.record.entries().filter(isOfMain).length;
  isLost = true;
  const killed = Date.now();
  await backups.lose(lost);
  await workers.killAll();
  await endWeb([web]);
  web = undefined;
  await Promise.all([marks, closing]);
  const noted = ledgerLines();
  say(
    `killed -m immediate and deleted with ${accepted} of ${RECIPIENTS} mails accepted, ${noted} accounts erased`,
  );

  const began = Date.now();
  const back = await backups.restore("back");
  running.push(back);
  const leads = Date.now();
  provide({ DATABASE_URL: back.url });
  const known = await lastMark(back.ownerUrl);
  const { queued, risen } = await asRestored(id, leaving);
  await settleErasures();
  const erased = Date.now();
  const reading = startPortal().then(async (started) => {
    web = started;
    await until(() => reads(cookie));
    return Date.now();
  });
  await workers.start(2);
  const ready = Date.now();
  const opened = await reading;
  await until(async () => resend.record.entries().filter(isOfMain).length > accepted);
  const goesOn = Date.now();
  await until(async () => (await statusOf(id)) === "finished");
  for (const other of others) {
    await until(other.isWaiting);
    await other.timePasses();
  }
  await until(async () => !(await moment.isWaiting()));
  await until(async () => (await countRunning()) === 0);
  const rpo = (killed - known) / 1_000;
  const rto = (Math.max(goesOn, opened) - began) / 1_000;
  say(`RPO ${rpo.toFixed(1)} s: what was saved in the last ${rpo.toFixed(1)} s before is lost`);
  say(
    `RTO ${rto.toFixed(1)} s: the database leads after ${seconds(leads - began)}, erasures done after ${seconds(erased - began)}, workers ready after ${seconds(ready - began)}, signed-in pages after ${seconds(opened - began)} by the session of before, the next mail after ${seconds(goesOn - began)}`,
  );
  say(
    `restored: ${queued} recipients seemed to wait, of whom the provider had ${accepted - (RECIPIENTS - queued)}; ${risen} accounts had risen`,
  );

  const mails = await readRecord(path.join(folder, "resend"));
  const crowds = mails.filter(({ to }) => to[0]?.endsWith("@crowd.example"));
  const told = await Promise.all([...others, moment].map((other) => other.told()));
  const result = await compare(
    [{ broadcastId: id, whose: crowdOf("crowd") }, ...told.flat()],
    crowds,
  );
  const twice = mails.length - new Set(mails.map(({ to, subject }) => `${to[0]} ${subject}`)).size;
  say(
    `${countsIn(result)}; of all ${mails.length} mails, those in waves, by digests and at a moment, sign-in and last mails too, ${twice} were sent twice`,
  );

  const named = await stillNamed(leaving.filter((_, n) => n < noted));
  say(`erased before the loss: ${noted}; of them still named in the restored database: ${named}`);
  const isProof = await opens(proof);
  say(`file of proof: ${isProof ? "opens" : "does NOT open"}`);
  const whole = await continueRecord();

  const second = new Date(begun + (killed - begun) / 3);
  const earlier = await backups.restore("earlier", second);
  running.push(earlier);
  const off = (second.getTime() - (await lastMark(earlier.ownerUrl))) / 1_000;
  say(`restored to ${second.toISOString()}: the last moment in it is ${off.toFixed(2)} s before`);

  const isWell =
    isHonest(result) &&
    twice === 0 &&
    named === 0 &&
    isProof &&
    whole &&
    rpo <= MOST.rpo &&
    rto <= MOST.rto &&
    off >= 0 &&
    off < 1;
  say(isWell ? "the drill holds" : "the drill does NOT hold");
  process.exitCode = isWell ? 0 : 1;
} finally {
  isLost = true;
  await workers.killAll();
  await endWeb(web ? [web] : []);
  await resend.close();
  await closeDatabase();
  for (const database of running) await database.stop();
  if (process.exitCode === 0) fs.rmSync(folder, { recursive: true, force: true });
}

/** Whether a mail is of the large telling. */
function isOfMain({ to }: { to: readonly string[] }): boolean {
  return to[0]?.startsWith("crowd") ?? false;
}

/** The web process, as `npm start` leaves it running. */
function startPortal(): Promise<WebProcess> {
  return startWeb({ port, environment: { NODE_ENV: "production", NEXTAUTH_URL: origin } });
}

/** Whether somebody who is signed in reads their page, and a stranger the library. */
async function reads(cookie: string): Promise<boolean> {
  const asked = [
    fetch(`${origin}/zh-CN/ops`, { headers: { cookie } }),
    fetch(`${origin}/zh-CN/policies`),
  ];
  const answers = await Promise.all(asked.map((one) => one.catch(() => null)));
  return answers.every((answer) => answer?.status === 200 && !answer.redirected);
}

async function givenProof(uploadedBy: string): Promise<string> {
  const [file] = await db
    .insert(requestFiles)
    .values({
      ...{ name: "证明.pdf", mediaType: "application/pdf", size: PROOF.length, uploadedBy },
      ...{ sha256: sha256Hex(PROOF), content: seal(PROOF, "request.file"), uploadedAt: new Date() },
    })
    .returning({ id: requestFiles.id });
  return file?.id ?? "";
}

async function opens(id: string): Promise<boolean> {
  const [file] = await db.select().from(requestFiles).where(eq(requestFiles.id, id));
  return file !== undefined && sha256Hex(unsealText(file.content, "request.file")) === file.sha256;
}

/** A mark each quarter of a second, by which is seen how far a restored database reaches. */
async function mark(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  await client.query("create table drill_marks (at timestamptz not null)");
  while (!isLost) {
    await client.query("insert into drill_marks values (clock_timestamp())").catch(() => undefined);
    await sleep(250);
  }
  await client.end().catch(() => undefined);
}

async function lastMark(url: string): Promise<number> {
  return Number(
    await ask(url, "select extract(epoch from max(at)) * 1000 as value from drill_marks"),
  );
}

async function archivedSince({ ownerUrl }: RunningDatabase, moment: number): Promise<boolean> {
  const text =
    "select extract(epoch from last_archived_time) * 1000 as value from pg_stat_archiver";
  return Number(await ask(ownerUrl, text)) > moment;
}

async function ask(url: string, text: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<{ value: unknown }>(text)).rows[0]?.value;
  } finally {
    await client.end();
  }
}

/** What the restored database believes before anything is done about it. */
async function asRestored(broadcastId: string, leaving: readonly Leaving[]) {
  const { rows } = await db.execute<{ queued: number; risen: number }>(sql`
    select (select count(*)::int from deliveries
        where broadcast_id = ${broadcastId} and channel = 'email' and status = 'queued') as queued,
      (select count(*)::int from accounts where closed_at is null
        and id = any(${sql.param(leaving.slice(0, ledgerLines()).map(({ accountId }) => accountId))}::uuid[])) as risen`);
  return rows[0] ?? { queued: 0, risen: 0 };
}

async function countRunning(): Promise<number> {
  return db.$count(broadcasts, ne(broadcasts.status, "finished"));
}

async function statusOf(id: string): Promise<unknown> {
  const { rows } = await db.execute<{ status: string }>(
    sql`select status from broadcasts where id = ${id}`,
  );
  return rows[0]?.status;
}

/** The commands of docs/operations.md: the gap goes on the record, which then verifies. */
async function continueRecord(): Promise<boolean> {
  const run = (...words: string[]) => {
    const said = execFileSync(
      process.execPath,
      ["--import", "tsx", "scripts/record.ts", ...words],
      {
        env: childEnvironment({}) as NodeJS.ProcessEnv,
        encoding: "utf8",
      },
    );
    for (const line of said.trim().split("\n")) say(`  record ${words[0]}: ${line}`);
  };
  try {
    run("continue");
    await sleep(5_000);
    run("verify");
    return true;
  } catch (error) {
    say(String(error));
    return false;
  }
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error("it did not come so far");
    await sleep(200);
  }
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(1)} s`;
}

function say(words: string): void {
  process.stdout.write(`${words}\n`);
}
