import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";

import { closeDatabase, db } from "@/db/client";
import { users } from "@/db/schema";
import { childEnvironment, provide } from "@/lib/env";
import { ROOT } from "@/lib/paths";
import { NEXT } from "@/scripts/launch/build";
import { freePort } from "@/scripts/launch/free-port";
import { migrate } from "@/scripts/launch/migrations";
import { type Environment, localEnvironment, webAnswers } from "@/scripts/launch/portal";
import { step } from "@/scripts/launch/say";
import { startResendStandIn } from "@/stand-ins/resend/start";
import { cookieOf } from "@/tests/e2e/support/people";
import type { Role } from "@/tests/e2e/support/roles";
import { tellInWaves } from "@/tests/faults/other-tellings";
import { endThrowAway, startThrowAway } from "@/tests/support/throw-away";

/** What each opens: pages of every room, and what machines read. */
const PAGES: Partial<Record<Role, readonly string[]>> = {
  anonymous: [
    ...["/zh-CN", "/en/policies", "/zh-CN/incidents", "/zh-CN/announcements", "/zh-CN/rights"],
    ...["/en/sign-in", "/feeds/zh-CN/atom.xml", "/feeds/en/feed.json", "/healthz", "/readyz"],
  ],
  owner: [
    ...["/zh-CN/home", "/en/inbox", "/zh-CN/account", "/zh-CN/requests", "/zh-CN/settings"],
    ...["/zh-CN/acknowledgements"],
  ],
  approver: ["/zh-CN/ops", "/zh-CN/ops/broadcasts", "/en/ops/incidents", "/zh-CN/ops/policies"],
  handler: ["/zh-CN/ops/requests", "/zh-CN/ops/deregistrations", "/zh-CN/ops/inbox"],
  auditor: ["/zh-CN/ops/audit"],
  admin: [
    ...["/zh-CN/ops/accounts", "/zh-CN/ops/staff", "/zh-CN/ops/tokens", "/zh-CN/ops/calendar"],
    ...["/zh-CN/ops/security", "/zh-CN/ops/settings"],
  ],
};
const PATIENCE_MS = 180_000;
/** People. */
const IN_WAVES = 50;

/**
 * The older version in `folder`, as a release leaves it running: its web process and worker on its own
 * shape; this version's migrations under them; and then all of the story told by its own code, mailed
 * by its worker, and read in its pages. At the end this version reads the same pages.
 */
const older = process.argv[2] ?? "";
const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "gaozhi-upgrade-data-"));
const database = await startThrowAway();
const running: ChildProcess[] = [];
const port = await freePort();
const resendPort = await freePort();
const environment: Environment = {
  ...localEnvironment("test", {
    ...{ url: database.url, dataDir, port },
    ...{ console: await freePort(), standIn: resendPort },
  }),
  LOG_LEVEL: "warn",
};
provide(
  Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  ),
);
const resend = await startResendStandIn({
  ...{ dataFolder: path.join(dataDir, "resend"), port: resendPort, stepMs: 30 },
  apiKey: environment.RESEND_API_KEY ?? "",
  webhookSecret: environment.RESEND_WEBHOOK_SECRET ?? "",
  webhookUrl: `http://127.0.0.1:${port}/api/webhooks/resend`,
  webhookRetriesMs: [1_000, 2_000, 5_000],
});
const faults: string[] = [];
try {
  await step("the older version makes its own shape", () =>
    done(older, ["scripts/migrate.ts"], { DATABASE_OWNER_URL: database.ownerUrl }),
  );
  await step("its web process and its worker start", () => startWeb(older, port));
  const before = await startWorker(older);
  const watched = watch();
  await step("this version's migrations go in under them", () =>
    migrate(database.ownerUrl, database.url),
  );
  await step("the older version tells the whole story on the new shape", () =>
    done(older, ["scripts/tell-story.ts"], {}),
  );
  await step("its worker mails it", untilMailed);
  await step("its pages are read", () => readPages(port));
  faults.push(...(await watched.end()));
  await step("this version's worker takes over, and holds a second wave back", () =>
    takeOver(before),
  );
  const next = await freePort();
  await step("this version reads the same pages", async () => {
    await startWeb(ROOT, next);
    await readPages(next);
  });
  const { rows } = await db.execute<{ status: string; mails: number }>(
    sql`select status::text, count(*)::int as mails from deliveries where channel = 'email' group by 1 order by 1`,
  );
  const pages = Object.values(PAGES).flat().length;
  process.stdout.write(
    `mails: ${rows.map(({ status, mails }) => `${mails} ${status}`).join(", ")}; ${pages} pages by either version; ${watched.count()} answers to strangers while the shape changed\n`,
  );
  for (const fault of faults) process.stdout.write(`✗ ${fault}\n`);
  process.exitCode = faults.length === 0 ? 0 : 1;
} finally {
  for (const child of running) child.kill("SIGKILL");
  await resend.close();
  await closeDatabase();
  await endThrowAway(database);
  fs.rmSync(dataDir, { recursive: true, force: true });
}

