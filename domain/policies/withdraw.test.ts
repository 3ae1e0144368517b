import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { broadcasts, deliveries } from "@/db/schema";
import { acting, beijing } from "@/tests/support/context";
import { freezeAll, mailsOf, sendNextBatch } from "@/tests/support/broadcasts";
import { givenAccount, givenMember, givenStaff } from "@/tests/support/people";
import {
  givenInForce,
  givenApproved,
  givenSubmitted,
  MAJOR_CHANGE,
  versionNow,
  withdraw,
} from "@/tests/support/policies";
import { recordOf } from "@/tests/support/record";

import { findAnnouncement } from "../broadcasts/find-announcement";
import { findBroadcast } from "../broadcasts/find";
import { findWithdrawals, refuseWithdrawal } from "../broadcasts/withdrawals";
import { ANONYMOUS, asJob, type Person } from "../context";
import { countUnread, listInbox } from "../inbox/list";
import { activateDueVersions } from "./activate";
import { draftVersion } from "./draft";
import { proposeVersionWithdrawal, withdrawVersion } from "./withdraw";

const LATER = "2026-03-10 15:00";
const reason = " 接收方尚未签约。\n";

/** A major change that three people of two accounts were told of. */
async function givenTold() {
  const desk = await givenInForce();
  const [one, other] = [
    await givenAccount({ productId: desk.productId }),
    await givenAccount({ productId: desk.productId }),
  ];
  const people = [
    await givenMember(one.id, "owner"),
    await givenMember(one.id, "viewer"),
    await givenMember(other.id, "owner"),
  ];
  const next = await givenApproved(desk, MAJOR_CHANGE);
  return { ...desk, next, account: one, people };
}

async function broadcastOf(subjectId: string, kind: "policy_change" | "withdrawal") {
  const [row] = await db
    .select()
    .from(broadcasts)
    .where(and(eq(broadcasts.subjectId, subjectId), eq(broadcasts.kind, kind)));
  return row!;
}

async function deliveriesOf(broadcastId: string) {
  const rows = await db
    .select({ userId: deliveries.userId, channel: deliveries.channel })
    .from(deliveries)
    .where(eq(deliveries.broadcastId, broadcastId));
  return rows.map(({ userId, channel }) => `${userId} ${channel}`).toSorted();
}

const inboxOf = async (person: Person) => (await listInbox(acting(person, LATER), {})).rows;

test("exactly the people who were told are told once that it is withdrawn, by mail and in-site message, with the reason", async () => {
  const told = await givenTold();
  const { next, people } = told;
  const first = await broadcastOf(next.id, "policy_change");
  await freezeAll(beijing("2026-03-02 10:05"));
  await sendNextBatch(beijing("2026-03-02 10:05"));
  // Somebody who joins meanwhile was never told of it.
  await givenMember(told.account.id, "member");

  const outcome = await withdraw(told, next, { at: LATER, reason });

  const second = await broadcastOf(next.id, "withdrawal");
  expect(outcome).toMatchObject({ broadcastId: second.id, people: people.length });
  expect(await deliveriesOf(second.id)).toEqual(await deliveriesOf(first.id));
  expect(second.facts).toMatchObject({
    reason: "接收方尚未签约。",
    announcementId: first.id,
    what: { kind: "version", label: "2.0", staysLabel: "1.0" },
  });
  expect(await versionNow(next.id)).toMatchObject({
    status: "withdrawn",
    withdrawnAt: beijing(LATER),
    withdrawalReason: "接收方尚未签约。",
  });
});

test("the old message says that it is withdrawn, and only the new one asks to be read", async () => {
  const told = await givenTold();
  const [owner] = told.people;
  await withdraw(told, told.next, { at: LATER });

  const messages = await inboxOf(owner!);
  expect(messages.map((one) => [one.told.kind, one.withdrawnAt])).toEqual([
    ["withdrawal", null],
    ["policy_change", beijing(LATER)],
  ]);
  expect(await countUnread(acting(owner!, LATER), {})).toBe(1);
  const { rows } = await listInbox(acting(owner!, LATER), { show: "unread" });
  expect(rows.map((one) => one.told.kind)).toEqual(["withdrawal"]);

  const first = await broadcastOf(told.next.id, "policy_change");
  const second = await broadcastOf(told.next.id, "withdrawal");
  const reader = { actor: ANONYMOUS, now: beijing(LATER) };
  expect(await findAnnouncement(reader, { id: first.id })).toMatchObject({
    withdrawnAt: beijing(LATER),
    withdrawalId: second.id,
  });
  expect(await findBroadcast(acting(told.author, LATER), { id: first.id })).toMatchObject({
    withdrawal: { isItself: false, otherId: second.id },
  });
  expect(await findBroadcast(acting(told.author, LATER), { id: second.id })).toMatchObject({
    withdrawal: { isItself: true, otherId: first.id },
  });
});

