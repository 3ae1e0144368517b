import { and, count, eq, inArray, isNull, lt, sql } from "drizzle-orm";
import { alias, PgDialect } from "drizzle-orm/pg-core";
import { expect, test, vi } from "vitest";

import { db } from "./client";
import { OnePassDialect } from "./dialect";
import { accounts, members, users } from "./schema";

const [drizzles, ours] = [PgDialect, OnePassDialect].map(
  (Dialect) => new Dialect({ casing: "snake_case" }),
) as [PgDialect, OnePassDialect];

const nested = sql`select ${"a"} where ${null} is null and ${sql.raw("true")}`;
const writers = alias(users, "writers");
const AT = new Date("2026-03-02T02:00:00Z");

const COMMON = {
  "texts and values": sql`select * from (${nested}) x, (${nested}) y where z = any(${sql.param([1, 2])}::int[])
    and ${true} and ${undefined} and n = ${3n} ${sql``} ${sql.join([sql`or ${1}`, sql`or ${2}`], sql` `)}`,
  "columns and tables": sql`select ${users.wantsAnnouncementMails}, ${writers.createdAt} from ${users}
    join ${writers} on ${and(eq(users.id, writers.id), isNull(users.erasedAt), eq(users.createdAt, AT))}`,
  "names and lists": sql`select ${sql.identifier('odd"name')} in ${["a", "b"]} ${sql`${1}`.as("one")}`,
  "a built selection": db
    .select({ id: users.id, n: count(), name: sql`lower(${users.name})`.as("name") })
    .from(users)
    .innerJoin(members, eq(members.userId, users.id))
    .leftJoin(writers, eq(writers.id, members.userId))
    .where(and(inArray(users.email, ["a@x.example", "b@x.example"]), lt(users.createdAt, AT)))
    .groupBy(users.id)
    .limit(3)
    .getSQL(),
  "an insertion": db
    .insert(accounts)
    .values([{ name: "一", uin: "1", createdAt: AT } as typeof accounts.$inferInsert])
    .onConflictDoNothing()
    .returning({ id: accounts.id })
    .getSQL(),
  "a change": db
    .update(users)
    .set({ erasedAt: null, name: "甲" })
    .where(eq(users.id, "x"))
    .getSQL(),
  "a deletion": db.delete(members).where(eq(members.userId, "x")).returning().getSQL(),
};

const RARE = {
  "values inlined": sql`select ${sql`${"a"}`.inlineParams()}`,
  "a value that is a statement": sql`select ${sql.param(1, { mapToDriverValue: () => nested })}`,
  "a placeholder": sql`select ${sql.placeholder("a")}, ${sql.param(sql.placeholder("b"))}`,
  "a selection in another": sql`select * from ${db.select().from(users).as("u")}`,
};

test.each(Object.entries({ ...COMMON, ...RARE }))(
  "%s: to the letter what Drizzle writes, the values in the same order",
  (_, statement) => {
    // Twice: a column's name is remembered.
    for (const query of [ours.sqlToQuery(statement), ours.sqlToQuery(statement)]) {
      const { sql: text, params } = drizzles.sqlToQuery(statement);
      expect(query).toMatchObject({ sql: text, params });
    }
  },
);

test("what is common is not left to Drizzle", () => {
  for (const statement of Object.values(COMMON)) ours.sqlToQuery(statement);
  const left = vi.spyOn(PgDialect.prototype, "sqlToQuery");
  for (const statement of Object.values(COMMON)) ours.sqlToQuery(statement);
  expect(left).not.toHaveBeenCalled();
  for (const statement of Object.values(RARE)) ours.sqlToQuery(statement);
  expect(left).toHaveBeenCalled();
  left.mockRestore();
});