function start(cwd: string, words: readonly string[], changes: Record<string, string>) {
  const child = spawn(process.execPath, words, {
    cwd,
    env: childEnvironment({ ...environment, ...changes }),
    stdio: ["ignore", "pipe", "inherit"],
  });
  running.push(child);
  return child;
}

/** One of the version's own programs, to its end. @throws when it fails */
async function done(cwd: string, words: string[], changes: Record<string, string>): Promise<void> {
  const child = start(cwd, ["--import", "tsx", ...words], changes);
  child.stdout.resume();
  const code = await new Promise((resolve) => child.once("exit", resolve));
  if (code !== 0) throw new Error(`${words[0]} of the older version ended with ${String(code)}`);
}

async function startWeb(cwd: string, at: number): Promise<void> {
  const child = start(cwd, [NEXT, "start", "-H", "127.0.0.1", "-p", String(at)], {
    PORT: String(at),
  });
  child.stdout.resume();
  await webAnswers(at, new Promise((resolve) => child.once("exit", () => resolve("web"))));
}

function startWorker(cwd: string): Promise<ChildProcess> {
  const child = start(cwd, ["--import", "tsx", "jobs/run.ts"], {});
  return new Promise((resolve, reject) => {
    child.stdout.on("data", (said) => String(said).includes("worker ready") && resolve(child));
    child.once("exit", () => reject(new Error(`the worker of ${cwd} ended`)));
  });
}

/**
 * Workers are replaced before web processes: this version's tells in waves while the older version's web
 * process takes the reports. @param before the older version's worker, which is ended
 */
async function takeOver(before: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => before.once("exit", resolve));
  before.kill("SIGTERM");
  await ended;
  const told = await tellInWaves({ prefix: "waves", people: IN_WAVES });
  await startWorker(ROOT);
  const countMailed = () =>
    db.$count(
      users,
      sql`email like 'waves%' and exists (
    select from deliveries d where d.user_id = users.id and d.channel = 'email' and d.status = 'delivered')`,
    );
  await until(told.isWaiting);
  const first = await countMailed();
  if (first >= IN_WAVES) faults.push("the second wave was not held back");
  await told.timePasses();
  await until(async () => (await countMailed()) === IN_WAVES);
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error("it did not come so far");
    await sleep(500);
  }
}

/** Strangers who read on while the shape changes. */
function watch() {
  const answers: string[] = [];
  let isOn = true;
  const asking = (async () => {
    for (let turn = 0; isOn; turn += 1) {
      const address = ["/zh-CN/policies", "/en/incidents", "/en/sign-in"][turn % 3] ?? "";
      const { status } = await fetch(`http://127.0.0.1:${port}${address}`);
      answers.push(`${status} at ${address}`);
      await sleep(100);
    }
  })();
  return {
    count: () => answers.length,
    async end(): Promise<string[]> {
      isOn = false;
      await asking;
      return answers.filter((answer) => !answer.startsWith("200"));
    },
  };
}

/** Until all of the story is mailed. */
async function untilMailed(): Promise<void> {
  await until(async () => {
    const { rows } = await db.execute<{ queued: number; mails: number }>(sql`
      select count(*) filter (where status = 'queued')::int as queued, count(*)::int as mails
      from deliveries where channel = 'email'`);
    return rows[0] !== undefined && rows[0].mails > 0 && rows[0].queued === 0;
  });
}

async function readPages(at: number): Promise<void> {
  for (const [role, addresses] of Object.entries(PAGES)) {
    const cookie = await cookieOf(role as Role);
    for (const address of addresses) {
      const { status } = await fetch(`http://127.0.0.1:${at}${address}`, {
        headers: { ...(cookie && { cookie }) },
        redirect: "manual",
      });
      if (status !== 200) faults.push(`${status} at ${address}, ${role}, port ${at}`);
    }
  }
}
