import { expect, test } from "vitest";

import { giveAnswer } from "@/tests/support/answers";
import { acting } from "@/tests/support/context";
import { givenAccount, givenMember } from "@/tests/support/people";
import {
  givenApproved,
  givenDesk,
  givenInForce,
  givenMajorChange,
  MAJOR_CHANGE,
  untilInForce,
  withdraw,
} from "@/tests/support/policies";

import { pendingAnswers } from "./pending-answers";

const MORNING = "2026-03-03 10:00";

test("P39, P41: an announced major change waits for the account's answer, with its effective date", async () => {
  const { next, productId, slug } = await givenMajorChange();
  const account = await givenAccount({ productId });
  const viewer = await givenMember(account.id, "viewer");

  expect((await pendingAnswers(acting(viewer, MORNING), {})).rows).toEqual([
    expect.objectContaining({
      versionId: next.id,
      slug,
      label: "2.0",
      status: "scheduled",
      effectiveAt: next.effectiveAt,
      accountId: account.id,
      role: "viewer",
    }),
  ]);
});

test("it goes on waiting after its day, and ends with any answer", async () => {
  const { next, productId } = await givenMajorChange();
  const account = await givenAccount({ productId });
  const owner = await givenMember(account.id, "owner");
  await untilInForce(next);
  expect((await pendingAnswers(acting(owner, "2026-04-02 10:00"), {})).rows).toMatchObject([
    { versionId: next.id, status: "in_force" },
  ]);

  await giveAnswer(owner, next, { accountId: account.id, answer: "disagreed" });

  expect((await pendingAnswers(acting(owner, "2026-04-02 10:00"), {})).rows).toEqual([]);
});

test("each account of a person answers for itself", async () => {
  const { next, productId } = await givenMajorChange();
  const [one, two] = [await givenAccount({ productId }), await givenAccount({ productId })];
  const owner = await givenMember(one.id, "owner");
  const ofBoth = await givenMember(two.id, "legal", { also: owner });

  await giveAnswer(ofBoth, next, { accountId: one.id });

  const pending = await pendingAnswers(acting(ofBoth, MORNING), {});
  expect(pending.count).toBe(1);
  expect(pending.rows.map(({ accountId }) => accountId)).toEqual([two.id]);
});

test("neither an ordinary change nor a first version asks for an answer", async () => {
  const first = await givenDesk();
  await givenApproved(first, { major: ["rights"] });
  const desk = await givenInForce();
  await givenApproved(desk, { ...MAJOR_CHANGE, major: [] });

  for (const { productId } of [first, desk]) {
    const account = await givenAccount({ productId });
    const owner = await givenMember(account.id, "owner");
    expect((await pendingAnswers(acting(owner, MORNING), {})).rows).toEqual([]);
  }
});

test("what was withdrawn asks nobody any more", async () => {
  const { next, productId, ...desk } = await givenMajorChange();
  const account = await givenAccount({ productId });
  const owner = await givenMember(account.id, "owner");

  await withdraw(desk, next);

  expect((await pendingAnswers(acting(owner, MORNING), {})).rows).toEqual([]);
});

test("an account of another product, or none, is asked nothing", async () => {
  await givenMajorChange();
  const account = await givenAccount();
  const owner = await givenMember(account.id, "owner");

  expect((await pendingAnswers(acting(owner, MORNING), {})).rows).toEqual([]);
});
