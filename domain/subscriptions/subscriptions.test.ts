import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";

import { db } from "@/db/client";
import { sessions, signInRequests, users } from "@/db/schema";
import { givenVisitor } from "@/tests/support/door";
import { recordOf } from "@/tests/support/record";
import {
  givenAsk,
  givenSubscriber,
  givenTellingDesk,
  NOTHING,
  stranger,
  subscriptionOf,
} from "@/tests/support/subscriptions";

import { findSignInRequest } from "../access/find-request";
import { requestSignIn } from "../access/request-sign-in";
import { resendSignIn } from "../access/resend-sign-in";
import { signInCode, signInToken, subscriptionToken } from "../access/secrets";
import { signIn } from "../access/sign-in";
import { asJob } from "../context";
import { purgeStep } from "../retention/purge";
import { askSubscription, readSubscriptionMail } from "./ask";
import { listSubscribable } from "./choice";
import { confirmSubscription, findSubscriptionAsk } from "./confirm";
import { changeSubscription, endSubscription, findSubscription } from "./keep";

const AT = "2026-11-20 09:30";
const LATER = "2026-11-20 10:00";
const now = stranger(AT);
let productId: string;

beforeAll(async () => {
  const desk = await givenTellingDesk();
  ({ productId } = desk);
  await desk.tell("public");
});

const mailOf = (requestId: string, at = AT) =>
  readSubscriptionMail(asJob("mail-subscription", stranger(at).now), { requestId });

test("P53: nobody is subscribed, or known, before the link of the mail was followed and its button pressed", async () => {
  const { email, ...link } = await givenAsk({ productIds: [productId], announcements: true });
  const mail = await mailOf(link.requestId);
  expect(mail).toMatchObject({ email, token: link.token });
  expect(mail?.chosen.products).toHaveLength(1);
  expect((await subscriptionOf(email)).userId).toBe("");

  // Mail scanners open links.
  expect(await findSubscriptionAsk(now, link)).toMatchObject({ state: "open", key: null });
  expect((await subscriptionOf(email)).userId).toBe("");

  const { key } = await confirmSubscription(now, link);
  const { userId, held } = await subscriptionOf(email);
  expect(held).toMatchObject({
    key,
    productIds: [productId],
    announcements: true,
    documentIds: [],
  });
  expect(await recordOf(userId)).toEqual(["person.created", "subscription.confirmed"]);
  expect(await db.$count(sessions, eq(sessions.userId, userId))).toBe(0);
});

test("pressed again, the button changes nothing; a day later the link has ended", async () => {
  const { email, ...link } = await givenAsk({ announcements: true });
  const { key } = await confirmSubscription(now, link);
  expect(await confirmSubscription(now, link)).toEqual({ key });
  const { userId } = await subscriptionOf(email);
  expect(await recordOf(userId)).toEqual(["person.created", "subscription.confirmed"]);
  expect(await mailOf(link.requestId)).toBeNull();

  const late = await givenAsk({ announcements: true });
  const nextDay = stranger("2026-11-21 09:31");
  expect(await findSubscriptionAsk(nextDay, late)).toMatchObject({ state: "expired" });
  await expect(confirmSubscription(nextDay, late)).rejects.toMatchObject({ code: "conflict" });
  // An old mail, found by whomever, opens no subscription that stands.
  expect(await findSubscriptionAsk(now, link)).toMatchObject({ state: "used", key });
  for (const old of [link, (await givenAsk({ email, announcements: true })) as typeof link])
    expect(await findSubscriptionAsk(nextDay, old)).toMatchObject({ key: null });
  await expect(confirmSubscription(nextDay, link)).rejects.toMatchObject({ code: "conflict" });
  expect(await mailOf(late.requestId, "2026-11-21 09:31")).toBeNull();
});

test("what is asked for later comes to what there was, under the same key", async () => {
  const { email, key } = await givenSubscriber({ announcements: true });
  const again = await givenSubscriber({ email, productIds: [productId], at: LATER });
  expect(again).toMatchObject({ key, held: { productIds: [productId], announcements: true } });
});

test("two mails confirmed at once, for somebody new, come together; one pressed twice is once on the record", async () => {
  for (let n = 0; n < 5; n += 1) {
    const { email, ...one } = await givenAsk({ announcements: true });
    const { email: _, ...other } = await givenAsk({ email, productIds: [productId], at: LATER });
    const links = [one, other, one, other];
    const keys = await Promise.all(links.map((link) => confirmSubscription(now, link)));
    const { userId, held } = await subscriptionOf(email);
    expect(new Set(keys.map(({ key }) => key))).toEqual(new Set([held?.key]));
    expect(held).toMatchObject({ productIds: [productId], announcements: true });
    expect(await recordOf(userId)).toEqual([
      ...["person.created", "subscription.confirmed", "subscription.confirmed"],
    ]);
  }
});

