import fs from "node:fs";
import path from "node:path";
import pg from "pg";

import { env } from "@/lib/env";
import { freePort } from "@/scripts/launch/free-port";
import { NEXT } from "@/scripts/launch/build";
import { NO_STATE } from "@/scripts/launch/launcher-state";
import { webAnswers, workerProgram } from "@/scripts/launch/portal";
import { watchPrograms } from "@/scripts/launch/programs";

/** By this name the database knows whose statements are to fail. */
const NAME = "breakable";

/**
 * One more web and worker process on the stack's database, which say everything that they would ever
 * say, and for which alone the database can be made to fail.
 */
export async function startBreakablePortal() {
  const logs = path.join(env().DATA_DIR, "logs");
  const programs = watchPrograms(NO_STATE, logs);
  const port = await freePort();
  const names = { web: `web-breakable-${port}`, worker: `worker-breakable-${port}` };
  const url = new URL(env().DATABASE_URL);
  url.searchParams.set("application_name", NAME);
  const origin = `http://localhost:${port}`;
  const environment = {
    ...{ DATABASE_URL: url.href, PORT: String(port), LOG_LEVEL: "trace" },
    ...{ APP_ORIGIN: origin, NEXTAUTH_URL: origin },
  };
  const command = [NEXT, "start", "-H", "127.0.0.1", "-p", String(port)];
  await programs.start({ name: names.web, command, environment });
  // Of another address it would begin a key of its own, and the stack's would sign no more.
  const { APP_ORIGIN } = env();
  const worker = workerProgram({ ...environment, APP_ORIGIN, NEXTAUTH_URL: APP_ORIGIN });
  await programs.start({ ...worker, name: names.worker });
  await webAnswers(port, programs.lost);
  const said = (name: string) => fs.readFileSync(path.join(logs, `${name}.log`), "utf8");
  return {
    origin,
    said: () => ({ web: said(names.web), worker: said(names.worker) }),
    /** While it plays, no table takes a row of theirs, and PostgreSQL's error quotes the row. */
    async withoutWrites(play: () => Promise<void>): Promise<void> {
      const each = (change: string) =>
        asOwner(async (client) => {
          const { rows } = await client.query<{ name: string }>(
            "select tablename as name from pg_tables where schemaname = 'public'",
          );
          for (const { name } of rows) await client.query(`alter table "${name}" ${change}`);
        });
      const check = `check (current_setting('application_name') <> '${NAME}')`;
      await each(`add constraint fails_for_one ${check} not valid`);
      await play().finally(() => each("drop constraint fails_for_one"));
    },
    /** While it plays, every statement of theirs that is under way may lose its connection. */
    async withoutConnections(play: () => Promise<void>): Promise<void> {
      let isOver = false;
      const cutting = asOwner(async (client) => {
        while (!isOver)
          await client.query(
            "select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1 and state <> 'idle'",
            [NAME],
          );
      });
      await play().finally(() => (isOver = true));
      await cutting;
    },
    stop: () => programs.stop(),
  };
}

/** As who may change tables and end others' connections, which the portal's own role may not. */
async function asOwner(act: (client: pg.Client) => Promise<void>): Promise<void> {
  const url = new URL(process.env.E2E_OWNER_URL ?? env().DATABASE_URL);
  url.pathname = new URL(env().DATABASE_URL).pathname;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  await act(client).finally(() => client.end());
}
