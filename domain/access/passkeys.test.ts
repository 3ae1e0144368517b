import { eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { broadcasts, deliveries, factors, securityEvents } from "@/db/schema";
import { env, provide } from "@/lib/env";
import { givenAuthenticator } from "@/tests/support/authenticator";
import { beijing } from "@/tests/support/context";
import { enter, renewal } from "@/tests/support/door";
import { ownDataOf } from "@/tests/support/own-data";
import { givenPerson, givenStaff } from "@/tests/support/people";
import { recordOf } from "@/tests/support/record";

import type { AccessUpdateFacts } from "../broadcasts/facts";
import type { Context, Person } from "../context";
import { askNewPasskey, askPasskey } from "./ask-passkey";
import { readOwnFactors, removeFactor, resetFactors } from "./factors";
import { confirmPasskey, provePasskey } from "./passkeys";

const MORNING = beijing("2026-03-02 09:00");
const MINUTE = 60_000;
const after = (ms: number) => new Date(MORNING.getTime() + ms);
const LATER = after(MINUTE);

type Key = ReturnType<typeof givenAuthenticator>;
type Tamper = Parameters<Key["get"]>[1];

/** Adds a passkey in a session of its own. @returns the session's context */
async function add(person: Person, key: Key, name = "电脑"): Promise<Context> {
  const session = await enter(person, { now: MORNING });
  const ctx = await session();
  if (ctx.standing === "factor") throw new Error("has one already");
  const answer = key.create(await askNewPasskey(ctx, {}));
  expect(await confirmPasskey(ctx, { name, answer, ...renewal() })).toEqual({ ok: true });
  return session();
}

/** Asks in a session, answers by a key, and proves. */
async function prove(ctx: Context, key: Key, tamper: Tamper = {}) {
  const answer = key.get(await askPasskey(ctx, {}), tamper);
  return provePasskey(ctx, { answer, ...renewal() });
}

async function givenPasskey(name = "江") {
  const [person, key] = [await givenPerson(name), givenAuthenticator()];
  const own = await add(person, key);
  const session = await enter(person, { now: LATER });
  return { person, key, own, session, ctx: await session() };
}

const refused = (messageKey: string) => ({ ok: false, messageKey: `access.errors.${messageKey}` });

test("a passkey is added, is on the record, only its public half is kept, and it proves the next session", async () => {
  const { person, key, session, ctx } = await givenPasskey();
  expect(ctx.standing).toBe("factor");
  expect(await prove(ctx, key)).toEqual({ ok: true });
  expect(await session()).toMatchObject({ standing: "open", actor: { factorAt: LATER } });
  expect(await readOwnFactors(await session(), {})).toMatchObject({
    factors: [{ kind: "passkey", name: "电脑", lastUsedAt: LATER }],
  });
  const [row] = await db.select().from(factors).where(eq(factors.userId, person.id));
  expect(row).toMatchObject({ credentialId: key.id, secret: null, transports: ["usb"] });
  expect(await recordOf(person.id)).toEqual(["person.added_factor", "person.proved_factor"]);
  const parts = await ownDataOf(await session());
  expect(parts["factors"]).toMatchObject([{ factorKind: "passkey", name: "电脑" }]);
});

test("what is not as it was asked for adds nothing: another origin, host or challenge, or a key that was not unlocked", async () => {
  const person = await givenPerson("江");
  const session = await enter(person, { now: MORNING });
  const tampers: Tamper[] = [
    { origin: "https://copied.example" },
    { host: "copied.example" },
    { challenge: "bm90LWFza2Vk" },
    { isVerified: false },
  ];
  for (const tamper of tampers) {
    const ctx = await session();
    const answer = givenAuthenticator().create(await askNewPasskey(ctx, {}), tamper);
    expect(await confirmPasskey(ctx, { name: "电脑", answer, ...renewal() })).toMatchObject(
      refused("passkeyRefused"),
    );
  }
  expect((await readOwnFactors(await session(), {})).factors).toEqual([]);
});

test.each<[string, Tamper]>([
  ["of another origin", { origin: "https://copied.example" }],
  ["of another host", { host: "copied.example" }],
  ["to another challenge", { challenge: "bm90LWFza2Vk" }],
  ["of a key that was not unlocked", { isVerified: false }],
  ["in another person's name", { userHandle: "c29tZWJvZHk" }],
])("an answer %s proves nothing, is on the record and counted", async (_, tamper) => {
  const { person, key, session, ctx } = await givenPasskey();
  expect(await prove(ctx, key, tamper)).toMatchObject(refused("passkeyWrong"));
  expect((await session()).standing).toBe("factor");
  expect(await recordOf(person.id)).toContain("person.failed_factor");
  for (let n = 0; n < 4; n++) await prove(ctx, key, tamper);
  expect(await prove(ctx, key)).toMatchObject(refused("factorWait"));
});

test("what is no answer at all proves nothing", async () => {
  const { ctx } = await givenPasskey();
  for (const answer of ["", "{", "null", '{"id":1}', "中".repeat(9000)]) {
    await askPasskey(ctx, {});
    expect(await provePasskey(ctx, { answer, ...renewal() })).toMatchObject({ ok: false });
  }
});

test("an answer is taken once, in the session that was asked, within five minutes", async () => {
  const { person, key, session, ctx } = await givenPasskey();
  const ended = refused("passkeyEnded");
  const answer = key.get(await askPasskey(ctx, {}));
  const other = await (await enter(person, { now: LATER }))();
  expect(await provePasskey(other, { answer, ...renewal() })).toMatchObject(ended);
  await askPasskey(other, {});
  expect(await provePasskey(other, { answer, ...renewal() })).toMatchObject(
    refused("passkeyWrong"),
  );
  const late = { ...ctx, now: after(7 * MINUTE) };
  expect(await provePasskey(late, { answer, ...renewal() })).toMatchObject(ended);
  expect(await provePasskey(ctx, { answer, ...renewal() })).toEqual({ ok: true });
  expect(await provePasskey(await session(), { answer, ...renewal() })).toMatchObject(ended);
});

test("of two browsers that bring one answer at once, one is let in", async () => {
  const { key, ctx } = await givenPasskey();
  const answer = key.get(await askPasskey(ctx, {}));
  const both = [1, 2].map(() => provePasskey(ctx, { answer, ...renewal() }));
  expect((await Promise.all(both)).map(({ ok }) => ok).sort()).toEqual([false, true]);
});

test("another person's passkey proves nothing, and is added by nobody a second time", async () => {
  const { ctx, own } = await givenPasskey("江");
  const other = await givenPasskey("何");
  expect(await prove(ctx, other.key)).toMatchObject(refused("passkeyWrong"));
  const answer = other.key.create(await askNewPasskey(own, {}));
  expect(await confirmPasskey(own, { name: "何的", answer, ...renewal() })).toMatchObject(
    refused("passkeyThere"),
  );
});

test("a key whose count went back is refused, which its owner and the security records are told", async () => {
  const { person, key, session, ctx } = await givenPasskey();
  expect(await prove(ctx, key, { counter: 9 })).toEqual({ ok: true });
  const next = await (await enter(person, { now: after(2 * MINUTE) }))();
  for (const counter of [9, 3, 0])
    expect(await prove(next, key, { counter })).toMatchObject(refused("passkeyCopied"));
  expect(await recordOf(person.id)).toContain("person.refused_passkey");
  const noted = await db.select().from(securityEvents).where(eq(securityEvents.userId, person.id));
  expect(noted.filter(({ kind }) => kind === "passkey_copied")).toHaveLength(3);
  const told = await db
    .select({ facts: broadcasts.facts })
    .from(deliveries)
    .innerJoin(broadcasts, eq(broadcasts.id, deliveries.broadcastId))
    .where(eq(deliveries.userId, person.id));
  const events = told.map(({ facts }) => (facts as AccessUpdateFacts).event);
  expect(events).toContain("passkey_copied");
  expect((await session()).standing).toBe("open");
  expect(await prove(next, key, { counter: 10 })).toEqual({ ok: true });
});

test("a key that never counts is taken each time", async () => {
  const { key, ctx } = await givenPasskey();
  await db.update(factors).set({ signCount: 0 }).where(eq(factors.credentialId, key.id));
  expect(await prove(ctx, key, { counter: 0 })).toEqual({ ok: true });
  expect(await prove(ctx, key, { counter: 0 })).toEqual({ ok: true });
});

test("several are kept, those there are left out of the question, and one removed proves nothing more", async () => {
  const { person, key, own } = await givenPasskey();
  const second = givenAuthenticator();
  const question = await askNewPasskey(own, {});
  expect("create" in question && question.create.excludeCredentials).toMatchObject([
    { id: key.id },
  ]);
  const answer = second.create(question);
  await confirmPasskey(own, { name: "手机", answer, ...renewal() });
  const session = await enter(person, { now: LATER });
  const ctx = await session();
  expect(await prove(ctx, second)).toEqual({ ok: true });
  const { factors: all } = await readOwnFactors(ctx, {});
  expect(all.map(({ name }) => name)).toEqual(["电脑", "手机"]);
  await removeFactor(await session(), { factorId: all[0]!.id });
  expect(await prove(ctx, key)).toMatchObject(refused("passkeyWrong"));
});

test("a passkey is added only by who has proven a factor, or just signed in, within a quarter of an hour", async () => {
  const { ctx, own } = await givenPasskey();
  await expect(askNewPasskey(ctx, {})).rejects.toMatchObject({ messageKey: "errors.notAllowed" });
  const stale = { ...own, now: after(16 * MINUTE) };
  const refusal = { messageKey: "access.errors.staleFactor" };
  await expect(askNewPasskey(stale, {})).rejects.toMatchObject(refusal);
  const given = { name: "电脑", answer: "{}", ...renewal() };
  await expect(confirmPasskey(stale, given)).rejects.toMatchObject(refusal);
});

test("staff who must have a factor have one by a passkey; an administrator resets it with the others", async () => {
  const before = env().STAFF_FACTOR;
  provide({ STAFF_FACTOR: "required" });
  try {
    const staff = await givenStaff("approver");
    expect((await (await enter(staff, { now: MORNING }))()).standing).toBe("enrol");
    const ctx = await add(staff, givenAuthenticator());
    expect(ctx).toMatchObject({ standing: "open", actor: { staffRoles: ["approver"] } });
    const admin = { actor: await givenStaff("admin"), now: MORNING };
    await resetFactors(admin, { email: staff.email, reason: "电脑丢失，已当面确认" });
    const rows = await db.select().from(factors).where(eq(factors.userId, staff.id));
    expect(rows).toEqual([]);
  } finally {
    provide({ STAFF_FACTOR: before });
  }
});
