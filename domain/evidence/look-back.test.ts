import { eq, isNotNull } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";

import { db } from "@/db/client";
import { auditEntries, broadcasts, deliveries } from "@/db/schema";
import { giveAnswer } from "@/tests/support/answers";
import { freezeAll, prepareAll, providerReports, sendNextBatch } from "@/tests/support/broadcasts";
import { acting, beijing } from "@/tests/support/context";
import { givenAccount, givenMember, givenStaff } from "@/tests/support/people";
import { givenApproved, givenInForce, MAJOR_CHANGE } from "@/tests/support/policies";

import type { Person } from "../context";
import { markRead } from "../inbox/mark";
import { lookAtTelling, lookBack } from "./look-back";

let story: Awaited<ReturnType<typeof given>>;

/** Told on 2 March at 10:00, mailed at 10:05, arrived at 10:07, read on the 3rd, accepted on the 25th. */
async function given() {
  const desk = await givenInForce();
  const { id: accountId } = await givenAccount({ productId: desk.productId });
  const owner = await givenMember(accountId, "owner");
  const version = await givenApproved(desk, MAJOR_CHANGE);
  await prepareAll(beijing("2026-03-02 10:00"));
  await freezeAll(beijing("2026-03-02 10:04"));
  while ((await sendNextBatch(beijing("2026-03-02 10:05"))).length > 0);
  // Mails leave by the database's own clock.
  await db
    .update(deliveries)
    .set({ sentAt: beijing("2026-03-02 10:05") })
    .where(isNotNull(deliveries.sentAt));
  await providerReports(owner.email, "email.delivered", beijing("2026-03-02 10:07"));
  const inbox = await db
    .select({ id: deliveries.id })
    .from(deliveries)
    .where(eq(deliveries.userId, owner.id));
  await markRead(acting(owner, "2026-03-03 09:00"), { ids: inbox.map(({ id }) => id), read: true });
  await giveAnswer(owner, version, { accountId, at: "2026-03-25 09:00" });
  const [telling] = await db.select().from(broadcasts).where(eq(broadcasts.subjectId, version.id));
  const auditor = await givenStaff("auditor");
  return { accountId, owner, version, auditor, broadcastId: telling?.id ?? "" };
}

beforeAll(async () => {
  story = await given();
});

const then = (at: string, by: Person = story.auditor, of: "account" | "person" = "account") =>
  lookBack(acting(by, "2026-06-01 09:00"), {
    ...{ of, id: of === "account" ? story.accountId : story.owner.id },
    at: beijing(at).toISOString(),
  });

test("at each moment it is seen what was told, how far the mail was, what was read, and what waited", async () => {
  const before = await then("2026-03-02 09:59");
  expect([before.messages.rows, before.asks]).toEqual([[], []]);
  expect(before.texts.map(({ label, isInForce }) => [label, isInForce])).not.toContainEqual([
    "2.0",
    false,
  ]);

  const course = {
    "2026-03-02 10:03": { isRead: false, mail: { status: "queued" } },
    "2026-03-02 10:06": { isRead: false, mail: { status: "sent" } },
    "2026-03-02 10:08": { isRead: false, mail: { status: "delivered" } },
    "2026-03-04 10:00": { isRead: true, mail: { status: "delivered" } },
  };
  for (const [at, message] of Object.entries(course)) {
    const seen = await then(at);
    expect(seen.messages.rows, at).toMatchObject([message]);
    expect(seen.asks, at).toMatchObject([{ label: "2.0", answer: null, deferredUntil: null }]);
    expect(seen.texts, at).toContainEqual(
      expect.objectContaining({ label: "2.0", isInForce: false }),
    );
  }

  // Now it is answered, and its receipt has been told as well.
  const now = await then("2026-06-01 08:00");
  expect(now.asks).toEqual([]);
  expect(now.messages.rows.length).toBeGreaterThanOrEqual(1);
});

test("of a person the same is seen, and an address in part", async () => {
  const seen = await then("2026-03-02 10:08", story.auditor, "person");
  expect(seen.messages.rows).toHaveLength(1);
  expect(seen.asks).toMatchObject([{ accountId: story.accountId }]);
  expect(JSON.stringify(seen)).not.toContain(story.owner.email);
});

test("each look is on the record, with the moment that was looked at", async () => {
  const { auditor, accountId, broadcastId } = story;
  await then("2026-03-02 10:08");
  const told = await lookAtTelling(acting(auditor, "2026-06-01 09:00"), {
    ...{ of: "account", id: accountId, broadcastId },
  });
  expect(told).toMatchObject({ told: { kind: "policy_change" } });
  expect(told.mails.map(({ subject }) => subject)).toContain("变更");
  const rows = await db
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.action, "evidence.looked_back"))
    .orderBy(auditEntries.seq);
  const look = { actorId: auditor.id, subjectType: "account", subjectId: accountId };
  expect(rows.slice(-2)).toMatchObject([
    { ...look, after: { at: beijing("2026-03-02 10:08").toISOString(), broadcastId: null } },
    { ...look, after: { broadcastId } },
  ]);
});

test("what was told to others, and who is nobody, is not found; who may not look is refused", async () => {
  const { auditor, broadcastId, owner } = story;
  const ctx = acting(auditor, "2026-06-01 09:00");
  const other = await givenAccount();
  await expect(
    lookAtTelling(ctx, { of: "account", id: other.id, broadcastId }),
  ).rejects.toMatchObject({ code: "not_found" });
  const nobody = { of: "person", id: crypto.randomUUID(), at: "2026-03-02T10:00" } as const;
  await expect(lookBack(ctx, nobody)).rejects.toMatchObject({ code: "not_found" });
  await expect(then("2026-03-02 10:00", owner)).rejects.toMatchObject({ code: "not_allowed" });
});
