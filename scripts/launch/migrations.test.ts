import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { env } from "@/lib/env";
import { StartError } from "@/lib/start-error";

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

test("a database user who may not make tables is told in a sentence", async () => {
  const role = `weak_${randomUUID().slice(0, 8)}`;
  const fresh = `${role}_db`;
  const address = new URL(env().DATABASE_URL);
  await db.execute(sql.raw(`create role ${role} login password 'weak'`));
  await db.execute(sql.raw(`create database ${fresh} template template0`));
  try {
    Object.assign(address, { username: role, password: "weak", pathname: `/${fresh}` });
    const { message } = await refusalOf(String(address));

    expect(message).toContain(`too few rights (permission denied for database ${fresh})`);
  } finally {
    await db.execute(sql.raw(`drop database ${fresh}`));
    await db.execute(sql.raw(`drop role ${role}`));
  }
});

async function refusalOf(url: string): Promise<StartError> {
  const refusal: unknown = await migrate(url).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(refusal).toBeInstanceOf(StartError);
  return refusal as StartError;
}
