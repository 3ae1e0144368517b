import { expect, test } from "vitest";

import { acting, beijing } from "@/tests/support/context";
import {
  givenInForce,
  givenMajorChange,
  givenSubmitted,
  MAJOR_CHANGE,
  versionNow,
} from "@/tests/support/policies";
import { recordOf } from "@/tests/support/record";

import { asJob } from "../context";
import { activateDueVersions } from "./activate";
import { draftVersion } from "./draft";
import { withdrawVersion } from "./withdraw";

const LATER = "2026-03-10 15:00";

test("a scheduled version is withdrawn with its reason and stays readable", async () => {
  const { next, approver } = await givenMajorChange();

  await withdrawVersion(acting(approver, LATER), {
    versionId: next.id,
    reason: " 接收方尚未签约。",
  });

  expect(await versionNow(next.id)).toMatchObject({
    status: "withdrawn",
    withdrawnAt: beijing(LATER),
    withdrawalReason: "接收方尚未签约。",
  });
  expect((await recordOf(next.id)).at(-1)).toBe("version.withdrawn");
});

test("what was withdrawn never comes into force, and makes room for the next", async () => {
  const { next, approver, author, documentId } = await givenMajorChange();
  await withdrawVersion(acting(approver, LATER), { versionId: next.id, reason: "推迟" });

  await activateDueVersions(asJob("activate-versions", beijing("2026-04-02 00:00")), {});

  expect((await versionNow(next.id)).status).toBe("withdrawn");
  await draftVersion(acting(author, LATER), { documentId, label: "2.1" });
});

test("withdrawing needs a reason", async () => {
  const { next, approver } = await givenMajorChange();

  await expect(
    withdrawVersion(acting(approver, LATER), { versionId: next.id, reason: "\n" }),
  ).rejects.toMatchObject({ fields: { reason: ["policies.errors.missing.reason"] } });
});

test("a second click finds it withdrawn", async () => {
  const { next, approver } = await givenMajorChange();
  await withdrawVersion(acting(approver, LATER), { versionId: next.id, reason: "推迟" });
  const record = await recordOf(next.id);

  const again = withdrawVersion(acting(approver, LATER), { versionId: next.id, reason: "再推迟" });

  await expect(again).rejects.toMatchObject({ messageKey: "policies.errors.movedOn" });
  expect(await recordOf(next.id)).toEqual(record);
});

test("neither what is in force nor what is in review is withdrawn", async () => {
  const desk = await givenInForce();
  const waiting = await givenSubmitted(desk, MAJOR_CHANGE);

  for (const { id } of [desk.first, waiting]) {
    await expect(
      withdrawVersion(acting(desk.approver, LATER), { versionId: id, reason: "不行" }),
    ).rejects.toMatchObject({ code: "conflict" });
  }
});

test("once its midnight has struck it is too late, even before the job has run", async () => {
  const { next, approver } = await givenMajorChange();

  const late = withdrawVersion(acting(approver, "2026-04-01 00:00"), {
    versionId: next.id,
    reason: "晚了",
  });

  await expect(late).rejects.toMatchObject({ messageKey: "policies.errors.alreadyEffective" });
});

test("only approvers withdraw", async () => {
  const { next, author } = await givenMajorChange();

  await expect(
    withdrawVersion(acting(author, LATER), { versionId: next.id, reason: "我改主意了" }),
  ).rejects.toMatchObject({ code: "not_allowed" });
});
