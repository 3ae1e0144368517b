import fs from "node:fs";
import path from "node:path";
import type { FullConfig } from "@playwright/test";
import { z } from "zod";

import { inRoot } from "@/lib/paths";
import { makeRecordKey } from "@/lib/record-key";
import { isBuilt, NEXT } from "@/scripts/launch/build";
import { freePort } from "@/scripts/launch/free-port";
import { enterLauncher } from "@/scripts/launch/launcher-state";
import { migrate } from "@/scripts/launch/migrations";
import {
  consoleProgram,
  type Environment,
  localEnvironment,
  standInProgram,
  webAnswers,
  workerProgram,
} from "@/scripts/launch/portal";
import { type Program, watchPrograms } from "@/scripts/launch/programs";
import { tellStory } from "@/scripts/launch/tell-story";
import { recreate } from "@/tests/support/template";
import { endThrowAway, startThrowAway } from "@/tests/support/throw-away";

/** What a person's shell may hold and must not reach the portal under test. */
const NOT_OURS = ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "APP_ORIGIN", "MAIL_FROM"];

const environments = z.array(z.record(z.string(), z.string()));

/**
 * The portals for the end-to-end tests, one for each of Playwright's workers, so that no two specs
 * that run beside each other meet: on one throw-away PostgreSQL a database each, copied from one in
 * which the demo's story was told once, with Resend stand-in, worker and production build.
 */
export default async function setUp({ workers }: FullConfig): Promise<() => Promise<void>> {
  if (!isBuilt()) throw new Error("the sources are not built: npm run build");
  for (const name of NOT_OURS) Reflect.deleteProperty(process.env, name);

  const database = await startThrowAway();
  const { url, ownerUrl, dataDir } = database;
  const state = await enterLauncher(dataDir, { address: "end-to-end tests", whole: true });
  const programs = watchPrograms(state, path.join(dataDir, "logs"));
  const stacks = await planStacks(workers, { url, dataDir });
  const start = (program: Program, { index }: Stack) =>
    programs.start({ ...program, name: `${program.name}-${index}` });
  const end = async () => {
    await programs.stop(stacks.flatMap(({ index }) => [`web-${index}`, `worker-${index}`]));
    await programs.stop();
    // What web and worker said: a 500 is explained nowhere else.
    const logs = path.join(dataDir, "logs");
    if (fs.existsSync(logs)) fs.cpSync(logs, inRoot("test-results", "logs"), { recursive: true });
    await endThrowAway(database);
  };
  const begin = async (stack: Stack) => {
    const { environment, port, index } = stack;
    const command = [NEXT, "start", "-H", "127.0.0.1", "-p", String(port)];
    await start(standInProgram(environment, path.join(dataDir, `stack-${index}`)), stack);
    await start(consoleProgram(environment), stack);
    await start({ name: "web", command, environment }, stack);
  };
  const tell = async () => {
    await migrate(ownerUrl, url);
    await tellStory({ ...stacks[0]?.environment, DATABASE_URL: url });
    for (const { environment } of stacks) await recreate(ownerUrl, environment.DATABASE_URL ?? "");
  };
  try {
    await Promise.all([tell(), ...stacks.map(begin)]);
    await Promise.all(stacks.map((stack) => start(workerProgram(stack.environment), stack)));
    await Promise.all(stacks.map(({ port }) => webAnswers(port, programs.lost)));
  } catch (error) {
    await end();
    throw error;
  }
  process.env.E2E_OWNER_URL = ownerUrl;
  process.env.E2E_STACKS = JSON.stringify(stacks.map(({ environment }) => environment));
  return end;
}

/**
 * Makes the portal of a worker of Playwright's its environment, so that its tests may ask the
 * database and the stand-in (MAILBOX_URL) themselves.
 */
export function takeStack(): void {
  const { E2E_STACKS, TEST_PARALLEL_INDEX } = process.env;
  if (!E2E_STACKS || !TEST_PARALLEL_INDEX) return;
  const stack = environments.parse(JSON.parse(E2E_STACKS))[Number(TEST_PARALLEL_INDEX)];
  Object.assign(process.env, stack, { E2E_PORT: stack?.PORT, LOG_LEVEL: "warn" });
}

type Stack = { index: number; port: number; environment: Environment };

/** Every stack's port, address of mails, address that stands in for receivers of posts, and name of a database. */
async function planStacks(count: number, { url, dataDir }: { url: string; dataDir: string }) {
  const ports = new Set<number>();
  while (ports.size < 4 * count) ports.add(await freePort());
  const [...free] = ports;
  return Array.from({ length: count }, (_, index): Stack => {
    const [port = 0, console = 0, standIn, receiver] = free.slice(4 * index);
    const database = String(Object.assign(new URL(url), { pathname: `/stack_${index}` }));
    // What is signed of one record is no beginning of the other's.
    const recordKey = path.join(dataDir, `record-key-${index}.pem`);
    makeRecordKey(recordKey);
    const environment = localEnvironment("test", {
      url: database,
      dataDir,
      port,
      console,
      standIn,
    });
    const hosts = `127.0.0.1:${receiver}`;
    const own = {
      ...{ RECORD_KEY_FILE: recordKey, ENDPOINT_HOSTS: hosts, TICKET_HOSTS: hosts },
      // The story's notices are older than a day; nobody is told of them again while tests count.
      NOTICE_UNOPENED_HOURS: "168",
      NOTICE_UNFOLLOWED_HOURS: "720",
    };
    return { index, port, environment: { ...environment, ...own } };
  });
}
