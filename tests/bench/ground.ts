import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { eq, sql } from "drizzle-orm";

import { db } from "@/db/client";
import { sessions, users } from "@/db/schema";
import { hashSessionToken, newSessionToken } from "@/domain/access/secrets";
import { childEnvironment, env, provide } from "@/lib/env";
import { inRoot } from "@/lib/paths";
import { NEXT } from "@/scripts/launch/build";
import { freePort } from "@/scripts/launch/free-port";
import { NO_STATE } from "@/scripts/launch/launcher-state";
import {
  localEnvironment,
  standInProgram,
  webAnswers,
  workerProgram,
} from "@/scripts/launch/portal";
import { watchPrograms } from "@/scripts/launch/programs";
import { tellStory } from "@/scripts/launch/tell-story";
import { provideFor } from "@/tests/support/environment";

const ends: (() => unknown)[] = [];

/** Done at the end of the workload, the newest first. */
export const atEnd = (end: () => unknown): void => void ends.push(end);

/** Puts away what a workload set up. */
export async function clearGround(): Promise<void> {
  for (const end of ends.toReversed()) await end();
  ends.length = 0;
}

export const databaseUrl = (): string => process.env.BENCH_DATABASE_URL ?? "";

/** The domain itself in this process, over the workload's own empty database. */
export const openOwnDatabase = (): void => provideFor(databaseUrl());

export type Portal = {
  origin: string;
  environment: Record<string, string | undefined>;
  /** The web process. */
  web: ChildProcess;
};

/**
 * The production build with the demo's story, its worker and mail stand-in, as `npm start` runs them.
 * @param settings beside those of a portal on this machine
 */
export async function startPortal(settings: Record<string, string> = {}): Promise<Portal> {
  const dataDir = temporaryFolder();
  const [port, console, standIn] = [await freePort(), await freePort(), await freePort()];
  const url = databaseUrl();
  const environment = {
    ...localEnvironment("test", { url, dataDir, port, console, standIn }),
    ...settings,
  };
  provide({
    ...Object.fromEntries(
      Object.entries(environment).flatMap(([name, value]) => (value ? [[name, value]] : [])),
    ),
    LOG_LEVEL: "silent",
  });
  await tellStory(environment);
  const programs = watchPrograms(NO_STATE, path.join(dataDir, "logs"));
  atEnd(() => programs.stop());
  await programs.start(standInProgram(environment, dataDir));
  await programs.start(workerProgram(environment));
  // It ends with this program, however that ends.
  const leash = pathToFileURL(inRoot("scripts", "launch", "leash.mjs")).href;
  const command = ["--import", leash, NEXT, "start", "-H", "127.0.0.1", "-p", String(port)];
  const web = spawn(process.execPath, command, {
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    env: childEnvironment({ ...environment, GAOZHI_LAUNCHER: String(process.pid) }),
  });
  atEnd(() => ended(web));
  await webAnswers(port, new Promise((lost) => web.once("exit", () => lost("web"))));
  return { origin: `http://127.0.0.1:${port}`, environment, web };
}

/** Headers of somebody who is signed in, with a factor just proven. */
export async function signedIn(email: string): Promise<Record<string, string>> {
  const [person] = await db.select().from(users).where(eq(users.email, email));
  if (!person) throw new Error(`nobody has the address ${email}`);
  const token = newSessionToken();
  const now = new Date();
  await db.insert(sessions).values({
    ...{ tokenHash: hashSessionToken(token), userId: person.id, createdAt: now, factorAt: now },
    ...{ lastSeenAt: now, expiresAt: new Date(now.getTime() + 3_600_000) },
  });
  return { cookie: `gaozhi-session=${token}` };
}

/** The mail stand-in as a program of its own, so that its work is not counted as ours. */
export async function startStandIn(): Promise<{ url: string; child: ChildProcess }> {
  const child = spawn(process.execPath, ["--import", "tsx", "stand-ins/resend/run.ts"], {
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      ...process.env,
      RESEND_STANDIN_DATA: temporaryFolder(),
      RESEND_API_KEY: env().RESEND_API_KEY,
      RESEND_WEBHOOK_SECRET: env().RESEND_WEBHOOK_SECRET,
    },
  });
  ends.push(() => ended(child));
  let words = "";
  for await (const chunk of child.stdout) {
    words += String(chunk);
    if (words.includes("ready")) break;
  }
  return { url: /http:\S+/.exec(words)?.[0] ?? "", child };
}

/** Resident memory of a process now, or the most it ever was, in MB; NaN where the system has no /proc. */
export function residentMb(pid: number | undefined, what: "VmRSS" | "VmHWM" = "VmRSS"): number {
  try {
    const status = fs.readFileSync(`/proc/${pid}/status`, "utf8");
    return Number(new RegExp(`${what}:\\s+(\\d+)`).exec(status)?.[1] ?? NaN) / 1024;
  } catch {
    return NaN;
  }
}

/** Clock ticks of a second, as Linux counts processes' time for programs. */
const TICKS = 100;

/** Seconds of processor time that a process has taken, all its threads together; NaN where the system has no /proc. */
export function cpuSeconds(pid: number | undefined): number {
  try {
    // Behind the program's name, which may hold anything but ends with the last bracket.
    const fields = fs.readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ");
    return (Number(fields?.[11]) + Number(fields?.[12])) / TICKS;
  } catch {
    return NaN;
  }
}

/** The same of everything the database runs for this workload, of what still runs. */
export async function databaseCpuSeconds(): Promise<number> {
  const { rows } = await db.execute<{ pid: number }>(sql`
    select pid from pg_stat_activity
    where (datname = current_database() or datname is null) and pid <> pg_backend_pid()`);
  return rows.reduce((sum, { pid }) => sum + (cpuSeconds(pid) || 0), 0);
}

/** @returns the address, once something answers there */
export async function until(url: string): Promise<string> {
  const end = performance.now() + 30_000;
  for (;;) {
    try {
      if ((await fetch(url)).status < 500) return url;
    } catch {
      // It has not begun to listen.
    }
    if (performance.now() > end) throw new Error(`${url} does not answer`);
    await sleep(50);
  }
}

/** Ends a program and waits for it. */
export function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGTERM");
  });
}

/** Gone with the workload. */
export function temporaryFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "gaozhi-bench-"));
  ends.push(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}
