import { expect, test, vi } from "vitest";

import { db } from "@/db/client";
import { sessions } from "@/db/schema";
import { hashSessionToken, newSessionToken } from "@/domain/access/secrets";
import { givenPerson, givenStaff } from "@/tests/support/people";
import { statementsOf } from "@/tests/support/statements";

import { readSessionOf } from "./auth";

const NOW = new Date();
const later = (ms: number) => new Date(NOW.getTime() + ms);

async function givenSession(userId: string, expiresAt: Date): Promise<string> {
  const token = newSessionToken();
  await db
    .insert(sessions)
    .values({ tokenHash: hashSessionToken(token), userId, createdAt: later(-2000), expiresAt });
  return token;
}

test("a signed-in request reads its session once: the person, the roles, the memberships", async () => {
  const { id, name } = await givenStaff("author");
  const token = await givenSession(id, later(60_000));
  const read: unknown[] = [];
  const asked = await statementsOf(async () => read.push(await readSessionOf(token, NOW)));
  expect(read).toMatchObject([{ kind: "person", id, name, staffRoles: ["author"] }]);
  expect(asked).toHaveLength(1);
});

test("a session that ended, and a token of none, are nobody's", async () => {
  const { id } = await givenPerson("某人");
  expect(await readSessionOf(await givenSession(id, later(-1000)), NOW)).toBeNull();
  expect(await readSessionOf(newSessionToken(), NOW)).toBeNull();
});

test("a database that does not answer is an error, never a session that is none", async () => {
  const { id } = await givenPerson("某人");
  const token = await givenSession(id, later(60_000));
  const connect = vi.spyOn(db.$client, "connect").mockImplementation(() => {
    throw new Error("gone");
  });
  const query = vi.spyOn(db.$client, "query").mockImplementation(() => {
    throw new Error("gone");
  });
  try {
    await expect(readSessionOf(token, NOW)).rejects.toThrow();
  } finally {
    connect.mockRestore();
    query.mockRestore();
  }
});
