import { expect, test } from "vitest";

import { acting } from "@/tests/support/context";
import {
  givenAffected,
  givenIncident,
  givenNotice,
  givenNoticeDesk,
  published,
} from "@/tests/support/notices";
import { givenAccount, givenStaff } from "@/tests/support/people";

import { listAccountIncidents } from "./list-account-incidents";

test("support sees the incidents an account was told of, and no draft", async () => {
  const desk = await givenNoticeDesk();
  const { account } = await givenAffected(desk.productId, {});
  const [told, draft] = [await givenIncident(desk), await givenIncident(desk)];
  await published(desk, await givenNotice(desk, { incidentId: told.id }), { typedPeople: 1 });
  await givenNotice(desk, { incidentId: draft.id });
  const ctx = acting(await givenStaff("support"), "2026-11-26 10:00");
  expect((await listAccountIncidents(ctx, { accountId: account.id })).rows).toMatchObject([
    { number: told.number, apps: 1, notices: 1, visibility: "affected" },
  ]);
  const { id } = await givenAccount();
  expect((await listAccountIncidents(ctx, { accountId: id })).rows).toEqual([]);
});
