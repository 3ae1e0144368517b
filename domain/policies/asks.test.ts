import { and, eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";

import { db } from "@/db/client";
import { apps, askDeferrals, askTasks, askWaivers, broadcasts, deliveries } from "@/db/schema";
import type { AskState } from "@/db/vocabulary/policies";
import { findPopup } from "@/domain/inbox/popup";
import { remindUnacknowledged } from "@/jobs/due";
import { giveAnswer } from "@/tests/support/answers";
import { acting, beijing } from "@/tests/support/context";
import { givenContact } from "@/tests/support/notices";
import { givenAccount, givenMember, givenStaff } from "@/tests/support/people";
import {
  givenApproved,
  givenInForce,
  MAJOR_CHANGE,
  untilInForce,
  withdraw,
} from "@/tests/support/policies";
import { recordOf } from "@/tests/support/record";
import { resetDatabase } from "@/tests/support/reset-database";

import { listAccountAnswers } from "./account-answers";
import { listAskTasks, settleAskTask } from "./ask-tasks";
import { countCoverage, readCoverage } from "./coverage";
import { deferAnswer } from "./defer";
import { listOwnAccountsFor } from "./own-answers";
import { listOwnPolicies } from "./own-policies";
import { pendingAnswers } from "./pending-answers";
import { waiveAnswer } from "./waive";

beforeEach(resetDatabase);

const MINOR = { label: "2.1", effectiveDate: "2026-04-20", at: "2026-04-10 10:00", major: [] };
const NEXT_MAJOR = {
  ...{ label: "3.0", effectiveDate: "2026-06-01", at: "2026-05-02 10:00" },
  major: ["rights"] as const,
};
/** Before the day, after it, after a minor version, and after the next major one was announced. */
const [AHEAD, AFTER, OUTLIVED, COVERED] = [
  "2026-03-10 10:00",
  "2026-04-03 10:00",
  "2026-04-25 10:00",
  "2026-05-03 10:00",
] as const;

async function givenAsked() {
  const desk = await givenInForce();
  const account = await givenAccount({ productId: desk.productId });
  const owner = await givenMember(account.id, "owner");
  const major = await givenApproved(desk, MAJOR_CHANGE);
  return { desk, account, owner, major, accountId: account.id, versionId: major.id };
}
type Asked = Awaited<ReturnType<typeof givenAsked>>;

/** What every surface says of one account and one version; null where it does not name it. */
async function everywhere({ desk, account, owner, versionId }: Asked, at: string) {
  const [own, staff] = [acting(owner, at), acting(desk.author, at)];
  const support = acting(await givenStaff("support"), at);
  const ofVersion = <Row extends { versionId: string }>(rows: readonly Row[]) =>
    rows.find((row) => row.versionId === versionId);
  const coverage = await readCoverage(staff, { versionId });
  const [counted] = await countCoverage(staff, { versionIds: [versionId] });
  const totals = Object.entries(counted!.totals).filter(
    ([state, count]) => count > 0 && state !== "all" && state !== "unanswered",
  );
  return {
    answerPage: (await listOwnAccountsFor(own, { versionId })).accounts[0]!.state,
    home: ofVersion((await listOwnPolicies(own, {})).rows)?.state ?? null,
    board: coverage.rows[0]!.state,
    figures: totals.map(([state]) => state).join(),
    supportPage:
      ofVersion((await listAccountAnswers(support, { accountId: account.id })).rows)?.state ?? null,
    todo: ofVersion((await pendingAnswers(own, {})).rows)?.state ?? null,
    popup: (await findPopup(own, {})) !== null,
  };
}

/** Every surface says the same; to-do and popup press while something is to be done. */
async function expectState(
  asked: Asked,
  at: string,
  { state, presses = false }: { state: AskState; presses?: boolean },
) {
  const isOpen = ["waiting", "deferred", "overdue", "joined_later"].includes(state);
  const { home, popup, ...said } = await everywhere(asked, at);
  expect(said).toEqual({
    ...{ answerPage: state, board: state, figures: state, supportPage: state },
    todo: isOpen ? state : null,
  });
  if (home !== null) expect(home).toBe(state);
  if (isOpen) expect(home).toBe(state);
  expect(popup).toBe(presses);
}

test("P41: an unanswered major change lives: overdue after its day, outlived by a minor version, covered by the next major one, and back when that is withdrawn", async () => {
  const asked = await givenAsked();
  await expectState(asked, AHEAD, { state: "waiting", presses: true });
  await untilInForce(asked.major);
  await expectState(asked, AFTER, { state: "overdue", presses: true });

  const minor = await givenApproved(asked.desk, MINOR);
  await untilInForce(minor);
  await expectState(asked, OUTLIVED, { state: "overdue", presses: true });

  const next = await givenApproved(asked.desk, NEXT_MAJOR);
  await expectState(asked, COVERED, { state: "superseded", presses: true });
  expect((await pendingAnswers(acting(asked.owner, COVERED), {})).rows).toMatchObject([
    { versionId: next.id, state: "waiting" },
  ]);
  await withdraw(asked.desk, next, { at: "2026-05-04 10:00" });
  await expectState(asked, "2026-05-05 10:00", { state: "overdue", presses: true });
});

test("P41: what a minor version outlived is answered still, with its own text; what a later major one covers is not", async () => {
  const asked = await givenAsked();
  await untilInForce(asked.major);
  await untilInForce(await givenApproved(asked.desk, MINOR));
  const receipt = await giveAnswer(asked.owner, asked.major, {
    accountId: asked.accountId,
    at: OUTLIVED,
  });
  expect(receipt).toMatchObject({ versionId: asked.versionId, answer: "acknowledged" });
  await expectState(asked, OUTLIVED, { state: "acknowledged" });

  const other = await givenAsked();
  await untilInForce(other.major);
  await givenApproved(other.desk, NEXT_MAJOR);
  await expect(
    giveAnswer(other.owner, other.major, { accountId: other.accountId, at: COVERED }),
  ).rejects.toMatchObject({ messageKey: "policies.errors.notOpenForAnswers" });
});

test("P04: who disagreed stands so on every surface, ever after", async () => {
  const asked = await givenAsked();
  await giveAnswer(asked.owner, asked.major, { accountId: asked.accountId, answer: "disagreed" });
  await untilInForce(asked.major);
  await untilInForce(await givenApproved(asked.desk, MINOR));
  await expectState(asked, OUTLIVED, { state: "disagreed" });
  const { rows } = await listOwnPolicies(acting(asked.owner, OUTLIVED), {});
  expect(rows.map(({ label, state }) => [label, state])).toContainEqual(["2.0", "disagreed"]);
});

const defer = ({ owner, versionId, accountId }: Asked, until: string) =>
  deferAnswer(acting(owner, AHEAD), { versionId, accountId, until });

test("an answer put off presses no more until the chosen day, when who chose it is reminded once", async () => {
  const asked = await givenAsked();
  const colleague = await givenMember(asked.accountId, "legal");
  await defer(asked, "2026-03-20");
  await expectState(asked, AHEAD, { state: "deferred" });
  expect(await recordOf(asked.accountId)).toContain("ask.deferred");

  await remindUnacknowledged(beijing("2026-03-19 09:00"));
  expect(await reminded()).toEqual([]);
  for (const hour of ["09:00", "15:00"]) await remindUnacknowledged(beijing(`2026-03-20 ${hour}`));
  expect(await reminded()).toEqual([asked.owner.id]);
  await expectState(asked, "2026-03-20 10:00", { state: "waiting", presses: true });
  expect(colleague.id).not.toBe(asked.owner.id);
});

test("nobody puts off to a day that has come or to the effective date, nor may others than who binds", async () => {
  const asked = await givenAsked();
  for (const until of ["2026-03-10", "2026-04-01"])
    await expect(defer(asked, until)).rejects.toMatchObject({
      fields: { until: ["policies.errors.deferralDay"] },
    });
  const viewer = await givenMember(asked.accountId, "viewer");
  await expect(defer({ ...asked, owner: viewer }, "2026-03-20")).rejects.toMatchObject({
    code: "not_allowed",
  });
  expect(await db.$count(askDeferrals)).toBe(0);
});

/** The people of the reminders, in the order they were told. */
async function reminded(occasion?: "overdue"): Promise<string[]> {
  const rows = await db
    .select({ userId: deliveries.userId, facts: broadcasts.facts })
    .from(deliveries)
    .innerJoin(broadcasts, eq(broadcasts.id, deliveries.broadcastId))
    .where(and(eq(broadcasts.kind, "acknowledgement_reminder"), eq(deliveries.channel, "email")))
    .orderBy(broadcasts.startedAt);
  return rows
    .filter(({ facts }) => !occasion || (facts as { occasion?: string }).occasion === occasion)
    .map(({ userId }) => userId);
}

test("P41: after its day silence climbs its own ladder: who may answer, the second contacts, operations", async () => {
  const asked = await givenAsked();
  const member = await givenMember(asked.accountId, "member");
  const legal = await givenContact(asked.accountId, "legal");
  await untilInForce(asked.major);
  const on = (day: string) => remindUnacknowledged(beijing(`${day} 09:00`));

  await on("2026-04-02");
  expect(await reminded("overdue")).toEqual([asked.owner.id]);
  await on("2026-04-05");
  expect(await reminded("overdue")).toHaveLength(1);
  await on("2026-04-08");
  expect(new Set((await reminded("overdue")).slice(1))).toEqual(
    new Set([asked.owner.id, member.id, legal.id]),
  );
  expect(await db.$count(askTasks)).toBe(0);
  for (const day of ["2026-04-15", "2026-04-16"]) await on(day);
  expect(await reminded("overdue")).toHaveLength(7);
  const { rows } = await listAskTasks(acting(asked.desk.author, COVERED), {});
  expect(rows).toMatchObject([{ kind: "overdue", accountId: asked.accountId, label: "2.0" }]);

  await giveAnswer(asked.owner, asked.major, {
    accountId: asked.accountId,
    at: "2026-04-17 10:00",
  });
  expect((await listAskTasks(acting(asked.desk.author, COVERED), {})).rows).toEqual([]);
});

test("a waived answer asks, presses and reminds no more, says why, and may still be given", async () => {
  const asked = await givenAsked();
  const { versionId, accountId } = asked;
  const waive = (reason: string) =>
    waiveAnswer(acting(asked.desk.author, AHEAD), { versionId, accountId, reason });
  await expect(waive(" ")).rejects.toMatchObject({ fields: { reason: ["errors.field.required"] } });
  await waive("合同已终止");
  await expectState(asked, AHEAD, { state: "waived" });
  const { accounts } = await listOwnAccountsFor(acting(asked.owner, AHEAD), { versionId });
  expect(accounts).toMatchObject([{ waiverReason: "合同已终止" }]);
  await remindUnacknowledged(beijing("2026-03-25 09:00"));
  expect(await reminded()).toEqual([]);

  await expect(waive("再次")).rejects.toMatchObject({ code: "conflict" });
  await giveAnswer(asked.owner, asked.major, { accountId });
  await expectState(asked, AHEAD, { state: "acknowledged" });
});

test("P04: a disagreement is a task of operations, with the changes it is about; settled with a note, once", async () => {
  const asked = await givenAsked();
  await giveAnswer(asked.owner, asked.major, {
    ...{ accountId: asked.accountId, answer: "disagreed", changeNumbers: [1] },
  });
  const staff = acting(asked.desk.author, AHEAD);
  const [task] = (await listAskTasks(staff, {})).rows;
  expect(task).toMatchObject({ kind: "disagreed", changeNumbers: [1] });
  await settleAskTask(staff, { taskId: task!.id, note: "已通话，月底停用" });
  expect((await listAskTasks(staff, { shelf: "settled" })).rows).toMatchObject([
    { note: "已通话，月底停用", settledBy: asked.desk.author.name },
  ]);
  await expect(settleAskTask(staff, { taskId: task!.id, note: "再" })).rejects.toMatchObject({
    code: "conflict",
  });
  await expect(
    settleAskTask(acting(asked.owner, AHEAD), { taskId: task!.id, note: "我" }),
  ).rejects.toMatchObject({ code: "not_allowed" });
});

test("a number that the list of changes does not have is refused", async () => {
  const asked = await givenAsked();
  await expect(
    giveAnswer(asked.owner, asked.major, {
      ...{ accountId: asked.accountId, answer: "disagreed", changeNumbers: [2] },
    }),
  ).rejects.toMatchObject({ fields: { changeNumbers: ["errors.field.invalid"] } });
});

test("an account that came after the announcement stands so everywhere, and may answer", async () => {
  const asked = await givenAsked();
  await db.update(apps).set({ createdAt: beijing("2026-03-05 10:00") });
  await db.delete(deliveries);
  await expectState(asked, AHEAD, { state: "joined_later" });
  await giveAnswer(asked.owner, asked.major, { accountId: asked.accountId });
  await expectState(asked, AHEAD, { state: "acknowledged" });
});

test("neither a waiver nor a chosen day is changed or deleted", async () => {
  const asked = await givenAsked();
  await defer(asked, "2026-03-20");
  await waiveAnswer(acting(asked.desk.author, AHEAD), {
    ...{ versionId: asked.versionId, accountId: asked.accountId, reason: "合同已终止" },
  });
  for (const tried of [
    () => db.update(askWaivers).set({ reason: "别的" }),
    () => db.delete(askWaivers),
    () => db.update(askDeferrals).set({ until: "2026-03-30" }),
    () => db.delete(askDeferrals),
  ])
    await expect(tried()).rejects.toMatchObject({
      cause: { code: expect.stringMatching(/^(23001|42501)$/) },
    });
});
