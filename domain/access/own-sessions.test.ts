import { eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { members, sessions, staffRoles } from "@/db/schema";
import type { StaffRole } from "@/db/vocabulary/access";
import { beijing } from "@/tests/support/context";
import { givenVisitor } from "@/tests/support/door";
import { givenAccount, givenMember, givenPerson, givenStaff } from "@/tests/support/people";
import { recordOf } from "@/tests/support/record";

import { ANONYMOUS, asJob, type Context, type Person } from "../context";
import { endSessionsOf } from "./end-sessions-of";
import { isSeenDue, markSeen } from "./mark-seen";
import { endOwnSessions, listOwnSessions } from "./own-sessions";
import { hashSessionToken, newSessionToken } from "./secrets";
import { readSession, signOut } from "./session";
import { signInAsDemoPerson } from "./sign-in-as";

const MORNING = beijing("2026-03-02 09:00");
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const after = (ms: number) => new Date(MORNING.getTime() + ms);

type Traits = { at?: Date; replaces?: string; network?: string };

/** Signs in. @returns the hash of the session's token */
async function enter({ id }: Person, { at = MORNING, replaces, network }: Traits = {}) {
  const tokenHash = hashSessionToken(newSessionToken());
  const visitor = givenVisitor(network);
  await signInAsDemoPerson(
    { actor: ANONYMOUS, now: at },
    { userId: id, tokenHash, visitor, replaces },
  );
  return tokenHash;
}

const read = (tokenHash: string, now: Date = MORNING) =>
  readSession(asJob("session", now), { tokenHash });

/** The person as their session acts at a moment. */
async function acting(tokenHash: string, now: Date = MORNING): Promise<Context> {
  const actor = await read(tokenHash, now);
  if (!actor) throw new Error("the session has ended");
  return { actor, now };
}

async function use(tokenHash: string, now: Date): Promise<boolean> {
  const person = await read(tokenHash, now);
  if (!person) return false;
  if (isSeenDue(person, now))
    await markSeen(asJob("session", now), { sessionId: person.sessionId, network: "198.51.100.7" });
  return true;
}

const grant = (userId: string, role: StaffRole) =>
  db.insert(staffRoles).values({ userId, role, grantedAt: MORNING });

test("a person sees where they are signed in, by browser and network, and nobody else's sessions", async () => {
  const person = await givenPerson("许明衡");
  const here = await enter(person, { network: "203.0.113.7" });
  await enter(person, { at: after(MINUTE), network: "2001:db8:0:1::/64" });
  await enter(await givenPerson("别人"));
  const list = await listOwnSessions(await acting(here, after(2 * MINUTE)), {});
  expect(list).toMatchObject([
    { network: "203.0.113.7", device: "Chrome · Windows", isThis: true, firstSeenAt: MORNING },
    { network: "2001:db8:0:1::/64", isThis: false, lastSeenAt: after(MINUTE) },
  ]);
});

test("only who has just proven that it is them ends other sessions; to leave everywhere nobody needs to", async () => {
  const person = await givenPerson("许明衡");
  const [here, elsewhere] = [await enter(person), await enter(person)];
  const [other] = (await listOwnSessions(await acting(here), {})).filter(({ isThis }) => !isThis);
  const stale = await acting(here, after(16 * MINUTE));
  const refusal = { messageKey: "access.errors.staleFactor" };
  await expect(endOwnSessions(stale, { which: "others" })).rejects.toMatchObject(refusal);
  const one = { which: { sessionId: other!.id } };
  await expect(endOwnSessions(stale, one)).rejects.toMatchObject(refusal);
  expect(await read(elsewhere)).not.toBeNull();
  await endOwnSessions(stale, { which: "all" });
  expect([await read(here), await read(elsewhere)]).toEqual([null, null]);
});

test("one session, all others, or all are ended at once and on the record; another's is not", async () => {
  const person = await givenPerson("许明衡");
  const [here, second, third] = [await enter(person), await enter(person), await enter(person)];
  const strange = await enter(await givenPerson("别人"));
  const ctx = await acting(here);
  const idOf = async (tokenHash: string) => (await read(tokenHash))?.sessionId ?? "";

  await endOwnSessions(ctx, { which: { sessionId: await idOf(strange) } });
  expect(await read(strange)).not.toBeNull();
  await endOwnSessions(ctx, { which: { sessionId: await idOf(second) } });
  expect([await read(second), (await read(third))?.id]).toEqual([null, person.id]);
  await endOwnSessions(ctx, { which: "others" });
  await endOwnSessions(ctx, { which: "others" });
  expect([await read(third), (await read(here))?.id]).toEqual([null, person.id]);
  await endOwnSessions(ctx, { which: "all" });
  expect(await read(here)).toBeNull();
  expect(await recordOf(person.id)).toEqual([
    ...["person.signed_in", "person.signed_in", "person.signed_in"],
    ...["person.ended_sessions", "person.ended_sessions", "person.ended_sessions"],
  ]);
});

test("an administrator ends all sessions of another at once, with a reason and on the record; nobody else does", async () => {
  const [person, admin] = [await givenPerson("许明衡"), await givenStaff("admin")];
  const open = [await enter(person), await enter(person)];
  const strange = await enter(await givenPerson("别人"));
  const [ctx, wish] = [
    { actor: admin, now: MORNING },
    { email: person.email, reason: "电脑被盗" },
  ];
  for (const role of ["author", "support", "auditor"] as const)
    await expect(
      endSessionsOf({ actor: await givenStaff(role), now: MORNING }, wish),
    ).rejects.toMatchObject({ code: "not_allowed" });
  await expect(endSessionsOf(ctx, { ...wish, email: admin.email })).rejects.toMatchObject({
    messageKey: "access.errors.ownSessions",
  });
  await endSessionsOf(ctx, wish);
  expect(await Promise.all(open.map((one) => read(one)))).toEqual([null, null]);
  expect(await read(strange)).not.toBeNull();
  expect((await recordOf(person.id)).at(-1)).toBe("person.ended_sessions_of");
  await expect(endSessionsOf(ctx, wish)).rejects.toMatchObject({
    fields: { email: ["access.errors.noSessions"] },
  });
  expect(await read(await enter(person))).toMatchObject({ id: person.id });
});

test("signing in again ends the session the browser had, whoever's it was, and no other", async () => {
  const [person, colleague] = [await givenPerson("许明衡"), await givenPerson("沈安澜")];
  const old = await enter(person);
  const elsewhere = await enter(person);
  const again = await enter(colleague, { replaces: old });
  expect(await read(old)).toBeNull();
  expect((await read(elsewhere))?.id).toBe(person.id);
  await signOut(await acting(again), { tokenHash: again });
  expect(await read(again)).toBeNull();
});

test("staff are signed out after 30 idle minutes and after 12 hours in any case, others after 14 and 30 days", async () => {
  const staff = await givenStaff("author");
  const idle = await enter(staff);
  expect(await use(idle, after(29 * MINUTE))).toBe(true);
  expect(await use(idle, after(58 * MINUTE))).toBe(true);
  expect(await use(idle, after(89 * MINUTE))).toBe(false);
  const busy = await enter(staff);
  for (let ms = 0; ms < 12 * HOUR; ms += 20 * MINUTE) expect(await use(busy, after(ms))).toBe(true);
  expect(await use(busy, after(12 * HOUR))).toBe(false);

  const person = await givenPerson("许明衡");
  const away = await enter(person);
  expect(await use(away, after(13 * DAY))).toBe(true);
  expect(await use(away, after(28 * DAY))).toBe(false);
  const daily = await enter(person);
  for (let day = 1; day < 30; day += 1) expect(await use(daily, after(day * DAY))).toBe(true);
  expect(await use(daily, after(30 * DAY))).toBe(false);
});

test("a staff role given while a session is open is exercised no longer than staff do", async () => {
  const person = await givenPerson("许明衡");
  const [fresh, old] = [await enter(person, { at: after(11 * HOUR) }), await enter(person)];
  await use(old, after(13 * HOUR - MINUTE));
  await use(fresh, after(13 * HOUR - MINUTE));
  await grant(person.id, "auditor");
  expect(await read(old, after(13 * HOUR))).toBeNull();
  expect(await read(fresh, after(13 * HOUR))).toMatchObject({ staffRoles: ["auditor"] });
});

test("a role taken away and a membership ended take effect at the next request", async () => {
  const person = await givenMember((await givenAccount()).id, "owner", {
    also: await givenStaff("author", "admin"),
  });
  const session = await enter(person);
  expect(await read(session)).toMatchObject({ memberships: [{ role: "owner" }] });
  await db.delete(staffRoles).where(eq(staffRoles.userId, person.id));
  await db.update(members).set({ leftAt: MORNING }).where(eq(members.userId, person.id));
  expect(await read(session)).toMatchObject({ staffRoles: [], memberships: [] });
});

test("that a session is in use is written once in two minutes, whoever reads it meanwhile", async () => {
  const person = await givenPerson("许明衡");
  const session = await enter(person, { network: "203.0.113.7" });
  await use(session, after(MINUTE));
  expect(await read(session)).toMatchObject({ lastSeenAt: MORNING });
  await Promise.all([1, 2, 3].map((n) => use(session, after(2 * MINUTE + n))));
  const [row] = await db.select().from(sessions).where(eq(sessions.tokenHash, session));
  expect(row).toMatchObject({ network: "198.51.100.7" });
  expect(row?.lastSeenAt.getTime()).toBeLessThanOrEqual(after(2 * MINUTE + 3).getTime());
});
