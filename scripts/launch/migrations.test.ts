import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { expect, inject, test } from "vitest";

import { env } from "@/lib/env";
import { StartError } from "@/lib/start-error";
import { asOwner } from "@/tests/support/owner";
import { onDatabaseOf } from "@/tests/support/template";

import { migrate } from "./migrations";

test("a database of this version's shape is left as it is", async () => {
  await migrate(env().DATABASE_URL);
});

test.each([
  [
    "where nothing listens",
    { port: "1" },
    /127\.0\.0\.1:1\/\S+ cannot be reached \(ECONNREFUSED\)/,
  ],
  ["with a wrong password", { password: "wrong" }, /\(password authentication failed for user/],
  ["that does not exist", { pathname: "/nowhere" }, /\(database "nowhere" does not exist\)/],
])("a database %s is told in a sentence without its password", async (_what, changes, words) => {
  const { message } = await refusalOf(String(Object.assign(new URL(env().DATABASE_URL), changes)));

  expect(message).toMatch(words);
  expect(message).not.toContain(new URL(env().DATABASE_URL).password);
});

test("an address that is none is told in a sentence without its password", async () => {
  const { message } = await refusalOf("postgresql://ana:se/cret@127.0.0.1:5432/gaozhi");

  expect(message).toContain("percent-encoded");
  expect(message).not.toContain("cret");
});

test("a role that may not make tables is told who may, where the shape is not this version's", async () => {
  const fresh = `fresh_${randomUUID().slice(0, 8)}`;
  const address = String(Object.assign(new URL(env().DATABASE_URL), { pathname: `/${fresh}` }));
  await asOwner((own) => own.execute(sql.raw(`create database ${fresh} template template0`)));
  try {
    const { message } = await refusalOf(address);

    expect(message).toContain("Run npm run db:migrate with DATABASE_OWNER_URL first");
  } finally {
    await asOwner((own) => own.execute(sql.raw(`drop database ${fresh}`)));
  }
});

test("an owner is told of a role that does not exist, and a role that is the owner is granted nothing", async () => {
  const owner = onDatabaseOf(env().DATABASE_URL, inject("templateUrl"));
  const nobody = String(Object.assign(new URL(owner), { username: "nobody_here" }));
  await expect(migrate(owner, nobody)).rejects.toThrow("has no role nobody_here");
  await migrate(owner, owner);
});

async function refusalOf(url: string): Promise<StartError> {
  const refusal: unknown = await migrate(url).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(refusal).toBeInstanceOf(StartError);
  return refusal as StartError;
}
