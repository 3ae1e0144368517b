import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { broadcasts, deliveries, factors, recoveryCodes, sessions } from "@/db/schema";
import { env, provide } from "@/lib/env";
import { beijing } from "@/tests/support/context";
import { enter as enterAt, givenVisitor, renewal } from "@/tests/support/door";
import { givenPerson, givenStaff } from "@/tests/support/people";
import { recordOf } from "@/tests/support/record";

import type { AccessUpdateFacts } from "../broadcasts/facts";
import { ANONYMOUS, asJob, type Context, type Person } from "../context";
import { appCode } from "./factor-secrets";
import { makeRecoveryCodes, readOwnFactors, removeFactor, resetFactors, startApp } from "./factors";
import { provenAtProvider } from "./oidc";
import { confirmApp, proveFactor, proveInDemo } from "./prove-factor";
import { hashSessionToken, newSessionToken } from "./secrets";
import { readSession } from "./session";
import { signInAsDemoPerson } from "./sign-in-as";

const MORNING = beijing("2026-03-02 09:00");
const MINUTE = 60_000;
const after = (ms: number) => new Date(MORNING.getTime() + ms);

const enter = (person: Person, now: Date = MORNING) => enterAt(person, { now });

const secretOf = async ({ id }: Person): Promise<Buffer> =>
  (await db.select().from(factors).where(eq(factors.userId, id)))[0]!.secret!;
const codeOf = async (person: Person, now: Date) => appCode(await secretOf(person), now);

/** Adds an app in a session of its own. */
async function givenApp(person: Person, now: Date = MORNING): Promise<Context> {
  const session = await enter(person, now);
  await startApp(await session(), {});
  const code = await codeOf(person, now);
  expect(await confirmApp(await session(), { name: "手机", code, ...renewal() })).toEqual({
    ok: true,
  });
  return session();
}

const withRule = async (rule: "required" | "provider" | "offered", act: () => Promise<void>) => {
  const before = env().STAFF_FACTOR;
  provide({ STAFF_FACTOR: rule });
  await act().finally(() => provide({ STAFF_FACTOR: before }));
};

test("an app is added by the first code it shows, is on the record, and its key is sealed", async () => {
  const person = await givenPerson("江");
  const session = await enter(person);
  expect((await readOwnFactors(await session(), {})).start).toBeUndefined();
  await startApp(await session(), {});
  const { start, factors: none } = await readOwnFactors(await session(), {});
  expect(none).toEqual([]);
  expect(start?.address).toContain(`secret=${start?.key}`);
  expect((await secretOf(person)).toString("latin1")).not.toContain(start?.key);

  const wrong = await confirmApp(await session(), { name: "手机", code: "000", ...renewal() });
  expect(wrong).toMatchObject({ ok: false, messageKey: "access.errors.wrongFactor" });
  const code = await codeOf(person, MORNING);
  expect(await confirmApp(await session(), { name: "手机", code, ...renewal() })).toEqual({
    ok: true,
  });
  expect(await readOwnFactors(await session(), {})).toMatchObject({
    factors: [{ kind: "app", name: "手机" }],
    start: undefined,
  });
  expect(await session()).toMatchObject({ standing: "open", actor: { factorAt: MORNING } });
  expect(await recordOf(person.id)).toEqual([
    "person.started_factor",
    "person.failed_factor",
    "person.added_factor",
  ]);
});

test("a key that was not confirmed within a quarter of an hour can be confirmed no more", async () => {
  const person = await givenPerson("江");
  const session = await enter(person);
  await startApp(await session(), {});
  const late = after(15 * MINUTE);
  const code = await codeOf(person, late);
  expect(await confirmApp(await session(late), { name: "手机", code, ...renewal() })).toMatchObject(
    {
      messageKey: "access.errors.startEnded",
    },
  );
});

test("a new session of who has a factor opens nothing before it is proven, another browser's too", async () => {
  const person = await givenPerson("江");
  const before = await enter(person);
  await givenApp(person);
  expect(await before()).toMatchObject({ standing: "factor" });
  const session = await enter(person, after(MINUTE));
  expect(await session()).toMatchObject({ standing: "factor" });
  const code = await codeOf(person, after(MINUTE));
  expect(
    await proveFactor(await session(), {
      code: ` ${code.slice(0, 3)} ${code.slice(3)}`,
      ...renewal(),
    }),
  ).toEqual({ ok: true });
  expect(await session()).toMatchObject({ standing: "open", actor: { factorAt: after(MINUTE) } });
  expect(await before()).toMatchObject({ standing: "factor" });
});

