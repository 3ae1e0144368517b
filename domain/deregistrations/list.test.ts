import { expect, test } from "vitest";

import { acting } from "@/tests/support/context";
import { carryOut, givenCoolingOff, givenSmallAccount } from "@/tests/support/deregistration";
import { givenStaff } from "@/tests/support/people";

import { findDeregistration } from "./find";
import { countDeregistrations, listDeregistrations } from "./list";

test("the desk finds a deregistration by its shelf, number or UIN, and what is still held of it", async () => {
  const { account, owner } = await givenSmallAccount();
  const { id, number } = await givenCoolingOff(account, owner);
  const ctx = acting(await givenStaff("auditor"), "2026-11-03 10:00");

  for (const text of [number, account.uin, undefined])
    expect((await listDeregistrations(ctx, { view: "open", text })).rows).toHaveLength(1);
  expect((await listDeregistrations(ctx, { view: "completed" })).rows).toEqual([]);
  expect(await countDeregistrations(ctx, {})).toEqual({
    ...{ open: 1, completed: 0, cancelled: 0, all: 1 },
  });

  await carryOut(id);
  expect(await findDeregistration(ctx, { number })).toMatchObject({
    status: "completed",
    addressesHeld: 1,
  });
});
