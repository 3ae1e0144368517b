import fs from "node:fs";
import path from "node:path";

import { drizzle } from "drizzle-orm/node-postgres";
import { migrate as applyMigrations } from "drizzle-orm/node-postgres/migrator";
import { Logger, runMigrations } from "graphile-worker";
import pg from "pg";

import { inRoot } from "@/lib/paths";
import { StartError, systemCode } from "@/lib/start-error";

/** Any number will do as long as nothing else in the database locks it. */
const LOCK = 4_715_208_113;

const silent = new Logger(() => () => undefined);

/**
 * Brings a database to this version's shape: our tables, then graphile-worker's. Processes that
 * start at the same moment take turns; whoever comes second finds nothing to do.
 * @throws StartError when the database can't be reached
 */
export async function migrate(url: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: url, max: 3, connectionTimeoutMillis: 10_000 });
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  try {
    const lock = await connect(pool, url);
    try {
      await lock.query("select pg_advisory_lock($1)", [LOCK]);
      if (fs.existsSync(path.join(folder(), "meta", "_journal.json"))) {
        await applyMigrations(drizzle({ client: pool }), { migrationsFolder: folder() });
      }
      await runMigrations({ pgPool: pool, logger: silent });
    } finally {
      // Ends the session and with it the lock.
      lock.release(true);
    }
  } finally {
    await pool.end();
  }
}

async function connect(pool: pg.Pool, url: string): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    const { host, pathname } = new URL(url);
    const why = systemCode(error) ?? (error instanceof Error ? error.message : String(error));
    throw new StartError(
      `无法连接数据库 ${host}${pathname}(${why})。请检查 DATABASE_URL 以及数据库是否在运行。`,
      `The database at ${host}${pathname} cannot be reached (${why}). Check DATABASE_URL and whether the database is running.`,
    );
  }
}

function folder(): string {
  return inRoot("db", "migrations");
}
