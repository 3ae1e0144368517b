import { sql } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import { expect, test } from "vitest";

import { users } from "./schema";
import { written } from "./written";

const dialect = new PgDialect({ casing: "snake_case" });

const nested = sql`select ${"a"} where ${null} is null and ${sql.raw("true")}`;
const simple = sql`select * from (${nested}) x, (${nested}) y where z = any(${sql.param([1, 2])}::int[])
  and ${true} and ${undefined} and n = ${3n} ${sql``} ${sql.join([sql`or ${1}`, sql`or ${2}`], sql` `)}`;
const others = [
  sql`select ${users.wantsAnnouncementMails} from ${users}`,
  sql`select ${sql.identifier("name")} in ${["a", "b"]}`,
  sql`select ${new Date(0)}`,
  sql`select (${sql`${users.id}`})`,
  sql`select ${sql`${1}`.as("one")}`,
  sql`select ${sql`${"a"}`.inlineParams()}`,
];

test("what is written in one pass is to the letter what Drizzle writes, its values in the same order", () => {
  for (const statement of [simple, ...others])
    expect(dialect.sqlToQuery(written(statement))).toMatchObject(
      (({ sql, params }) => ({ sql, params }))(dialect.sqlToQuery(statement)),
    );
});

test("only what holds text, values and other such statements is written here", () => {
  expect(written(simple)).not.toBe(simple);
  for (const statement of others) expect(written(statement)).toBe(statement);
});
