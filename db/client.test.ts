import { sql } from "drizzle-orm";
import { expect, test } from "vitest";

import { db, hasJustLostConnection } from "./client";

test("a statement that fails by its connection leaves a mark, one that fails by itself does not", async () => {
  await expect(db.execute(sql`select 1 / 0`)).rejects.toThrow();
  expect(hasJustLostConnection()).toBe(false);
  await expect(db.execute(sql`select pg_terminate_backend(pg_backend_pid())`)).rejects.toThrow();
  expect(hasJustLostConnection()).toBe(true);
});
