import { expect, test } from "vitest";

import { acting } from "@/tests/support/context";
import { giveAnswer } from "@/tests/support/answers";
import { givenAccount, givenMember, givenStaff } from "@/tests/support/people";
import { givenApproved, givenInForce, MAJOR_CHANGE, untilInForce } from "@/tests/support/policies";

import { listUnconsented } from "./list-unconsented";

test("P07: on the day a version takes effect its report names who had not consented anew by then, and who did so since", async () => {
  const desk = await givenInForce();
  const accounts = [];
  for (const name of ["甲", "乙", "丙"]) {
    const account = await givenAccount({ productId: desk.productId, name });
    accounts.push({ ...account, owner: await givenMember(account.id, "owner") });
  }
  const [first, second, third] = accounts;
  const next = await givenApproved(desk, { ...MAJOR_CHANGE, needsConsent: true });
  const ctx = acting(await givenStaff("support"), "2026-04-02 10:00");
  const names = async () => {
    const { version, rows } = await listUnconsented(ctx, { versionId: next.id });
    expect(version.accounts).toBe(rows.length);
    return rows.map(({ name, answer }) => [name, answer]).toSorted();
  };
  const answer = (who: typeof first, given: "acknowledged" | "disagreed", at: string) =>
    giveAnswer(who!.owner, next, { accountId: who!.id, answer: given, at });

  expect(await names()).toEqual(
    [
      ["丙", null],
      ["乙", null],
      ["甲", null],
    ].toSorted(),
  );
  await answer(first, "acknowledged", "2026-03-10 10:00");
  await answer(second, "disagreed", "2026-03-10 10:00");
  await untilInForce(next);
  await answer(third, "acknowledged", "2026-04-01 09:00");
  expect(await names()).toEqual(
    [
      ["丙", "acknowledged"],
      ["乙", "disagreed"],
    ].toSorted(),
  );
});

test("a version that asks for no consent has no such report, and who may not read answers is refused", async () => {
  const desk = await givenInForce();
  const ctx = acting(await givenStaff("support"), "2026-04-02 10:00");
  await expect(listUnconsented(ctx, { versionId: desk.first.id })).rejects.toMatchObject({
    code: "not_found",
  });
  const handler = acting(await givenStaff("handler"), "2026-04-02 10:00");
  await expect(listUnconsented(handler, { versionId: desk.first.id })).rejects.toMatchObject({
    code: "not_allowed",
  });
});
