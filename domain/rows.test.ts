import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { z } from "zod";

import { db } from "@/db/client";

import { changeRows, countColumn, momentColumn, readOneRow, readRow, readRows } from "./rows";

const at = z.object({ at: momentColumn });
const one = z.object({ n: countColumn });

test.each([
  ["UTC", "2026-03-02T01:30:00.123456Z", "2026-03-02T01:30:00.123Z"],
  ["Asia/Shanghai", "2026-03-02T01:30:00.12Z", "2026-03-02T01:30:00.120Z"],
  ["Asia/Kolkata", "2026-03-02T01:30:00Z", "2026-03-02T01:30:00.000Z"],
  ["America/St_Johns", "2026-07-02T01:30:00.5Z", "2026-07-02T01:30:00.500Z"],
])("a moment is the same whatever the clock of the session: %s", async (zone, told, moment) => {
  const row = await db.transaction(async (tx) => {
    await tx.execute(sql`select set_config('timezone', ${zone}, true)`);
    return readOneRow(tx, at)`select ${told}::timestamptz as at`;
  });
  expect(row.at.toISOString()).toBe(moment);
});

test("what is no moment of ours is refused, and so is a column that is missing or empty", async () => {
  for (const column of [
    "'infinity'::timestamptz",
    "'0044-03-15 BC'::timestamptz",
    "'soon'",
    "null",
  ])
    await expect(readRows(db, at)`select ${sql.raw(column)} as at`).rejects.toThrow("at: ");
  await expect(readRows(db, at)`select now() as "At"`).rejects.toThrow("at: ");
  const empty = z.object({ at: momentColumn.nullable() });
  expect(await readRow(db, empty)`select null::timestamptz as at`).toEqual({ at: null });
});

test("a count is a number, whether PostgreSQL counts in int or in bigint", async () => {
  expect(await readRow(db, one)`select count(*) as n from generate_series(1, 7)`).toEqual({
    n: 7,
  });
  expect(await readRow(db, one)`select 7 as n`).toEqual({ n: 7 });
  for (const column of ["-1", "1.5", "'9007199254740993'::bigint", "''", "null::int"])
    await expect(readRow(db, one)`select ${sql.raw(column)} as n`).rejects.toThrow("n: ");
});

test("a row that does not fit says which column, and nothing of what stands in it", async () => {
  const status = z.object({ status: z.enum(["open", "closed"]) });
  const refused = readRows(db, status)`select 'someone@example.com' as status`;
  await expect(refused).rejects.toThrow("status: ");
  await expect(refused).rejects.not.toThrow("someone");
});

test("without a row there is null, no row of its own, or an error where there must be one", async () => {
  const none = sql`select 1 as n where false`;
  expect(await readRow(db, one)`${none}`).toBeNull();
  expect(await readRows(db, one)`${none}`).toEqual([]);
  await expect(readOneRow(db, one)`${none}`).rejects.toThrow("gave none");
});

test("a change tells how many rows it changed", async () => {
  await db.transaction(async (tx) => {
    await tx.execute(sql`create temporary table t (n int) on commit drop`);
    expect(await changeRows(tx)`insert into t select generate_series(1, 3)`).toBe(3);
    expect(await changeRows(tx)`delete from t where n > 5`).toBe(0);
  });
});
