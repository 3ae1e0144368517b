import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { auditEntries, sessions, signInFailures, signInRequests } from "@/db/schema";
import { inboxOf } from "@/lib/email-address";
import { beijing } from "@/tests/support/context";
import { givenVisitor, letMailLeave } from "@/tests/support/door";
import { givenStaff } from "@/tests/support/people";

import { purgeStep } from "../retention/purge";
import { withInbox } from "./browser-mark";
import { countingKey, signInCode, signInToken } from "./secrets";
import { ANONYMOUS, asJob, type Context } from "../context";
import { Conflict } from "../errors";
import type { Visitor } from "./door-limits";
import { findSignInRequest } from "./find-request";
import { requestSignIn } from "./request-sign-in";
import { resendSignIn } from "./resend-sign-in";
import { signIn } from "./sign-in";

const NOON = beijing("2026-11-23 12:00");
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const at = (ms: number): Context => ({ actor: ANONYMOUS, now: new Date(NOON.getTime() + ms) });
const someHash = () => randomUUID().replaceAll("-", "").repeat(2);
const newAddress = () => `${randomUUID()}@mail.example`;

type Ask = { email: string; visitor: Visitor; ms?: number; purpose?: "sign_in" | "prove_address" };

/** Asks for a mail; the request's id, or the refusal's key. */
async function ask({ email, visitor, ms = 0, purpose = "sign_in" }: Ask): Promise<string> {
  try {
    const wish = { email, purpose, locale: "zh-CN" as const, returnPath: "", visitor };
    const { requestId } = await requestSignIn(at(ms), wish);
    await letMailLeave(requestId, at(ms).now);
    return requestId;
  } catch (error) {
    if (error instanceof Conflict) return error.messageKey;
    throw error;
  }
}

const wrong = (requestId: string) => {
  const right = signInCode(requestId);
  return `${right.startsWith("1") ? "2" : "1"}${right.slice(1)}`;
};

type Try = { visitor: Visitor; ms?: number; code?: string };

const tryCode = (requestId: string, { visitor, ms = 0, code = wrong(requestId) }: Try) =>
  signIn(at(ms), { requestId, secret: { code }, tokenHash: someHash(), visitor });

const pressLink = (requestId: string, { visitor, ms = 0 }: Try) =>
  signIn(at(ms), {
    ...{ requestId, tokenHash: someHash(), visitor },
    secret: { token: signInToken(requestId) },
  });

const mailsTo = (email: string) =>
  db.$count(signInRequests, eq(signInRequests.inboxKey, countingKey("inbox", inboxOf(email))));

const failuresOnRecord = () => db.$count(auditEntries, eq(auditEntries.action, "sign_in.failed"));

test("a request whose mail has not left opens nothing, by its code or by its link", async () => {
  const { email } = await givenStaff("approver");
  const visitor = givenVisitor();
  const { requestId } = await requestSignIn(at(0), {
    ...{ email, locale: "zh-CN", returnPath: "", visitor },
  });
  expect(await tryCode(requestId, { visitor, code: signInCode(requestId) })).toMatchObject({
    ok: false,
  });
  expect(await pressLink(requestId, { visitor })).toMatchObject({ ok: false });
  await letMailLeave(requestId, at(SECOND).now);
  expect(await pressLink(requestId, { visitor })).toMatchObject({ ok: true });
});

test("200 asks of one stranger become 5 requests, and 300 guesses 10 wrong codes", async () => {
  const { id, email } = await givenStaff("approver");
  const network = randomUUID();
  const before = await failuresOnRecord();
  const open: { requestId: string; visitor: Visitor }[] = [];
  for (let n = 0; n < 200; n += 1) {
    const visitor = givenVisitor(network);
    const requestId = await ask({ email, visitor, ms: n * 100 });
    if (!requestId.startsWith("access.")) open.push({ requestId, visitor });
  }
  expect(open).toHaveLength(5);
  expect(await mailsTo(email)).toBe(5);

  for (let n = 0; n < 300; n += 1) {
    const { requestId, visitor } = open[n % open.length]!;
    await tryCode(requestId, { visitor, ms: 20 * SECOND + n * 10 });
  }
  expect((await failuresOnRecord()) - before).toBe(10);
  expect(await db.$count(sessions, eq(sessions.userId, id))).toBe(0);
}, 60_000);

