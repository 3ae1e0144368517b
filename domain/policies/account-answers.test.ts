import { expect, test } from "vitest";

import { NotAllowed } from "@/domain/errors";
import { giveAnswer } from "@/tests/support/answers";
import { acting } from "@/tests/support/context";
import { givenAccount, givenMember, givenStaff } from "@/tests/support/people";
import { givenMajorChange } from "@/tests/support/policies";

import { listAccountAnswers } from "./account-answers";

test("support sees which change an account has answered, how and by whom, and which it has not", async () => {
  const { productId, next } = await givenMajorChange();
  const [answered, silent, stranger] = [
    await givenAccount({ productId }),
    await givenAccount({ productId }),
    await givenAccount(),
  ];
  const owner = await givenMember(answered.id, "owner");
  const { receiptNumber } = await giveAnswer(owner, next, { accountId: answered.id });
  const of = async (accountId: string) =>
    (
      await listAccountAnswers(acting(await givenStaff("support"), "2026-03-10 10:00"), {
        accountId,
      })
    ).rows;

  expect(await of(answered.id)).toMatchObject([
    {
      versionId: next.id,
      label: "2.0",
      answer: "acknowledged",
      personName: owner.name,
      memberRole: "owner",
      receiptNumber,
    },
  ]);
  expect(await of(silent.id)).toMatchObject([
    { versionId: next.id, answer: null, personName: null },
  ]);
  expect(await of(stranger.id)).toEqual([]);
});

test("handlers have no part in it", async () => {
  const ctx = acting(await givenStaff("handler"), "2026-03-10 10:00");
  const { id: accountId } = await givenAccount();
  await expect(listAccountAnswers(ctx, { accountId })).rejects.toBeInstanceOf(NotAllowed);
});