test("a session that has not proven the factor changes none of the factors", async () => {
  const person = await givenPerson("江");
  const { actor } = await givenApp(person);
  const session = await enter(person, after(MINUTE));
  const ctx = await session();
  const [own] = (await readOwnFactors({ actor, now: MORNING }, {})).factors;
  const refusal = { messageKey: "errors.notAllowed" };
  await expect(startApp(ctx, {})).rejects.toMatchObject(refusal);
  await expect(makeRecoveryCodes(ctx, {})).rejects.toMatchObject(refusal);
  await expect(removeFactor(ctx, { factorId: own!.id })).rejects.toMatchObject(refusal);
});

test("a session has a new token from the proof on, and the one before opens nothing", async () => {
  const person = await givenPerson("江");
  await givenApp(person);
  const session = await enter(person, after(MINUTE));
  const ctx = await session();
  const tokenOf = async () => {
    const [row] = await db.select().from(sessions).where(eq(sessions.id, ctx.actor.sessionId));
    return row!.tokenHash;
  };
  const before = await tokenOf();
  await proveFactor(ctx, { code: "0000", ...renewal() });
  expect(await tokenOf()).toBe(before);
  const next = renewal();
  await proveFactor(ctx, { code: await codeOf(person, after(MINUTE)), ...next });
  expect(await tokenOf()).toBe(next.tokenHash);
  const old = { tokenHash: before };
  expect(await readSession(asJob("session", after(MINUTE)), old)).toBeNull();
});

test("a code is taken once, by however many browsers at once, and none before it", async () => {
  const person = await givenPerson("江");
  await givenApp(person);
  const now = after(MINUTE);
  const one = await (await enter(person, now))();
  const other = await (await enter(person, now))();
  const code = await codeOf(person, now);
  const results = await Promise.all([
    proveFactor(one, { code, ...renewal() }),
    proveFactor(other, { code, ...renewal() }),
  ]);
  expect(results.map(({ ok }) => ok).sort()).toEqual([false, true]);
  const earlier = await codeOf(person, after(MINUTE / 2));
  expect(await proveFactor(other, { code: earlier, ...renewal() })).toMatchObject({ ok: false });
});

test("a clock half a minute off is right, two minutes off is wrong", async () => {
  const person = await givenPerson("江");
  await givenApp(person);
  const now = after(10 * MINUTE);
  const ctx = await (await enter(person, now))();
  const early = await codeOf(person, new Date(now.getTime() - 2 * MINUTE));
  expect(await proveFactor(ctx, { code: early, ...renewal() })).toMatchObject({ ok: false });
  const slow = await codeOf(person, new Date(now.getTime() - MINUTE / 2));
  expect(await proveFactor(ctx, { code: slow, ...renewal() })).toEqual({ ok: true });
});

test("another person's code and recovery code prove nothing", async () => {
  const [person, other] = [await givenPerson("江"), await givenPerson("何")];
  await givenApp(person);
  const theirs = await makeRecoveryCodes(await givenApp(other), {});
  const ctx = await (await enter(person, after(MINUTE)))();
  const code = await codeOf(other, after(MINUTE));
  expect(await proveFactor(ctx, { code, ...renewal() })).toMatchObject({ ok: false });
  expect(await proveFactor(ctx, { code: theirs[0]!, ...renewal() })).toMatchObject({ ok: false });
});

test("wrong codes make the person wait longer and longer; then the right one is taken, and they are forgotten", async () => {
  const person = await givenPerson("江");
  await givenApp(person);
  const session = await enter(person, after(MINUTE));
  const tries = [];
  for (let n = 0; n < 5; n++)
    tries.push(await proveFactor(await session(), { code: "00 00", ...renewal() }));
  expect(tries.map((one) => !one.ok && one.values.left)).toEqual([4, 3, 2, 1, undefined]);
  expect(await proveFactor(await session(), { code: "", ...renewal() })).toMatchObject({
    messageKey: "errors.field.required",
  });
  const code = await codeOf(person, after(MINUTE));
  expect(await proveFactor(await session(), { code, ...renewal() })).toMatchObject({
    messageKey: "access.errors.factorWait",
    values: { minutes: 1 },
  });
  const later = after(2 * MINUTE);
  await proveFactor(await session(later), { code: "0000", ...renewal() });
  expect(await proveFactor(await session(later), { code: "0000", ...renewal() })).toMatchObject({
    values: { minutes: 2 },
  });
  const right = await codeOf(person, after(4 * MINUTE));
  expect(
    await proveFactor(await session(after(4 * MINUTE)), { code: right, ...renewal() }),
  ).toEqual({
    ok: true,
  });
  expect(
    await proveFactor(await session(after(4 * MINUTE)), { code: "0000", ...renewal() }),
  ).toMatchObject({
    values: { left: 4 },
  });
});

