import { expect, test } from "vitest";

import { db } from "@/db/client";
import { stopGuides } from "@/db/schema";
import { STOP_PLACES } from "@/db/vocabulary/accounts";
import { acting } from "@/tests/support/context";
import { giveAnswer } from "@/tests/support/answers";
import { givenAccount, givenMember } from "@/tests/support/people";
import { givenApproved, givenInForce, MAJOR_CHANGE } from "@/tests/support/policies";
import { recordOf } from "@/tests/support/record";

import { findReceipt, listOwnAccountsFor } from "./own-answers";
import { listOwnPolicies } from "./own-policies";
import { saveStopGuide } from "./save-stop-guide";
import { readStopGuide } from "./stop-guide";

const AT = "2026-03-03 09:00";
const way = (zh: string, en = "") => ({ "zh-CN": zh, en });

test("P30: how to stop is the vendor's own words, platform by platform, kept on record; without any there are none", async () => {
  const { productId, documentId, author, approver } = await givenInForce();
  const save = (ways: Parameters<typeof saveStopGuide>[1]["ways"]) =>
    saveStopGuide(acting(author, AT), { documentId, ways });
  const read = () => readStopGuide(acting(approver, AT), { productId });
  expect(await read()).toEqual([]);

  await save({
    api: way("停止调用"),
    unity: way(""),
    android: way(" YQIM.shutdown() ", "Call it"),
  });
  expect(await read()).toEqual([
    { place: "android", text: { "zh-CN": "YQIM.shutdown()", en: "Call it" } },
    { place: "api", text: { "zh-CN": "停止调用" } },
  ]);
  await save({ api: way("停止调用"), android: way("YQIM.shutdown()", "Call it") });
  expect(await recordOf(productId)).toEqual(["product.stop_guide_saved"]);

  await save({});
  expect(await read()).toEqual([]);
  await expect(save({ ios: way(" ", "Call it") })).rejects.toMatchObject({
    fields: { "ways.ios.zh-CN": ["errors.field.required"] },
  });
  await expect(saveStopGuide(acting(approver, AT), { documentId, ways: {} })).rejects.toMatchObject(
    { code: "not_allowed" },
  );
});

test("the database keeps one way for each platform of a product", async () => {
  const { productId } = await givenInForce();
  const rows = STOP_PLACES.map((place) => ({ productId, place, textZh: "停" }));
  await db.insert(stopGuides).values(rows);
  await expect(db.insert(stopGuides).values(rows.slice(0, 1))).rejects.toThrow();
});

test("P04: a disagreement leads on to the vendor's ways to stop, and shows at the version that is to come", async () => {
  const desk = await givenInForce();
  const account = await givenAccount({ productId: desk.productId });
  const owner = await givenMember(account.id, "owner");
  const next = await givenApproved(desk, MAJOR_CHANGE);
  await saveStopGuide(acting(desk.author, AT), {
    documentId: desk.documentId,
    ways: { web: way("client.destroy()") },
  });
  const ctx = acting(owner, "2026-03-03 11:00");
  const stop = async ({ productId }: { productId: string }) => readStopGuide(ctx, { productId });
  const ways = [{ place: "web", text: { "zh-CN": "client.destroy()" } }];
  expect(await stop(await listOwnAccountsFor(ctx, { versionId: next.id }))).toEqual(ways);

  const { receiptNumber } = await giveAnswer(owner, next, {
    accountId: account.id,
    answer: "disagreed",
  });
  expect(await stop(await findReceipt(ctx, { receiptNumber }))).toEqual(ways);
  expect((await listOwnPolicies(ctx, {})).rows).toMatchObject([
    { status: "in_force", answer: null },
    { status: "scheduled", answer: "disagreed", personName: owner.name },
  ]);
});
