import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { auditEntries, sessions, users } from "@/db/schema";
import { asJob } from "@/domain/context";
import { beijing } from "@/tests/support/context";
import { givenVisitor } from "@/tests/support/door";
import { givenAccount, givenMember, givenStaff } from "@/tests/support/people";
import { recordLength, recordOf } from "@/tests/support/record";

import { hashSessionToken, newSessionToken } from "./secrets";
import { findByIdentity, recogniseIdentity, signInByOidc } from "./oidc";

const ISSUER = "https://id.example";
const ctx = asJob("next-auth", beijing("2026-03-02 09:00"));

const givenDeveloper = async () => givenMember((await givenAccount()).id, "owner");

/** What the provider says of somebody who was not here before. */
const told = (email: string | null, isVerified = true) => ({
  issuer: ISSUER,
  subject: randomUUID(),
  email,
  isVerified,
});

test("a verified address binds the identity to its person, however it is written", async () => {
  const person = await givenDeveloper();
  const identity = told(` ${person.email.toUpperCase()} `);
  expect(await recogniseIdentity(ctx, identity)).toEqual({ ok: true, userId: person.id });
  expect(await findByIdentity(ctx, identity)).toMatchObject({ id: person.id });
  expect(await recordOf(person.id)).toEqual(["person.linked_identity"]);
});

test("an unverified address and a strange one are refused, and leave nothing behind", async () => {
  const person = await givenDeveloper();
  const [people, entries] = [await db.$count(users), await recordLength()];
  const refusals = [
    [told(person.email, false), "unverified"],
    [told("nobody@elsewhere.example"), "unknown"],
    [told("no address"), "unknown"],
    [told(null), "unknown"],
  ] as const;
  for (const [identity, reason] of refusals) {
    expect(await recogniseIdentity(ctx, identity)).toEqual({ ok: false, reason });
    expect(await findByIdentity(ctx, identity)).toBeNull();
  }
  expect([await db.$count(users), await recordLength()]).toEqual([people, entries]);
});

test("a bound identity stays with its person whatever the provider says of the address later", async () => {
  const [first, second] = [await givenDeveloper(), await givenDeveloper()];
  const identity = told(first.email);
  await recogniseIdentity(ctx, identity);
  for (const email of [second.email, "new@elsewhere.example", null])
    for (const isVerified of [true, false])
      expect(await recogniseIdentity(ctx, { ...identity, email, isVerified })).toEqual({
        ok: true,
        userId: first.id,
      });
  expect(await recordOf(second.id)).toEqual([]);
});

test("the same subject of another issuer is somebody else", async () => {
  const [first, second] = [await givenDeveloper(), await givenDeveloper()];
  const identity = told(first.email);
  await recogniseIdentity(ctx, identity);
  const elsewhere = { ...identity, issuer: "https://other.example", email: second.email };
  expect(await findByIdentity(ctx, elsewhere)).toBeNull();
  expect(await recogniseIdentity(ctx, elsewhere)).toEqual({ ok: true, userId: second.id });
});

test("two tabs at once bind an identity once", async () => {
  const person = await givenDeveloper();
  const identity = told(person.email);
  const answers = await Promise.all([1, 2, 3].map(() => recogniseIdentity(ctx, identity)));
  expect(answers).toEqual(answers.map(() => ({ ok: true, userId: person.id })));
  expect(await recordOf(person.id)).toEqual(["person.linked_identity"]);
});

test("a session is stored by its hash, lasts 30 days or for staff 12 hours, and is on the record", async () => {
  const hours = { developer: 30 * 24, staff: 12 };
  const people = { developer: await givenDeveloper(), staff: await givenStaff("author") };
  for (const kind of ["developer", "staff"] as const) {
    const tokenHash = hashSessionToken(newSessionToken());
    const expiresAt = await signInByOidc(ctx, {
      ...{ userId: people[kind].id, provenAt: null, tokenHash, visitor: givenVisitor() },
    });
    expect(expiresAt.getTime() - ctx.now.getTime()).toBe(hours[kind] * 3_600_000);
    const [session] = await db.select().from(sessions).where(eq(sessions.tokenHash, tokenHash));
    expect(session).toMatchObject({ userId: people[kind].id, createdAt: ctx.now, expiresAt });
    const [entry] = await db
      .select()
      .from(auditEntries)
      .where(eq(auditEntries.subjectId, people[kind].id));
    expect(entry).toMatchObject({ action: "person.signed_in", after: { by: "oidc" } });
  }
});
