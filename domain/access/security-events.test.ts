import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { auditEntries, securityEvents } from "@/db/schema";
import { beijing } from "@/tests/support/context";
import { givenVisitor, letMailLeave } from "@/tests/support/door";
import { givenPerson, givenStaff } from "@/tests/support/people";

import { ANONYMOUS, asJob, type Person } from "../context";
import { NotAllowed } from "../errors";
import { purgeStep } from "../retention/purge";
import { noteRefusal } from "./note-refusal";
import { endOwnSessions } from "./own-sessions";
import { requestSignIn } from "./request-sign-in";
import { hashSessionToken, newSessionToken, signInCode } from "./secrets";
import { listSecurityEvents } from "./security-events";
import { readSession, signOut } from "./session";
import { signIn } from "./sign-in";
import { signInAsDemoPerson } from "./sign-in-as";

const NOW = beijing("2026-03-02 09:00");
const DAY = 86_400_000;
const stranger = { actor: ANONYMOUS, now: NOW };
const someHash = () => hashSessionToken(newSessionToken());

async function enter({ id }: Person, replaces?: string) {
  const tokenHash = someHash();
  const visitor = givenVisitor("203.0.113.7");
  await signInAsDemoPerson(stranger, { userId: id, tokenHash, visitor, replaces });
  return tokenHash;
}

const eventsOf = async (userId: string) =>
  (
    await db
      .select()
      .from(securityEvents)
      .where(eq(securityEvents.userId, userId))
      .orderBy(securityEvents.at)
  ).map(({ kind }) => kind);

test("signing in, a session replaced, ended and signed out of are noted with network and browser", async () => {
  const person = await givenPerson("许明衡");
  const first = await enter(person);
  const second = await enter(person, first);
  const actor = (await readSession(asJob("session", NOW), { tokenHash: second }))!;
  await enter(person);
  await endOwnSessions({ actor, now: NOW }, { which: "others" });
  await signOut({ actor, now: NOW }, { tokenHash: second });
  const kinds = await eventsOf(person.id);
  expect(kinds.toSorted()).toEqual([
    ...["session_ended", "session_ended"],
    ...["signed_in", "signed_in", "signed_in", "signed_out"],
  ]);
  const { rows } = await listSecurityEvents(
    { actor: await givenStaff("auditor"), now: NOW },
    { search: person.email, kind: "signed_out" },
  );
  expect(rows).toMatchObject([
    { personName: "许明衡", network: "203.0.113.7", device: "Chrome · Windows" },
  ]);
});

test("a wrong code is noted with the mailbox it was for, known or not; the record holds no network", async () => {
  const network = `198.51.100.${Math.floor(Math.random() * 250)}`;
  for (const email of [(await givenPerson("沈安澜")).email, `${randomUUID()}@mail.example`]) {
    const visitor = givenVisitor(network);
    const wish = { email, locale: "zh-CN" as const, returnPath: "", visitor };
    const { requestId } = await requestSignIn(stranger, wish);
    await letMailLeave(requestId, NOW);
    const code = signInCode(requestId) === "00000000" ? "00000001" : "00000000";
    await signIn(stranger, { requestId, secret: { code }, tokenHash: someHash(), visitor });
  }
  const auditor = { actor: await givenStaff("auditor"), now: NOW };
  const { rows } = await listSecurityEvents(auditor, { search: network });
  expect(rows.map((row) => [row.kind, row.personName]).toSorted()).toEqual([
    ["sign_in_failed", null],
    ["sign_in_failed", "沈安澜"],
  ]);
  const record = await db.select().from(auditEntries);
  expect(JSON.stringify(record)).not.toContain(network);
});

test("a refusal is noted with the page, and no more than 200 of a person in an hour", async () => {
  const person = await givenPerson("何小满");
  const refusal = { userId: person.id, visitor: givenVisitor(), path: "/ops/tokens" };
  for (let n = 0; n < 205; n += 1) await noteRefusal(asJob("session", NOW), refusal);
  expect(await eventsOf(person.id)).toHaveLength(200);
});

test("what is older than 180 days is erased, what is younger stays", async () => {
  const person = await givenPerson("陆诗雨");
  for (const age of [181, 179])
    await noteRefusal(asJob("session", new Date(NOW.getTime() - age * DAY)), {
      ...{ userId: person.id, visitor: givenVisitor(), path: `/${age}` },
    });
  await purgeStep(asJob("purge", NOW), { kind: "security_records" });
  const left = await db.select().from(securityEvents).where(eq(securityEvents.userId, person.id));
  expect(left).toMatchObject([{ what: "/179" }]);
});

test("auditors and admins read the security records, nobody else", async () => {
  for (const role of ["author", "approver", "handler", "support"] as const)
    await expect(
      listSecurityEvents({ actor: await givenStaff(role), now: NOW }, {}),
    ).rejects.toThrow(NotAllowed);
  const admin = { actor: await givenStaff("admin"), now: NOW };
  expect((await listSecurityEvents(admin, { page: "?" })).rows.length).toBeGreaterThan(0);
});
