import fs from "node:fs";
import path from "node:path";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate as applyMigrations } from "drizzle-orm/node-postgres/migrator";
import { Logger, runMigrations } from "graphile-worker";
import pg from "pg";
import { z } from "zod";

import { inRoot } from "@/lib/paths";
import { StartError, systemCode } from "@/lib/start-error";

import { ownError, placeOf, reasonOf, unreachable, wrongShape } from "./database/faults";
import { grantRows } from "./database/rights";

/** Any number will do as long as nothing else in the database locks it. */
const LOCK = 4_715_208_113;
/** PostgreSQL's code for a missing right. */
const INSUFFICIENT_PRIVILEGE = "42501";

const silent = new Logger(() => () => undefined);

/**
 * Brings a database to this version's shape: our tables, then graphile-worker's. Processes that
 * start at the same moment take turns; whoever comes second finds nothing to do. A role that may not
 * change the shape only looks whether it is this version's.
 * @param url as the owner of the tables
 * @param application the same database as the role of web and worker, which is granted what they need
 * @throws StartError when the database can't be reached or gives its user too few rights
 */
export async function migrate(url: string, application?: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: url, max: 3, connectionTimeoutMillis: 10_000 });
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  try {
    const lock = await connect(pool, url);
    try {
      if (!(await mayCreate(lock))) return await assertCurrent(lock, url);
      await lock.query("select pg_advisory_lock($1)", [LOCK]);
      if (fs.existsSync(path.join(folder(), "meta", "_journal.json"))) {
        await applyMigrations(drizzle({ client: pool }), { migrationsFolder: folder() });
      }
      await runMigrations({ pgPool: pool, logger: silent });
      if (application) await grantRows(lock, decodeURIComponent(new URL(application).username));
    } catch (error) {
      throw tooFewRights(error, url) ?? error;
    } finally {
      // Ends the session and with it the lock.
      lock.release(true);
    }
  } finally {
    await pool.end();
  }
}

async function mayCreate(client: pg.PoolClient): Promise<boolean> {
  const { rows } = await client.query<{ may: boolean }>(
    "select has_database_privilege(current_database(), 'create') as may",
  );
  return rows[0]?.may === true;
}

const journal = z.object({ entries: z.array(z.object({ when: z.number() })) });

/** drizzle writes down, for each migration it has run, the moment the journal gives it. */
async function assertCurrent(client: pg.PoolClient, url: string): Promise<void> {
  const text = fs.readFileSync(path.join(folder(), "meta", "_journal.json"), "utf8");
  const wanted = journal.parse(JSON.parse(text)).entries.at(-1)?.when ?? 0;
  const { rows } = await client
    .query<{ last: string | null }>(
      "select max(created_at) as last from drizzle.__drizzle_migrations",
    )
    .catch(() => ({ rows: [] }));
  if (Number(rows[0]?.last ?? -1) >= wanted) return;
  throw wrongShape(url);
}

async function connect(pool: pg.Pool, url: string): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw unreachable(error, url);
  }
}

function tooFewRights(error: unknown, url: string): StartError | undefined {
  const own = ownError(error);
  if (systemCode(own) !== INSUFFICIENT_PRIVILEGE) return undefined;

  return new StartError(
    `数据库 ${placeOf(url)} 的用户权限不足(${reasonOf(own)})。请用数据库的所有者,或授予其 CREATE 权限。`,
    `The user of the database at ${placeOf(url)} has too few rights (${reasonOf(own)}). Use the database's owner, or grant CREATE on it.`,
  );
}

function folder(): string {
  return inRoot("db", "migrations");
}