test("ten recovery codes are told once, stored by their hash, and each opens once", async () => {
  const person = await givenPerson("江");
  const ctx = await givenApp(person);
  const old = await makeRecoveryCodes(ctx, {});
  const codes = await makeRecoveryCodes(ctx, {});
  expect(new Set([...old, ...codes]).size).toBe(20);
  const rows = await db.select().from(recoveryCodes).where(eq(recoveryCodes.userId, person.id));
  expect(rows).toHaveLength(10);
  expect(JSON.stringify(rows)).not.toContain(codes[0]);

  const session = await (await enter(person, after(MINUTE)))();
  expect(await proveFactor(session, { code: old[0]!, ...renewal() })).toMatchObject({ ok: false });
  const typed = codes[0]!.toLowerCase().replaceAll("-", " ");
  expect(await proveFactor(session, { code: typed, ...renewal() })).toEqual({
    ok: true,
    codesLeft: 9,
  });
  expect(await proveFactor(session, { code: codes[0]!, ...renewal() })).toMatchObject({
    ok: false,
  });
  expect((await readOwnFactors(session, {})).codesLeft).toBe(9);
});

test("factors are changed only by who has proven one within a quarter of an hour", async () => {
  const person = await givenPerson("江");
  const { actor } = await givenApp(person);
  const stale = { actor, now: after(16 * MINUTE) };
  const refusal = { messageKey: "access.errors.staleFactor" };
  await expect(startApp(stale, {})).rejects.toMatchObject(refusal);
  await expect(
    confirmApp(stale, { name: "手机", code: "123456", ...renewal() }),
  ).rejects.toMatchObject(refusal);
  await expect(makeRecoveryCodes(stale, {})).rejects.toMatchObject(refusal);
});

test("with the last factor its recovery codes go; another person's is not found", async () => {
  const person = await givenPerson("江");
  const ctx = await givenApp(person);
  await makeRecoveryCodes(ctx, {});
  const [own] = (await readOwnFactors(ctx, {})).factors;
  const other = await givenApp(await givenPerson("何"));
  await expect(removeFactor(other, { factorId: own!.id })).rejects.toMatchObject({
    code: "not_found",
  });
  await removeFactor(ctx, { factorId: own!.id });
  expect(await readOwnFactors(ctx, {})).toMatchObject({ factors: [], codesLeft: 0 });
});

test("staff who must have a factor have no rights of staff before, and keep their last one", () =>
  withRule("required", async () => {
    const staff = await givenStaff("approver");
    const session = await enter(staff);
    expect(await session()).toMatchObject({ standing: "enrol", actor: { staffRoles: [] } });
    const ctx = await givenApp(staff);
    expect(ctx).toMatchObject({ standing: "open", actor: { staffRoles: ["approver"] } });
    const [own] = (await readOwnFactors(ctx, {})).factors;
    await expect(removeFactor(ctx, { factorId: own!.id })).rejects.toMatchObject({
      messageKey: "access.errors.lastFactor",
    });
  }));

test("the identity provider stands for the factor where a setting and its token say so, and nowhere else", async () => {
  const staff = await givenStaff("approver");
  const claims = { amr: ["pwd", "otp", "mfa"], auth_time: MORNING.getTime() / 1000 - 60 };
  const enterBy = async (told: object | null) => {
    const provenAt = told && provenAtProvider(told, MORNING);
    return (await enterAt(staff, { now: MORNING, by: told ? "oidc" : "mail", provenAt }))();
  };
  await withRule("provider", async () => {
    const { standing, actor } = await enterBy(claims);
    expect([standing, actor.factorAt]).toEqual(["open", after(-MINUTE)]);
    expect((await enterBy({ ...claims, amr: ["pwd"] })).standing).toBe("enrol");
    expect((await enterBy(null)).standing).toBe("enrol");
  });
  await withRule("required", async () => expect((await enterBy(claims)).standing).toBe("enrol"));
  await withRule("offered", async () => expect((await enterBy(null)).standing).toBe("open"));
});

