import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { auditEntries, users } from "@/db/schema";
import { beijing } from "@/tests/support/context";
import { givenVisitor, letMailLeave } from "@/tests/support/door";
import { givenStaff } from "@/tests/support/people";

import { signInCode } from "./secrets";
import { ANONYMOUS, asJob } from "../context";
import { findSignInRequest } from "./find-request";
import { requestSignIn } from "./request-sign-in";
import { readSession } from "./session";
import { signIn } from "./sign-in";
import { readSignInMail } from "./sign-in-mail";

const now = beijing("2026-11-23 10:00");
const stranger = { actor: ANONYMOUS, now };
const someHash = () => randomUUID().replaceAll("-", "").repeat(2);
const newAddress = () => `${randomUUID()}@mail.example`;

const visitor = givenVisitor();

const asked = async (email: string, purpose: "sign_in" | "prove_address") => {
  const wish = { email, purpose, locale: "zh-CN" as const, returnPath: "", visitor };
  const { requestId } = await requestSignIn(stranger, wish);
  await letMailLeave(requestId, now);
  return requestId;
};
const mailFor = (requestId: string) => readSignInMail(asJob("mail-sign-in", now), { requestId });

test("P27: a new address gets a mail to prove itself, and nothing to sign in with", async () => {
  expect(await mailFor(await asked(newAddress(), "prove_address"))).not.toBeNull();
  expect(await mailFor(await asked(newAddress(), "sign_in"))).toBeNull();
});

test("known and unknown addresses get the same answer", async () => {
  const known = await givenStaff();
  const shown = async (email: string) => {
    const requestId = await asked(email, "prove_address");
    const request = await findSignInRequest(stranger, { requestId, visitor });
    return { ...request, maskedEmail: "" };
  };
  expect(await shown(known.email)).toEqual(await shown(newAddress()));
});

test("who proves a new address becomes a person of no account, on the record, with a session", async () => {
  const email = newAddress();
  const requestId = await asked(email, "prove_address");
  const tokenHash = someHash();
  const secret = { code: signInCode(requestId) };
  expect(await signIn(stranger, { requestId, secret, tokenHash, visitor })).toMatchObject({
    ok: true,
  });
  const person = await readSession(asJob("session", now), { tokenHash });
  expect(person).toMatchObject({ email, memberships: [], staffRoles: [] });
  const entries = await db
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.subjectId, person?.id ?? ""));
  expect(entries.map(({ action }) => action)).toEqual(["person.created", "person.signed_in"]);
  // Used up: the same code opens nothing more.
  const again = await signIn(stranger, { requestId, secret, tokenHash: someHash(), visitor });
  expect(again).toMatchObject({ ok: false });
});

test("a wrong code makes nobody a person", async () => {
  const email = newAddress();
  const requestId = await asked(email, "prove_address");
  const right = signInCode(requestId);
  const wrong = right.startsWith("1") ? `2${right.slice(1)}` : `1${right.slice(1)}`;
  const tried = await signIn(stranger, {
    requestId,
    secret: { code: wrong },
    tokenHash: someHash(),
    visitor,
  });
  expect(tried).toMatchObject({ ok: false });
  expect(await db.select().from(users).where(eq(users.email, email))).toEqual([]);
});

test("a known person proves the address and stays who they are", async () => {
  const known = await givenStaff();
  const requestId = await asked(known.email, "prove_address");
  const tokenHash = someHash();
  await signIn(stranger, {
    requestId,
    secret: { code: signInCode(requestId) },
    tokenHash,
    visitor,
  });
  expect(await readSession(asJob("session", now), { tokenHash })).toMatchObject({ id: known.id });
});
