import { sql } from "drizzle-orm";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";

import { env } from "@/lib/env";
import { asOwner } from "@/tests/support/owner";

import { prepareReads } from "./prepared";

let pool: pg.Pool;
// One of its own for each test: what the house's knows by now is of the tests before.
beforeEach(() => {
  const own = new pg.Pool({ connectionString: env().DATABASE_URL, max: 1 });
  own.on("error", () => undefined);
  own.on("connect", (client) => client.on("error", () => undefined));
  pool = prepareReads(own, () => true);
});
afterEach(() => pool.end());

type Row = Record<string, unknown>;
const ask = async (text: string): Promise<Row[]> => (await pool.query<Row>({ text })).rows;
const often = async (text: string): Promise<Row[]> => {
  for (let count = 0; count < 4; count += 1) await ask(text);
  return ask(text);
};

test("what is asked again and again is prepared, and once is not", async () => {
  await often("select 11 as asked");
  await ask("select 12 as asked");
  const kept = await ask("select statement from pg_prepared_statements");
  expect(kept.map(({ statement }) => statement)).toContain("select 11 as asked");
  expect(kept.map(({ statement }) => statement)).not.toContain("select 12 as asked");
});

test("a table that takes another shape meanwhile is read in it", async () => {
  const shape = (text: string) => asOwner((own) => own.execute(sql.raw(text)));
  await shape("create table shaped as select 1 as one");
  await shape("grant select on shaped to public");
  expect(await often("select * from shaped")).toEqual([{ one: 1 }]);
  await shape("alter table shaped add column two text default 'b'");
  expect(await ask("select * from shaped")).toEqual([{ one: 1, two: "b" }]);
  await shape("drop table shaped");
});

test("behind a pool that shares connections it is asked all the same, from then on without a name", async () => {
  expect(await often("select 13 as asked")).toEqual([{ asked: 13 }]);
  await ask("deallocate all");
  expect(await ask("select 13 as asked")).toEqual([{ asked: 13 }]);
  await often("select 14 as asked");
  const kept = await ask("select statement from pg_prepared_statements");
  expect(kept.map(({ statement }) => statement)).not.toContain("select 14 as asked");
});