test("50 wrong codes at once count as no more than one after another", async () => {
  const { email } = await givenStaff("approver");
  const visitor = givenVisitor();
  const requestId = await ask({ email, visitor });
  const before = await failuresOnRecord();
  await Promise.all(Array.from({ length: 50 }, () => tryCode(requestId, { visitor })));
  expect((await failuresOnRecord()) - before).toBe(5);
});

test("the wait for the next guess grows, from a minute to an hour", async () => {
  const { email } = await givenStaff("approver");
  const guess = async (ms: number, times: number) => {
    const visitor = givenVisitor();
    const requestId = await ask({ email, visitor, ms });
    for (let n = 0; n < times; n += 1) await tryCode(requestId, { visitor, ms });
    const next = givenVisitor();
    const waiting = await ask({ email, visitor: next, ms: ms + 1 });
    const result = await tryCode(waiting, { visitor: next, ms: ms + 1 });
    return result.ok || result.hasEnded ? null : result.values.minutes;
  };
  await guess(0, 5);
  const waits = [await guess(HOUR, 4)];
  for (let n = 2; n < 9; n += 1) waits.push(await guess(n * 61 * MINUTE, 1));
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
});

test("whatever strangers ask and guess, the newest mail's link lets the owner in at once", async () => {
  const { email } = await givenStaff("approver");
  for (let minute = 0; minute < 120; minute += 1) {
    const stranger = givenVisitor();
    const requestId = await ask({ email, visitor: stranger, ms: minute * MINUTE });
    if (!requestId.startsWith("access."))
      for (let n = 0; n < 6; n += 1)
        await tryCode(requestId, { visitor: stranger, ms: minute * MINUTE });
  }
  const owner = givenVisitor();
  const ms = 2 * HOUR;
  const own = await ask({ email, visitor: owner, ms });
  expect(own).toBe("access.errors.mails.inbox");
  const [newest] = await db
    .select()
    .from(signInRequests)
    .where(eq(signInRequests.email, email))
    .orderBy(signInRequests.requestedAt)
    .then((rows) => rows.slice(-1));
  expect(await pressLink(newest!.id, { visitor: owner, ms })).toMatchObject({ ok: true });
  // About one in eight minutes after the first five.
  expect(await mailsTo(email)).toBeLessThanOrEqual(20);
});

test("a browser its owner signed in with before waits for no stranger, of the same network either", async () => {
  const { email } = await givenStaff("approver");
  const network = randomUUID();
  const stranger = () => givenVisitor(network);
  for (let n = 0; n < 3; n += 1) {
    const visitor = givenVisitor();
    const requestId = await ask({ email, visitor });
    for (let wrongs = 0; wrongs < 5; wrongs += 1) await tryCode(requestId, { visitor });
  }
  for (let n = 0; n < 40; n += 1)
    await ask({ email: n < 10 ? email : newAddress(), visitor: stranger(), ms: n * SECOND });
  const unfamiliar = givenVisitor(network);
  expect(await ask({ email, visitor: unfamiliar, ms: MINUTE })).toMatch(/^access\.errors\.mails/);

  const mark = withInbox(unfamiliar.mark, countingKey("inbox", email));
  const owner = { ...unfamiliar, mark };
  const requestId = await ask({ email, visitor: owner, ms: MINUTE });
  expect(requestId).not.toMatch(/^access\./);
  const signedIn = await tryCode(requestId, {
    ...{ visitor: owner, ms: MINUTE },
    code: signInCode(requestId),
  });
  expect(signedIn).toMatchObject({ ok: true });
});

test("+labels, letter case and Gmail's dots make no second mailbox", async () => {
  const name = randomUUID().replaceAll("-", "");
  const network = randomUUID();
  const addresses = Array.from({ length: 40 }, (_, n) =>
    n % 2 === 0 ? `${name}+${n}@Mail.example` : `${name.toUpperCase()}@mail.example`,
  );
  for (const email of addresses)
    await ask({ email, visitor: givenVisitor(network), purpose: "prove_address" });
  expect(await mailsTo(`${name}@mail.example`)).toBe(5);
  expect(inboxOf("a.b.c+d@googlemail.com")).toBe("abc@gmail.com");
});

