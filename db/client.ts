import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";

import { env } from "@/lib/env";
import { log } from "@/lib/log";

declare global {
  var gaozhiPool: pg.Pool | undefined;
}

/** Reads the address when it connects, so that importing this file needs no environment. */
class LateClient extends pg.Client {
  constructor(options?: pg.ClientConfig) {
    super({ ...options, connectionString: env().DATABASE_URL });
  }
}

/** Kept on the global object because Next's development server loads this file again and again. */
const pool = (globalThis.gaozhiPool ??= openPool());

export const db = drizzle({ client: pool, casing: "snake_case" });
export type Db = typeof db;
export type Tx = Parameters<Parameters<Db["transaction"]>[0]>[0];

/** Ends the pool; for the end of a process, because it can't be opened again. */
export async function closeDatabase(): Promise<void> {
  globalThis.gaozhiPool = undefined;
  if (!pool.ended) await pool.end();
}

function openPool(): pg.Pool {
  const opened = new pg.Pool({
    Client: LateClient,
    max: 10,
    connectionTimeoutMillis: 30_000,
    application_name: "gaozhi",
  });
  const note = (error: Error) => {
    log.warn({ code: "code" in error ? error.code : undefined }, "lost a database connection");
  };
  opened.on("error", note);
  // A connection that breaks while it is in use is nobody's unhandled error either.
  opened.on("connect", (client) => client.on("error", note));
  return opened;
}
