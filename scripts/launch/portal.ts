import { randomBytes } from "node:crypto";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { childEnvironment, type Env, isGiven, readEnv, setting } from "@/lib/env";
import { log } from "@/lib/log";
import { ROOT } from "@/lib/paths";
import { makeRecordKey } from "@/lib/record-key";
import { loadSecrets, type Secrets } from "@/lib/secrets";
import { StartError } from "@/lib/start-error";

import { DEMO_ACCOUNTS, DEMO_APPS, DEMO_DEVELOPERS } from "../people";
import { type DatabaseHome, findDatabaseHome } from "./database/home";
import { type RunningDatabase, startDatabase } from "./database/embedded";
import { owns } from "./database/rights";
import { freePort, portProblem } from "./free-port";
import { type Lifetime } from "./lifetime";
import { migrate } from "./migrations";
import { type Program } from "./programs";
import { say } from "./say";

export type Environment = Record<string, string | undefined>;

/** The data folder the operator named, or the standard one. @throws StartError */
export function dataHome(): DatabaseHome {
  return findDatabaseHome(ROOT, isGiven("DATA_DIR") ? setting("DATA_DIR") : undefined);
}

/**
 * The database that DATABASE_URL names, or else the embedded one, in this version's shape.
 * @returns its address for web and worker, who own nothing of it
 * @throws StartError
 */
export async function openDatabase(life: Lifetime, home: () => DatabaseHome): Promise<string> {
  const given = setting("DATABASE_URL");
  if (given) {
    const owner = setting("DATABASE_OWNER_URL");
    await migrate(owner ?? given, owner && given);
    if (await owns(given)) say(OWNER_WARNING);
    return given;
  }
  const database = await openEmbedded(life, home);
  await migrate(database.ownerUrl, database.url);
  return database.url;
}

/** The same database as its owner, for what web and worker may not do. @throws StartError */
export async function openAsOwner(life: Lifetime, home: () => DatabaseHome): Promise<string> {
  const given = setting("DATABASE_OWNER_URL") ?? setting("DATABASE_URL");
  return given ?? (await openEmbedded(life, home)).ownerUrl;
}

async function openEmbedded(life: Lifetime, home: () => DatabaseHome): Promise<RunningDatabase> {
  const starting = startDatabase({ ...home(), log });
  // Told to stop while it starts, we wait for it: half-started it could not be ended.
  let watch = Promise.resolve();
  const ended = new AbortController();
  life.atEnd(async () => {
    ended.abort();
    await watch;
    await starting.then((database) => database.stop()).catch(() => undefined);
  });
  const database = await starting;
  watch = keepAlive(database, ended.signal);
  return database;
}

const OWNER_WARNING = `  ! DATABASE_URL 的角色可以更改表结构和触发器。请按 docs/operations.md 为门户另设一个角色。
    The role of DATABASE_URL may change tables and triggers, and with them the record. Give the portal one of its own (docs/operations.md).`;

/** A database that was killed comes back at its address; those who use it connect again. */
async function keepAlive(database: RunningDatabase, ended: AbortSignal): Promise<void> {
  while (!ended.aborted) {
    await sleep(500, undefined, { signal: ended, ref: false }).catch(() => undefined);
    if (ended.aborted) return;
    const isBack = await database.revive().catch((error: unknown) => {
      say(error instanceof Error ? error.message : String(error));
      return false;
    });
    if (isBack) say("  ! 数据库意外退出,已重启 · the database ended unexpectedly and is back");
  }
}

/** @throws StartError when the port can't be had */
export async function checkPort(port: number): Promise<void> {
  const problem = await portProblem(port);
  if (problem === "EADDRINUSE") {
    throw new StartError(
      `端口 ${port} 已被其他程序占用。请结束该程序,或用 PORT 换一个端口,例如 PORT=3100。`,
      `Port ${port} is in use by another program. End that program, or choose another port, e.g. PORT=3100.`,
    );
  }
  if (problem) {
    throw new StartError(
      `没有权限使用端口 ${port}(${problem})。请用 PORT 换一个 1024 以上的端口,例如 PORT=3100。`,
      `Port ${port} may not be used (${problem}). Choose one above 1024, e.g. PORT=3100.`,
    );
  }
}

/** A shell's identity provider is for the portal it belongs to: the demo's people are not known there. */
const NO_PROVIDER = {
  OIDC_ISSUER: undefined,
  OIDC_CLIENT_ID: undefined,
  OIDC_CLIENT_SECRET: undefined,
  OIDC_NAME: undefined,
};

/** Of the web process, of the vendor's console and, unless mails go to Resend itself, of its stand-in. */
type Ports = { port: number; console: number; standIn: number | undefined };

