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
import { compare, crowdOf, isHonest } from "@/tests/faults/compare";
import { tellAtMoment, tellInDigests, tellInWaves } from "@/tests/faults/other-tellings";
import { countOpen } from "@/tests/faults/telling";
import { workerProcesses } from "@/tests/faults/workers";
import { givenMembers, tellProduct } from "@/tests/support/broadcasts";
import { provideFor } from "@/tests/support/environment";
import { givenProduct, givenStaff } from "@/tests/support/people";

import { type Machine, openMachines } from "./machines";
import { openServers } from "./servers";

type Door = Machine & { port: number };

const RECIPIENTS = Number(process.argv[2] ?? 5_000);
const WORKERS = 2;
/** Of each telling that goes on after the loss: in waves, by digests, at a moment that comes with it. */
const OTHERS = 100;
/** Of the provider, so that the telling lasts long enough to be cut in two. */
const BATCHES_PER_SECOND = 4;
/** About when the primary is lost. */
const MOMENT_MS = 12_000;
/** Reports come slowly on a busy machine. */
const PATIENCE_MS = 900_000;

/**
 * One broadcast through the loss of its database's primary: two web processes and two workers by
 * PgBouncer, a synchronous standby that takes over, each on a machine of its own as far as this one
 * allows (machines.ts), and what became of every mail, reader and session.
 */