test("a provider's token proves a factor by its time and its method or class, and by nothing else", () =>
  withRule("provider", async () => {
    const seconds = MORNING.getTime() / 1000;
    const isProof = (claims: object) => provenAtProvider(claims, MORNING) !== null;
    const mfa = ["mfa"];
    expect(isProof({ amr: mfa, auth_time: seconds - 15 * 60 })).toBe(true);
    expect(isProof({ amr: mfa, auth_time: seconds - 17 * 60 })).toBe(false);
    expect(isProof({ amr: mfa, auth_time: seconds + 30 })).toBe(true);
    expect(isProof({ amr: mfa, auth_time: seconds + 120 })).toBe(false);
    for (const at of [undefined, null, String(seconds), Number.NaN, {}])
      expect(isProof({ amr: mfa, auth_time: at })).toBe(false);
    for (const amr of [undefined, "mfa", ["pwd", "otp"], [["mfa"]], { mfa: true }])
      expect(isProof({ amr, acr: "gold", auth_time: seconds })).toBe(false);
    provide({ OIDC_ACR: "gold  urn:x:mfa" });
    expect(isProof({ acr: "gold", auth_time: seconds })).toBe(true);
    expect(isProof({ acr: "urn:x:mfa", auth_time: seconds })).toBe(true);
    for (const acr of [undefined, "silver", "", ["gold"], "GOLD"])
      expect(isProof({ amr: mfa, acr, auth_time: seconds })).toBe(false);
    provide({ OIDC_ACR: "" });
  }));

test("the demo's door counts as a factor just proven, and confirms with one click; production has neither", () =>
  withRule("required", async () => {
    const staff = await givenStaff("approver");
    const tokenHash = hashSessionToken(newSessionToken());
    const opening = { userId: staff.id, tokenHash, visitor: givenVisitor() };
    await signInAsDemoPerson({ actor: ANONYMOUS, now: MORNING }, opening);
    const actor = await readSession(asJob("session", MORNING), { tokenHash });
    expect(actor).toMatchObject({ standing: "open", factorAt: MORNING });
    await proveInDemo({ actor: actor!, now: after(MINUTE) }, renewal());
    const [row] = await db.select().from(sessions).where(eq(sessions.userId, staff.id));
    expect(row?.factorAt).toEqual(after(MINUTE));

    provide({ GAOZHI_MODE: "production" });
    const production = { actor: actor!, now: MORNING };
    await Promise.all([
      expect(proveInDemo(production, renewal())).rejects.toMatchObject({ code: "not_found" }),
      expect(signInAsDemoPerson({ actor: ANONYMOUS, now: MORNING }, opening)).rejects.toMatchObject(
        { code: "not_found" },
      ),
    ]).finally(() => provide({ GAOZHI_MODE: "test" }));
  }));

test("the owner is told by message and mail when a factor is added, used up, made anew, removed or reset", async () => {
  const person = await givenPerson("江");
  const ctx = await givenApp(person);
  const codes = await makeRecoveryCodes(ctx, {});
  await proveFactor(ctx, { code: codes![0]!, ...renewal() });
  const [own] = (await readOwnFactors(ctx, {})).factors;
  await removeFactor(ctx, { factorId: own!.id });
  await givenApp(person, after(20 * MINUTE));
  const reset = { email: person.email, reason: "手机丢失，已当面确认" };
  await resetFactors({ actor: await givenStaff("admin"), now: after(20 * MINUTE) }, reset);

  const told = await db
    .select({ facts: broadcasts.facts, channel: deliveries.channel })
    .from(deliveries)
    .innerJoin(broadcasts, eq(broadcasts.id, deliveries.broadcastId))
    .where(and(eq(deliveries.userId, person.id), eq(broadcasts.kind, "access_update")));
  const said = told.map(({ facts, channel }) => `${(facts as AccessUpdateFacts).event} ${channel}`);
  const events = [
    ...["factor_added", "recovery_codes_made", "recovery_code_used"],
    ...["factor_removed", "factor_added", "factors_reset"],
  ];
  expect(said.toSorted()).toEqual(
    events.flatMap((event) => [`${event} email`, `${event} inbox`]).toSorted(),
  );
});

test("an administrator resets another's factors with a reason, which ends their sessions; never their own", async () => {
  const admin = await givenStaff("admin");
  const person = await givenPerson("江");
  const session = await enter(person);
  await givenApp(person);
  const ctx = { actor: admin, now: MORNING };
  const reset = { email: person.email, reason: "手机丢失，已当面确认" };
  await expect(resetFactors({ actor: person, now: MORNING }, reset)).rejects.toMatchObject({
    code: "not_allowed",
  });
  await expect(resetFactors(ctx, { ...reset, email: admin.email })).rejects.toMatchObject({
    messageKey: "access.errors.ownReset",
  });
  await resetFactors(ctx, reset);
  await expect(session()).rejects.toThrow("no session");
  expect(await (await enter(person))()).toMatchObject({ standing: "open" });
  expect(await recordOf(person.id)).toContain("person.reset_factors");
  await expect(resetFactors(ctx, reset)).rejects.toMatchObject({ code: "invalid" });
});