test("one network has 30 mails sent in ten minutes, to whatever mailboxes; another network is free", async () => {
  const network = randomUUID();
  const answers: string[] = [];
  for (let n = 0; n < 40; n += 1)
    answers.push(await ask({ email: newAddress(), visitor: givenVisitor(network), ms: n * 100 }));
  expect(answers.filter((answer) => answer === "access.errors.mails.network")).toHaveLength(10);
  expect(await ask({ email: newAddress(), visitor: givenVisitor(), ms: 5 * SECOND })).not.toMatch(
    /^access/,
  );
  const later = await ask({ email: newAddress(), visitor: givenVisitor(network), ms: 11 * MINUTE });
  expect(later).not.toMatch(/^access/);
});

test("the code works in the browser that asked, and a guess from another costs no try", async () => {
  const { email } = await givenStaff();
  const owner = givenVisitor();
  const requestId = await ask({ email, visitor: owner });
  for (const visitor of [givenVisitor(), { ...owner, mark: "" }, { ...owner, mark: "x" }]) {
    const tried = await tryCode(requestId, { visitor, code: signInCode(requestId) });
    expect(tried).toEqual({ ok: false, hasEnded: true });
  }
  const own = await tryCode(requestId, { visitor: owner, code: signInCode(requestId) });
  expect(own).toMatchObject({ ok: true });
});

test("an empty code or one of another length is no try; five wrong ones end the code and not the link", async () => {
  const { email } = await givenStaff();
  const visitor = givenVisitor();
  const requestId = await ask({ email, visitor });
  const state = async () =>
    (await findSignInRequest(at(0), { requestId, visitor }))?.state ?? "none";

  for (const code of ["", "  ", "123", "123456789"]) {
    const tried = await tryCode(requestId, { visitor, code });
    expect(tried).toMatchObject({ hasEnded: false });
  }
  for (const left of [4, 3, 2, 1])
    expect(await tryCode(requestId, { visitor })).toMatchObject({ values: { left } });
  expect(await state()).toBe("open");
  expect(await tryCode(requestId, { visitor })).toEqual({ ok: false, hasEnded: true });
  expect(await state()).toBe("locked");
  const code = signInCode(requestId);
  expect(await tryCode(requestId, { visitor, code })).toMatchObject({ ok: false });
  expect(await pressLink(requestId, { visitor: givenVisitor() })).toMatchObject({ ok: true });
  expect(await state()).toBe("used");
});

test("sending again within a minute leads back to the mail that was sent; after it, to a new one", async () => {
  const email = newAddress();
  const visitor = givenVisitor();
  const requestId = await ask({ email, visitor });
  const again = (ms: number) => resendSignIn(at(ms), { requestId, locale: "zh-CN", visitor });

  expect(await again(20 * SECOND)).toEqual({ requestId });
  const waiting = await findSignInRequest(at(20 * SECOND), { requestId, visitor });
  expect(waiting).toMatchObject({ secondsToNextMail: 40, isOfThisBrowser: true });
  const second = await again(61 * SECOND);
  expect(second.requestId).not.toBe(requestId);
  expect(await mailsTo(email)).toBe(2);
});

test("known and unknown addresses are refused alike", async () => {
  const answers = async (email: string) => {
    const given: string[] = [];
    for (let n = 0; n < 8; n += 1) {
      const answer = await ask({ email, visitor: givenVisitor(), ms: n * MINUTE });
      given.push(answer.startsWith("access.") ? answer : "a mail");
    }
    return given;
  };
  const known = await answers((await givenStaff()).email);
  expect(known).toEqual(await answers(newAddress()));
  expect(known.slice(-1)).toEqual(["access.errors.mails.inbox"]);
});

test("what no limit needs any more is forgotten, what one still counts is kept", async () => {
  const [email, visitor] = [newAddress(), givenVisitor()];
  const old = await ask({ email, visitor });
  await tryCode(old, { visitor });
  const recent = await ask({ email, visitor, ms: 23 * HOUR });
  const forget = (ms: number) =>
    purgeStep({ actor: asJob("x", NOON).actor, now: at(ms).now }, { kind: "sign_in_asks" });
  const left = () =>
    db
      .select({ id: signInRequests.id })
      .from(signInRequests)
      .where(eq(signInRequests.email, email));

  await forget(24 * HOUR);
  expect(await left()).toHaveLength(2);
  await forget(24 * HOUR + 11 * MINUTE);
  expect(await left()).toEqual([{ id: recent }]);
  const inboxKey = countingKey("inbox", inboxOf(email));
  expect(await db.$count(signInFailures, eq(signInFailures.inboxKey, inboxKey))).toBe(0);
});