const machines = openMachines(["db1", "db2", "pool", "web1", "web2", "worker1", "worker2"]);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "gaozhi-failover-"));
fs.chmodSync(folder, 0o755);
const { db1, db2, pool, web1, web2, worker1, worker2 } = machines;
const servers = await openServers({ folder, first: db1, second: db2, pool });
provideFor(servers.url);
const first = { ...web1, port: await freePort() };
const doors = [first, { ...web2, port: await freePort() }];
const originOf = ({ address, port }: Door) => `http://${address}:${port}`;
provide({ DATABASE_LISTEN_URL: servers.listenUrl });
const webs = await Promise.all(
  doors.map((door) =>
    startWeb({
      port: door.port,
      machine: door,
      environment: { NODE_ENV: "production", NEXTAUTH_URL: originOf(door) },
    }),
  ),
);
const resend = await startResendStandIn({
  address: machines.outside,
  dataFolder: path.join(folder, "resend"),
  apiKey: env().RESEND_API_KEY,
  webhookSecret: env().RESEND_WEBHOOK_SECRET,
  webhookUrl: `${originOf(first)}/api/webhooks/resend`,
  webhookRetriesMs: [500, 1_000, 2_000, 5_000, 10_000, 20_000, 30_000],
  stepMs: 30,
  ratePerSecond: BATCHES_PER_SECOND,
});
const workers = workerProcesses(
  resend.url,
  [worker1, worker2].map(({ inside }) => inside),
);
let isWatched = true;
try {
  const approver = await givenStaff("approver");
  const cookie = await sessionOf(approver);
  const product = await givenProduct();
  await givenMembers(product.id, RECIPIENTS, "crowd");
  const signedIn = doors.map((door) => watch(door, "/zh-CN/invitations", { cookie }));
  const strangers = doors.map((door) => watch(door, "/zh-CN/policies"));
  const { id } = await tellProduct({ actor: approver, now: new Date() }, product.id);
  const others = [
    await tellInWaves({ prefix: "waves", people: OTHERS }),
    await tellInDigests({ prefix: "daily", people: OTHERS }),
  ];
  const goesOutAt = new Date(Date.now() + MOMENT_MS);
  const moment = await tellAtMoment({ prefix: "moment", people: OTHERS }, goesOutAt);
  workers.keep(WORKERS);
  await until(async () => (await countOpen(id, "queued")) < RECIPIENTS * 0.7);

  const left = await countOpen(id, "queued");
  const lost = Date.now();
  servers.losePrimary();
  const promoted = await servers.promoted;
  await until(() => Promise.resolve(signedIn.every((one) => one.lastOf(200) > promoted)));
  await until(async () => (await statusOf(id)) === "finished");
  for (const other of others) {
    await until(other.isWaiting);
    await other.timePasses();
  }
  await until(async () => !(await moment.isWaiting()));
  await until(
    async () =>
      (await ask(sql`select count(*)::int as value from broadcasts where status <> 'finished'`)) ===
      0,
  );
  const ended = Date.now();
  isWatched = false;
  await Promise.all([...signedIn, ...strangers].map(({ done }) => done));

  const accepted = await readRecord(path.join(folder, "resend"));
  const told = await Promise.all([...others, moment].map((other) => other.told()));
  const result = await compare(
    [{ broadcastId: id, whose: crowdOf("crowd") }, ...told.flat()],
    accepted,
  );
  const after = accepted.map(({ at }) => Date.parse(at)).filter((at) => at > promoted);
  const back = Math.max(...signedIn.map((one) => one.firstAfter(200, lost)));
  const saidOf = (those: Watched[]) => those.map((one) => one.told()).join(" | ");
  const meanwhile = strangers.map((one) => one.countBetween(lost, back));
  const lines = [
    machines.areSeparate
      ? "seven machines, each a network namespace; the primary's plug is pulled, then all of it is killed"
      : "network namespaces are not allowed here (they take root): seven addresses of the loopback, the primary killed",
    `${RECIPIENTS} recipients, and ${OTHERS} each in waves, by digests and at a moment; ${WORKERS} web processes, ${WORKERS} workers; the primary lost with ${left} mails to go`,
    `standby leads after ${seconds(promoted - lost)} s, signed-in pages after ${seconds(back - lost)} s, mails after ${seconds(Math.min(...after) - lost)} s, all told after ${seconds(ended - lost)} s`,
    `signed-in readers: ${saidOf(signedIn)}; the session of before works after`,
    `strangers: ${saidOf(strangers)}; of these ${meanwhile.join(" | ")} while nobody could be signed in`,
    `workers begun again ${workers.restarts()} times`,
    `lost ${result.lost.length}, doubled ${result.doubled.length}, wrong content ${result.unexpected.length}, disagreeing ${result.disagreeing.length}`,
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
  const isWell =
    isHonest(result) &&
    // A change drops what is kept of the pages it is seen on: of the moment after it there is nothing true to show.
    strangers.every((one) => one.only(200, 503) && one.allOf(503).every(isBetween(lost, back))) &&
    signedIn.every((one) => one.only(200, 503));
  process.exitCode = isWell ? 0 : 1;
} finally {
  isWatched = false;
  await workers.killAll();
  await endWeb(webs);
  await resend.close();
  await closeDatabase();
  await servers.close();
  machines.close();
  fs.rmSync(folder, { recursive: true, force: true });
}

/** Asks for a page ten times a second, and remembers what came. */
function watch(door: Door, address: string, headers: Record<string, string> = {}) {
  const seen: { at: number; status: number }[] = [];
  const ask = async () => {
    while (isWatched) {
      const answer = await fetch(`${originOf(door)}${address}`, { headers, redirect: "manual" });
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
    // At the end the web processes are ended under whoever still asks.
    done: ask().catch((error: unknown) => {
      if (isWatched) throw error;
    }),
    told: () => counts().join(", "),
    only: (...allowed: number[]) => seen.every(({ status }) => allowed.includes(status)),
    countBetween: (from: number, to: number) =>
      seen.filter(({ at, status }) => status === 200 && at > from && at < to).length,
    allOf: (status: number) => seen.filter((one) => one.status === status).map(({ at }) => at),
    lastOf: (status: number) => seen.findLast((one) => one.status === status)?.at ?? 0,
    /** The first of a status after the last other one. */
    firstAfter(status: number, moment: number): number {
      const other = seen.findLastIndex((one) => one.status !== status);
      return seen.find((one, index) => index > other && one.at > moment)?.at ?? NaN;
    },
  };
}

type Watched = ReturnType<typeof watch>;

function isBetween(from: number, to: number) {
  return (at: number): boolean => at > from && at < to;
}

/** While the database is away, nothing is known. */
async function ask(text: ReturnType<typeof sql>): Promise<unknown> {
  const answer = await db.execute<{ value: unknown }>(text).catch(() => null);
  return answer?.rows[0]?.value;
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
