import { randomUUID } from "node:crypto";
import { inspect } from "node:util";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { z } from "zod";

import { users } from "@/db/schema";
import { scrub } from "@/lib/scrub";
import { givenPerson } from "@/tests/support/people";

import { asJob } from "./context";
import { Invalid } from "./errors";
import { DatabaseFailure } from "./failure";
import { query } from "./query";
import { verb } from "./verb";

const ctx = asJob("test", new Date());
const canary = () => `canary-${randomUUID()}@people.example`;

const failing = query({
  may: "access.readSession",
  input: z.object({ text: z.string() }),
  run: async ({ db }, { text }) => {
    await db
      .select()
      .from(users)
      .where(sql`${users.email} = ${text} and 1 / ${0}::int = 1`);
  },
});

/** PostgreSQL's own error quotes the row: "Key (email)=(…) already exists." */
const twice = verb({
  may: "access.readSession",
  input: z.object({ email: z.string() }),
  async run({ tx, unchanged }, { email }) {
    unchanged();
    const now = new Date();
    await tx.insert(users).values({ email, name: email, createdAt: now });
  },
});

async function failureOf(run: Promise<unknown>): Promise<unknown> {
  return run.then(
    () => null,
    (error: unknown) => error,
  );
}

/** Everything of an error that any printer could print. */
const all = (error: unknown) => inspect(error, { depth: Infinity, showHidden: true });

test("a query that fails takes none of its parameters along, in no part of its error", async () => {
  const text = canary();
  const error = await failureOf(failing(ctx, { text }));
  expect(error).toBeInstanceOf(DatabaseFailure);
  expect(error).toMatchObject({ code: "22012" });
  expect(all(error)).not.toContain(text);
  expect(all(error)).toContain('from "users"');
});

test("nor does a row that is in the way", async () => {
  const { email } = await givenPerson("在先");
  const error = await failureOf(twice(ctx, { email }));
  expect(error).toMatchObject({ code: "23505", constraint: "users_email_unique" });
  expect(all(error)).not.toContain(email);
});

test("what a printer of errors is handed is scrubbed, whoever threw it", () => {
  const text = canary();
  const drizzle = new Error(`Failed query: select 1\nparams: ${text},secret-word`);
  const lines = scrub(["⨯", drizzle, `for ${encodeURIComponent(text)}`, { at: text }]);
  expect(lines).not.toContain(text.split("@")[0]);
  expect(lines).not.toContain("secret-word");
  expect(lines).toContain("Failed query");
});

test("a NUL that no schema refused is the sender's to mend, in a text and in JSON", async () => {
  await expect(failing(ctx, { text: "x\u0000" })).rejects.toMatchObject({
    messageKey: "errors.field.unstorable",
  });
  const asJson = query({
    may: "access.readSession",
    input: z.object({ text: z.string() }),
    run: ({ db }, { text }) =>
      db.execute(sql`select ${JSON.stringify({ text })}::jsonb ->> 'text'`),
  });
  await expect(asJson(ctx, { text: "x\u0000" })).rejects.toBeInstanceOf(Invalid);
});
