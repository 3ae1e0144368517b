import { eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { appPlatforms, apps } from "@/db/schema";
import { acting } from "@/tests/support/context";
import { givenAccount, givenMember } from "@/tests/support/people";
import { givenApproved, givenDesk, givenInForce } from "@/tests/support/policies";
import {
  applePrivacyManifest,
  dataSafetyRows,
  kitHtml,
  kitMarkdown,
  kitWords,
} from "@/wording/policy-kit";

import { readPolicyKit } from "./policy-kit";

const AT = "2026-03-10 10:00";
const LISTED = `# 一、信息

| 信息 | 目的 | 平台 |
|---|---|---|
| **精确位置** | 发送位置消息 | Android |
| 崩溃日志 | 定位故障 <尽快> | |
| 设备标识 IDFV | 统计 | iOS |

| 权限 | 目的 | 平台 | 关闭之后 |
|---|---|---|---|
| 定位 | 发送位置 | Android | 不能发送位置。 |
`;

/** An app on Android of a product whose guide lists what it collects. */
async function givenListed() {
  const desk = await givenDesk();
  await givenApproved(desk, { text: LISTED });
  const account = await givenAccount({ productId: desk.productId });
  const owner = await givenMember(account.id, "owner");
  const [app] = await db.select().from(apps).where(eq(apps.accountId, account.id));
  await db.delete(appPlatforms).where(eq(appPlatforms.appId, app!.id));
  await db
    .insert(appPlatforms)
    .values({ appId: app!.id, platform: "android", sdkVersion: "8.0.0" });
  return { ...desk, owner, appId: app!.id };
}

test("P40: the kit of an app has the clause and the table of its own platforms, in every form", async () => {
  const { owner, appId, slug } = await givenListed();
  const kit = await readPolicyKit(acting(owner, AT), { appId, locale: "zh-CN" });
  expect(kit.information.map(({ name }) => name)).toEqual(["精确位置", "崩溃日志"]);
  const words = kitWords(kit, { vendor: "云启科技", address: `https://example/${slug}` });

  const markdown = kitMarkdown(words);
  expect(markdown).toContain("它收集以下个人信息：精确位置、崩溃日志。");
  expect(markdown).toContain("其中属于敏感个人信息的有：精确位置。");
  expect(markdown).toMatch(/\| 精确位置 \| 发送位置消息 \|/);
  expect(kitHtml(words)).toContain("<td>定位故障 &lt;尽快&gt;</td>");
  expect(
    dataSafetyRows(kit)
      .slice(1)
      .map(([, type]) => type),
  ).toEqual(["Precise location", "Crash logs"]);
  const apple = applePrivacyManifest(kit);
  expect(apple).toContain("NSPrivacyCollectedDataTypePreciseLocation");
  expect(apple).not.toContain("NSPrivacyCollectedDataTypeDeviceID");
});

test("P52: the clause says what stops when a permission is closed", async () => {
  const { owner, appId } = await givenListed();
  const kit = await readPolicyKit(acting(owner, AT), { appId, locale: "zh-CN" });
  const { clause } = kitWords(kit, { vendor: "云启科技", address: "https://example" });
  expect(clause.join()).toContain("关闭“定位”权限之后：不能发送位置。");
});

test("somebody else's app, and a product whose guide lists nothing, have no kit", async () => {
  const { appId, productId } = await givenListed();
  const stranger = await givenMember((await givenAccount({ productId })).id, "owner");
  await expect(
    readPolicyKit(acting(stranger, AT), { appId, locale: "zh-CN" }),
  ).rejects.toMatchObject({ code: "not_found" });

  const bare = await givenInForce();
  const account = await givenAccount({ productId: bare.productId });
  const owner = await givenMember(account.id, "owner");
  const [app] = await db.select().from(apps).where(eq(apps.accountId, account.id));
  await expect(
    readPolicyKit(acting(owner, AT), { appId: app!.id, locale: "zh-CN" }),
  ).rejects.toMatchObject({ code: "not_found" });
});
