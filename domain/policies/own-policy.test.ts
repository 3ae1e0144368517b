import { eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { apps } from "@/db/schema";
import { acting } from "@/tests/support/context";
import { affecting, givenListed } from "@/tests/support/own-policy";
import { givenAccount, givenMember, givenStaff } from "@/tests/support/people";
import { untilInForce } from "@/tests/support/policies";
import { recordOf } from "@/tests/support/record";
import { compareTexts } from "@/text/offload";
import { kitMarkdown, kitWords } from "@/wording/policy-kit";

import {
  countOwnPolicies,
  listOwnPolicyTasks,
  readOwnPolicy,
  readOwnPolicyAddress,
} from "./own-policy";
import { readPolicyKit } from "./policy-kit";
import { stateOwnPolicy } from "./state-own-policy";
import { takeKit } from "./take-kit";

const AT = "2026-03-02 10:00";
const LATER = "2026-04-02 10:00";

const textOf = async (owner: Parameters<typeof acting>[0], appId: string, at: string) =>
  kitMarkdown(
    kitWords(await readPolicyKit(acting(owner, at), { appId, locale: "zh-CN" }), {
      ...{ vendor: "云启科技", address: "https://notices.example" },
    }),
  );

test("P40: the text is taken, changed by a version, shown against what was taken, and taken again", async () => {
  const desk = await givenListed();
  const { owner, appId } = desk;
  const take = async (at: string) =>
    takeKit(acting(owner, at), { appId, locale: "zh-CN", text: await textOf(owner, appId, at) });
  await take(AT);
  await take(AT);
  expect(await recordOf(appId)).toEqual(["app.kit_taken"]);

  await untilInForce(await affecting(desk));
  const now = await textOf(owner, appId, LATER);
  const { taken } = await readOwnPolicy(acting(owner, LATER), { appId, locale: "zh-CN" });
  expect(taken?.take.text).not.toBe(now);
  const { entries } = await compareTexts(taken?.take.text ?? "", now);
  const changed = entries.filter(({ kind }) => kind !== "unchanged");
  expect(JSON.stringify(changed)).toContain("通讯录");
  await take(LATER);
  const again = await readOwnPolicy(acting(owner, LATER), { appId, locale: "zh-CN" });
  expect(again.taken?.take.text).toBe(now);
  expect(await recordOf(appId)).toEqual(["app.kit_taken", "app.kit_taken"]);
});

test("P34 P40: a change that affects end users asks each app's own policy, until an address or a day is given; operations see how many", async () => {
  const desk = await givenListed();
  const { owner, appId, account } = desk;
  const ctx = acting(owner, AT);
  expect(await listOwnPolicyTasks(ctx, {})).toEqual([]);
  const next = await affecting(desk);
  const support = acting(await givenStaff("support"), AT);
  const count = () => countOwnPolicies(support, { versionId: next.id });

  expect(await listOwnPolicyTasks(ctx, {})).toMatchObject([
    { accountId: account.id, versionId: next.id, label: "2.0", count: 1, appId },
  ]);
  expect(await count()).toEqual({ apps: 1, updated: 0 });
  const viewer = acting(await givenMember(account.id, "viewer"), AT);
  expect(await listOwnPolicyTasks(viewer, {})).toEqual([]);
  const state = (said: Partial<Parameters<typeof stateOwnPolicy>[1]>, by = ctx) =>
    stateOwnPolicy(by, { appId, versionId: next.id, ...said });
  await expect(state({})).rejects.toMatchObject({ code: "invalid" });
  await expect(state({ url: "javascript:alert(1)" })).rejects.toMatchObject({ code: "invalid" });
  await expect(state({ updatedOn: "2026-03-03" })).rejects.toMatchObject({ code: "invalid" });
  await expect(state({ updatedOn: "2026-03-02" }, viewer)).rejects.toMatchObject({
    code: "not_allowed",
  });
  const stranger = acting(await givenMember((await givenAccount({})).id, "owner"), AT);
  await expect(state({ updatedOn: "2026-03-02" }, stranger)).rejects.toMatchObject({
    code: "not_found",
  });

  const address = (by = ctx) => readOwnPolicyAddress(by, { appId });
  expect(await address()).toBeNull();
  await expect(address(stranger)).rejects.toMatchObject({ code: "not_found" });
  await state({ url: "https://app.example/privacy" });
  expect(await address()).toBe("https://app.example/privacy");
  expect(await listOwnPolicyTasks(ctx, {})).toEqual([]);
  expect(await count()).toEqual({ apps: 1, updated: 1 });
  const own = await readOwnPolicy(ctx, { appId, locale: "zh-CN" });
  expect(own).toMatchObject({
    ...{ open: [] },
    updates: [{ update: { url: "https://app.example/privacy", updatedOn: null } }],
  });
  expect(await recordOf(appId)).toContain("app.own_policy_updated");
});

test("an app that came after the announcement is not asked about it", async () => {
  const desk = await givenListed();
  const next = await affecting(desk);
  await db
    .update(apps)
    .set({ createdAt: new Date("2026-03-05") })
    .where(eq(apps.id, desk.appId));
  expect(await listOwnPolicyTasks(acting(desk.owner, "2026-03-06 10:00"), {})).toEqual([]);
  const support = acting(await givenStaff("support"), AT);
  expect(await countOwnPolicies(support, { versionId: next.id })).toEqual({ apps: 0, updated: 0 });
});