test("a wrong link opens nothing, and neither does the token of another purpose", async () => {
  const { requestId } = await givenAsk({ announcements: true });
  for (const token of ["", "abc", signInToken(requestId), subscriptionToken(randomUUID())])
    await expect(confirmSubscription(now, { requestId, token })).rejects.toMatchObject({
      code: "not_found",
    });
});

test("what confirms a subscription signs nobody in: not by its link, not by a code that was never mailed", async () => {
  const visitor = givenVisitor();
  const email = `${randomUUID()}@reads.example`;
  await askSubscription(now, {
    ...{ ...NOTHING, announcements: true, email, locale: "zh-CN" as const, visitor },
  });
  const [request] = await db.select().from(signInRequests).where(eq(signInRequests.email, email));
  const requestId = request?.id ?? "";
  await db
    .update(signInRequests)
    .set({ mailedAt: now.now })
    .where(eq(signInRequests.id, requestId));
  expect(await findSignInRequest(now, { requestId, visitor })).toBeNull();
  await expect(resendSignIn(now, { requestId, locale: "en", visitor })).rejects.toMatchObject({
    code: "not_found",
  });
  for (const secret of [{ code: signInCode(requestId) }, { token: signInToken(requestId) }])
    expect(
      await signIn(now, { requestId, secret, visitor, tokenHash: "0".repeat(64) }),
    ).toMatchObject({ ok: false, hasEnded: true });
});

test("its mails count among those of the door: the sixth to a mailbox in an hour waits", async () => {
  const email = `${randomUUID()}@reads.example`;
  for (let n = 0; n < 5; n += 1) await givenAsk({ email, announcements: true });
  await expect(givenAsk({ email, announcements: true })).rejects.toMatchObject({
    messageKey: "access.errors.mails.inbox",
  });
});

test("mails that confirm, whoever asks for them, keep nobody from their sign-in mail; the other way round they wait", async () => {
  const wish = { purpose: "sign_in", locale: "zh-CN", returnPath: "" } as const;
  const signInFor = (email: string) =>
    requestSignIn(now, { ...wish, email, visitor: givenVisitor() });
  const email = `${randomUUID()}@reads.example`;
  for (let n = 0; n < 5; n += 1) await givenAsk({ email, announcements: true });
  expect((await signInFor(email)).requestId).not.toBe("");

  // A mailbox is not filled twice as fast by asking for both.
  const full = `${randomUUID()}@reads.example`;
  for (let n = 0; n < 5; n += 1) await signInFor(full);
  await expect(givenAsk({ email: full, announcements: true })).rejects.toMatchObject({
    messageKey: "access.errors.mails.inbox",
  });
});

test("nothing chosen, or only what there is not, is refused at its field", async () => {
  for (const choice of [{}, { productIds: [randomUUID()] }])
    await expect(givenAsk(choice)).rejects.toMatchObject({
      fields: { productIds: ["subscriptions.errors.nothing"] },
    });
});

test("only what everybody may read is offered", async () => {
  const desk = await givenTellingDesk();
  await desk.tell("affected");
  const ids = (await listSubscribable(now, {})).products.map(({ id }) => id);
  expect(ids).toContain(productId);
  expect(ids).not.toContain(desk.productId);
});

test("P53: with the key alone it is changed, and ended at once and for good; again changes nothing", async () => {
  const { email, key, userId } = await givenSubscriber({ announcements: true });
  expect(await findSubscription(now, { key })).toMatchObject({ announcements: true });
  await changeSubscription(now, { key, ...NOTHING, productIds: [productId] });
  expect(await findSubscription(now, { key })).toMatchObject({
    productIds: [productId],
    announcements: false,
  });
  await expect(changeSubscription(now, { key, ...NOTHING })).rejects.toMatchObject({
    code: "invalid",
  });

  await endSubscription(now, { key });
  await endSubscription(now, { key });
  await expect(findSubscription(now, { key })).rejects.toMatchObject({ code: "not_found" });
  expect((await subscriptionOf(email)).held).toBeNull();
  expect(await recordOf(userId)).toEqual([
    ...["person.created", "subscription.confirmed", "subscription.changed", "subscription.ended"],
  ]);
});

test("P57: whoever is subscribed is kept; the rest of who ended it goes with the lone people", async () => {
  const long = "2026-01-05 09:00";
  const stays = await givenSubscriber({ announcements: true, at: long });
  const goes = await givenSubscriber({ announcements: true, at: long });
  await endSubscription(stranger(long), { key: goes.key });
  while ((await purgeStep(asJob("purge", stranger(AT).now), { kind: "lone_people" })) > 0);
  const erasedAt = async (id: string) =>
    (await db.select({ at: users.erasedAt }).from(users).where(eq(users.id, id)))[0]?.at;
  expect(await erasedAt(stays.userId)).toBeNull();
  expect(await erasedAt(goes.userId)).not.toBeNull();
});