test("a mail of it that has not left never leaves, and whoever got none by mail gets none of the withdrawal", async () => {
  const told = await givenTold();
  const first = await broadcastOf(told.next.id, "policy_change");

  await withdraw(told, told.next, { at: LATER });

  expect(await mailsOf(first.id)).toEqual({ cancelled: 3 });
  const second = await broadcastOf(told.next.id, "withdrawal");
  expect(await mailsOf(second.id)).toEqual({});
  expect(await deliveriesOf(second.id)).toHaveLength(3);
});

test("nobody withdraws alone: whoever proposed it does not agree to it", async () => {
  const { next, approver } = await givenTold();
  const second = await givenStaff("approver");
  await proposeVersionWithdrawal(acting(approver, LATER), { versionId: next.id, reason });

  await expect(
    withdrawVersion(acting(approver, LATER), { versionId: next.id }),
  ).rejects.toMatchObject({ messageKey: "broadcasts.errors.ownWithdrawal" });

  expect((await versionNow(next.id)).status).toBe("scheduled");
  await withdrawVersion(acting(second, LATER), { versionId: next.id });
  expect((await recordOf(next.id)).slice(-2)).toEqual([
    "version.withdrawal_proposed",
    "version.withdrawn",
  ]);
});

test("without a proposal there is nothing to agree to", async () => {
  const { next, approver } = await givenTold();

  await expect(
    withdrawVersion(acting(approver, LATER), { versionId: next.id }),
  ).rejects.toMatchObject({ messageKey: "broadcasts.errors.noWithdrawal" });
});

test("a second person may refuse with a reason, the proposer may take it back, and all stays on record", async () => {
  const { next, author, approver } = await givenTold();
  const propose = (at = LATER) =>
    proposeVersionWithdrawal(acting(author, at), { versionId: next.id, reason });
  await propose();
  await expect(propose()).rejects.toMatchObject({
    messageKey: "broadcasts.errors.withdrawalWaits",
  });

  await expect(
    refuseWithdrawal(acting(approver, LATER), { subjectId: next.id, reason: "" }),
  ).rejects.toMatchObject({ fields: { reason: ["broadcasts.errors.refusalReason"] } });
  await refuseWithdrawal(acting(approver, LATER), { subjectId: next.id, reason: "按期生效" });
  await propose("2026-03-10 15:01");
  await refuseWithdrawal(acting(author, "2026-03-10 15:02"), { subjectId: next.id, reason: "" });

  const { withdrawals, told } = await findWithdrawals(acting(author, LATER), {
    subjectId: next.id,
  });
  expect(told).toBe(3);
  expect(withdrawals).toMatchObject([
    { decision: "rejected", deciderName: approver.name, decisionReason: "按期生效" },
    { decision: "rejected", deciderName: author.name, decisionReason: null },
  ]);
  expect((await versionNow(next.id)).status).toBe("scheduled");
});

test("what was withdrawn never comes into force, and makes room for the next", async () => {
  const told = await givenTold();
  await withdraw(told, told.next);

  await activateDueVersions(asJob("activate-versions", beijing("2026-04-02 00:00")), {});

  expect((await versionNow(told.next.id)).status).toBe("withdrawn");
  await draftVersion(acting(told.author, LATER), { documentId: told.documentId, label: "2.1" });
});

test("withdrawing needs a reason", async () => {
  const { next, approver } = await givenTold();

  await expect(
    proposeVersionWithdrawal(acting(approver, LATER), { versionId: next.id, reason: "\n" }),
  ).rejects.toMatchObject({ fields: { reason: ["broadcasts.errors.withdrawalReason"] } });
});

test("a second click finds it withdrawn, and nobody is told twice", async () => {
  const told = await givenTold();
  await withdraw(told, told.next, { at: LATER });
  const record = await recordOf(told.next.id);

  const again = withdrawVersion(acting(told.approver, LATER), { versionId: told.next.id });

  await expect(again).rejects.toMatchObject({ messageKey: "policies.errors.movedOn" });
  expect(await recordOf(told.next.id)).toEqual(record);
});

test("neither what is in force nor what is in review is withdrawn", async () => {
  const desk = await givenInForce();
  const waiting = await givenSubmitted(desk, MAJOR_CHANGE);

  for (const version of [desk.first, waiting])
    await expect(withdraw(desk, version, { at: LATER })).rejects.toMatchObject({
      code: "conflict",
    });
});

test("once its midnight has struck it is too late, even before the job has run", async () => {
  const told = await givenTold();
  await proposeVersionWithdrawal(acting(told.author, LATER), { versionId: told.next.id, reason });

  const late = withdrawVersion(acting(told.approver, "2026-04-01 00:00"), {
    versionId: told.next.id,
  });

  await expect(late).rejects.toMatchObject({ messageKey: "policies.errors.alreadyEffective" });
});

test("only approvers agree to it, and only authors and approvers propose it", async () => {
  const { next, author } = await givenTold();
  const auditor = await givenStaff("auditor");

  for (const refused of [
    withdrawVersion(acting(author, LATER), { versionId: next.id }),
    proposeVersionWithdrawal(acting(auditor, LATER), { versionId: next.id, reason }),
  ])
    await expect(refused).rejects.toMatchObject({ code: "not_allowed" });
});