/** What web and worker find around them when everything is on this machine; undefined is taken away. */
export function localEnvironment(
  mode: "demo" | "development" | "test",
  given: Ports & { url: string; dataDir: string },
): Environment {
  const secrets = loadSecrets(given.dataDir);
  const origin = setting("APP_ORIGIN") ?? `http://localhost:${given.port}`;
  const standIn = given.standIn && `http://127.0.0.1:${given.standIn}`;
  return {
    NODE_ENV: mode === "development" ? "development" : "production",
    GAOZHI_MODE: mode,
    DATABASE_URL: given.url,
    DATABASE_OWNER_URL: undefined,
    DATA_DIR: given.dataDir,
    PORT: String(given.port),
    APP_ORIGIN: origin,
    NEXTAUTH_URL: origin,
    NEXT_TELEMETRY_DISABLED: "1",
    ...keysOf(secrets),
    RECORD_KEY_FILE: setting("RECORD_KEY_FILE") ?? recordKeyIn(given.dataDir),
    ERASURE_LEDGER_FILE: ledgerIn(given.dataDir),
    // The console is another site than localhost, and nothing outlives its tokens.
    CONSOLE_KEY: randomBytes(32).toString("base64url"),
    CONSOLE_ORIGINS: `http://127.0.0.1:${given.console}`,
    MAIL_FROM: setting("MAIL_FROM") ?? "云桥科技 <notice@yunqiao.example>",
    ...(mode === "demo" && NO_PROVIDER),
    ...(standIn && {
      RESEND_API_KEY: secrets.resendApiKey,
      RESEND_BASE_URL: standIn,
      RESEND_WEBHOOK_SECRET: secrets.resendWebhookSecret,
      MAILBOX_URL: standIn,
    }),
  };
}

/** What seals, signs and vouches: a shell's own, or what the data folder keeps. */
const keysOf = ({ authSecret, dataKey, pushKey }: Secrets) => ({
  AUTH_SECRET: setting("AUTH_SECRET") ?? authSecret,
  DATA_KEY: setting("DATA_KEY") ?? dataKey,
  PUSH_KEY: setting("PUSH_KEY") ?? pushKey,
});

/** The key that signs the record, made once beside the other secrets. */
function recordKeyIn(dataDir: string): string {
  const file = path.join(dataDir, "record-key.pem");
  makeRecordKey(file);
  return file;
}

const ledgerIn = (dataDir: string): string =>
  setting("ERASURE_LEDGER_FILE") ?? path.join(dataDir, "erasures.jsonl");

/** A port for the Resend stand-in, unless a key says that mails go to Resend itself. */
export async function standInPort(): Promise<number | undefined> {
  return isGiven("RESEND_API_KEY") ? undefined : freePort();
}

/** The port after the portal's for the console, or another when that is taken. */
export async function consolePort(port: number): Promise<number> {
  const next = port + 1;
  return next > 65_535 || (await portProblem(next)) ? freePort() : next;
}

/** The vendor's invented console, in which the story's developers are signed in. */
export function consoleProgram(environment: Environment): Program {
  const people = DEMO_DEVELOPERS.map(({ email, name, locale, uin }) => ({
    ...{ email, name, locale },
    account: DEMO_ACCOUNTS.find((account) => account.uin === uin) ?? { uin, name: uin },
    apps: DEMO_APPS.filter((app) => app.uin === uin),
  }));
  return {
    name: "console",
    command: ["--import", "tsx", path.join("stand-ins", "console", "run.ts")],
    environment: {
      ...environment,
      CONSOLE_STANDIN_PORT: new URL(environment.CONSOLE_ORIGINS ?? "").port,
      CONSOLE_STANDIN_PEOPLE: JSON.stringify(people),
    },
    ready: /^ready$/m,
  };
}

/** The Resend stand-in, told by the same environment as the programs that use it. */
export function standInProgram(environment: Environment, folder: string): Program {
  const { port } = new URL(environment.MAILBOX_URL ?? "");
  return {
    name: "stand-in",
    command: ["--import", "tsx", path.join("stand-ins", "resend", "run.ts")],
    environment: {
      ...environment,
      RESEND_STANDIN_PORT: port,
      RESEND_STANDIN_DATA: path.join(folder, "resend"),
      RESEND_STANDIN_WEBHOOK_URL: `http://127.0.0.1:${environment.PORT}/api/webhooks/resend`,
      // Resend's own pauses, up to hours, would outlast a demo in which the web starts last.
      RESEND_STANDIN_WEBHOOK_RETRIES: "1,2,5,10,30,60",
    },
    ready: /^ready$/m,
  };
}

export function workerProgram(environment: Environment): Program {
  return {
    name: "worker",
    command: ["--import", "tsx", path.join("jobs", "run.ts")],
    environment,
    ready: /worker ready/,
  };
}

/** Whether the environment lets the programs start, as one error. @throws EnvError */
export function check(environment: Environment): Env {
  return readEnv(childEnvironment(environment));
}

/**
 * Waits until the web process answers and its pages do.
 * @param lost resolves when the program is gone for good
 * @throws StartError after a minute
 */
export async function webAnswers(
  port: number,
  lost: Promise<string>,
  host = "127.0.0.1",
): Promise<void> {
  let isLost = false;
  void lost.then(() => (isLost = true));
  const end = performance.now() + 60_000;
  for (const address of ["/healthz", "/"]) {
    while (!(await answers(`http://${host}:${port}${address}`))) {
      if (isLost || performance.now() > end) {
        throw new StartError(
          `网站没有在 ${address} 上应答。`,
          `The web process does not answer at ${address}.`,
        );
      }
      await sleep(40);
    }
  }
}

async function answers(address: string): Promise<boolean> {
  try {
    return (await fetch(address, { signal: AbortSignal.timeout(20_000) })).status < 500;
  } catch {
    return false;
  }
}
