import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { inject } from "vitest";

import type { Db } from "@/db/client";
import { env } from "@/lib/env";

import { onDatabaseOf } from "./template";

/**
 * Works in this test file's database as its owner, to whom no right is wanting: for what the portal's
 * own role is not even allowed to try, such as what only a trigger refuses.
 */
export async function asOwner<Result>(act: (db: Db) => Promise<Result>): Promise<Result> {
  const url = onDatabaseOf(env().DATABASE_URL, inject("templateUrl"));
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  // Ending does not wait for PostgreSQL: the next test may drop the database under a connection that is going.
  pool.on("connect", (client) => client.on("error", () => undefined));
  try {
    return await act(drizzle({ client: pool, casing: "snake_case" }));
  } finally {
    await pool.end();
  }
}
