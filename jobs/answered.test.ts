import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { db } from "@/db/client";
import { deliveries, mailBatches } from "@/db/schema";
import { requestSignIn } from "@/domain/access/request-sign-in";
import { ANONYMOUS } from "@/domain/context";
import { provide } from "@/lib/env";
import type { ResendStandIn } from "@/stand-ins/resend/start";
import { givenMembers, tellPerson, tellProduct } from "@/tests/support/broadcasts";
import { acceptedBy, startMailProvider } from "@/tests/support/mail-provider";
import { givenPerson, givenProduct, givenStaff } from "@/tests/support/people";
import { resetDatabase } from "@/tests/support/reset-database";
import { givenVisitor } from "@/tests/support/door";

import { deliverMails } from "./deliver-mails";
import { mailSignIn } from "./mail-link";

const now = new Date("2026-03-02T02:00:00Z");
const MAILBOX = "answers@yunqiao.example";
const CAN_BE_ANSWERED = /请直接回复这封邮件|Reply to this email/;
let resend: ResendStandIn;

beforeAll(async () => {
  resend = await startMailProvider();
});
afterAll(() => resend.close());
beforeEach(async () => {
  provide({ MAIL_REPLY_TO: "" });
  await fetch(`${resend.url}/__control/faults`, { method: "DELETE" });
  await resetDatabase();
});

const deliver = () => deliverMails(now, { isStopping: () => false, hasNews: () => false });
const mailTo = async (start: string) =>
  (await acceptedBy(resend)).filter(({ to }) => to[0]?.startsWith(start));

/** A developer of each language, an end user and somebody who signs in are mailed. */
async function mailEverybody(prefix: string) {
  const ctx = { actor: await givenStaff("approver"), now };
  const { id: productId } = await givenProduct();
  await givenMembers(productId, 4, `${prefix}-dev`);
  await tellProduct(ctx, productId);
  const endUser = await givenPerson("许明衡");
  await tellPerson(ctx, endUser.id);
  await deliver();
  const { requestId } = await requestSignIn(
    { actor: ANONYMOUS, now },
    {
      ...{ email: endUser.email, locale: "en", returnPath: "" },
      visitor: givenVisitor(),
    },
  );
  await mailSignIn(now, requestId);
  return [...(await mailTo(`${prefix}-dev`)), ...(await mailTo(endUser.email))];
}

test("P46: each mail to developers, to end users and with a link to sign in goes with a Reply-To, and says that it can be answered", async () => {
  provide({ MAIL_REPLY_TO: MAILBOX });
  const mails = await mailEverybody("read");
  expect(mails).toHaveLength(6);
  for (const { replyTo, text } of mails) {
    expect(replyTo).toEqual([MAILBOX]);
    expect(text).toMatch(CAN_BE_ANSWERED);
  }
});

test("P46: without a mailbox that is read, mails name where to write instead, and no Reply-To", async () => {
  const mails = await mailEverybody("unread");
  expect(mails).toHaveLength(6);
  for (const { replyTo, text } of mails) {
    expect(replyTo).toBeUndefined();
    expect(text).not.toMatch(CAN_BE_ANSWERED);
    expect(text).toMatch(/请写信至|Write to/);
  }
});

test("P41: what is tried again keeps its Reply-To and its words, whatever is set meanwhile", async () => {
  provide({ MAIL_REPLY_TO: MAILBOX });
  const { id: productId } = await givenProduct();
  await givenMembers(productId, 3, "again");
  await tellProduct({ actor: await givenStaff("approver"), now }, productId);
  resend.faults.program({ fault: "error_before" });
  await deliver();
  expect(await mailTo("again")).toEqual([]);

  provide({ MAIL_REPLY_TO: "others@yunqiao.example" });
  await db.update(mailBatches).set({ nextAttemptAt: sql`clock_timestamp()`, leaseUntil: null });
  await deliver();
  expect((await mailTo("again")).map(({ replyTo }) => replyTo)).toEqual(
    Array.from({ length: 3 }, () => [MAILBOX]),
  );
  const sent = await db.select().from(deliveries).where(eq(deliveries.status, "sent"));
  expect(sent).toHaveLength(3);
});
