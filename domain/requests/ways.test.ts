import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";

import { db } from "@/db/client";
import { apps, requestWays } from "@/db/schema";
import { RIGHT_ROOMS } from "@/db/vocabulary/requests";
import { acting } from "@/tests/support/context";
import { givenAccount, givenMember, givenProduct, givenStaff } from "@/tests/support/people";
import { recordOf } from "@/tests/support/record";

import { Invalid, NotAllowed, NotFound } from "../errors";
import { typeChoices } from "./filing-steps";
import { RIGHTS } from "./rights";
import { saveStep } from "./save-step";
import { removeWay, saveWay } from "./save-way";
import { startDraft } from "./start-draft";
import { listWays, readWays, waysOn } from "./ways";

const AT = "2026-03-04 09:00";
const handler = await givenStaff("handler");
const at = (person = handler) => acting(person, AT);

type Wish = Parameters<typeof saveWay>[1];
const way = (wish: Partial<Wish> = {}): Wish => ({
  ...{ type: "delete", reader: "end_user", place: null, url: null },
  text: { "zh-CN": "在应用的设置里删除。", en: "" },
  ...wish,
});
const said = (zh: string) => ({ text: { "zh-CN": zh, en: "" } });

beforeEach(async () => void (await db.delete(requestWays)));

describe("P24: ways are the vendor's data, kept at the desk", () => {
  test("one is written, changed and taken off, each time on the record", async () => {
    await saveWay(at(), way({ url: "https://console.yunqiao.example/users" }));
    const [written] = await listWays(at(), {});
    expect(written).toMatchObject({ type: "delete", url: "https://console.yunqiao.example/users" });
    const wayId = written!.id;

    await saveWay(at(), { ...way({ place: "ios" }), wayId });
    await saveWay(at(), { ...way({ place: "ios" }), wayId });
    expect(await listWays(at(), {})).toMatchObject([{ id: wayId, place: "ios", url: null }]);
    await removeWay(at(), { wayId });
    await removeWay(at(), { wayId });
    expect(await listWays(at(), {})).toEqual([]);
    expect(await recordOf(wayId)).toEqual(["way.saved", "way.saved", "way.removed"]);
    await expect(saveWay(at(), { ...way(), wayId })).rejects.toBeInstanceOf(NotFound);
  });

  test.each([
    ["http://console.yunqiao.example", "plain"],
    ["javascript:alert(1)", "a script"],
    ["https://", "no host"],
  ])("%s is no address (%s)", async (url) => {
    await expect(saveWay(at(), way({ url }))).rejects.toMatchObject({
      fields: { url: ["requests.errors.wayAddress"] },
    });
  });

  test("the words are asked for; only handlers write, and an auditor reads", async () => {
    await expect(saveWay(at(), way(said(" ")))).rejects.toBeInstanceOf(Invalid);
    const auditor = await givenStaff("auditor");
    await expect(saveWay(at(auditor), way())).rejects.toBeInstanceOf(NotAllowed);
    expect(await listWays(at(auditor), {})).toEqual([]);
    const approver = await givenStaff("approver");
    await expect(listWays(at(approver), {})).rejects.toBeInstanceOf(NotAllowed);
  });

  test("the database itself keeps addresses safe", async () => {
    const row = {
      type: "delete",
      reader: "developer",
      textZh: "x",
      createdAt: new Date(),
    } as const;
    await expect(
      db.insert(requestWays).values({ ...row, url: "http://console.yunqiao.example" }),
    ).rejects.toThrow();
  });
});

describe("P24: who fills in a form sees the ways of its type, of their part and of their platform", () => {
  test("an end user reads those for end users, all platforms until one is named", async () => {
    await saveWay(at(), way(said("各平台")));
    await saveWay(at(), way({ ...said("安卓"), place: "android" }));
    await saveWay(at(), way({ ...said("苹果"), place: "ios" }));
    await saveWay(at(), way({ ...said("开发者"), reader: "developer" }));
    await saveWay(at(), way({ ...said("更正"), type: "correct" }));
    const person = await givenStaff();
    const { draftId } = await startDraft(at(person), { capacity: "end_user" });
    await saveStep(at(person), { draftId, answer: { step: "type", type: "delete" } });
    const texts = async (on: "ios" | null) =>
      (await readWays(at(person), { draftId, on })).ways.map(({ text }) => text["zh-CN"]);

    expect(await texts(null)).toEqual(["各平台", "安卓", "苹果"]);
    expect(await texts("ios")).toEqual(["各平台", "苹果"]);
    expect(await readWays(at(person), { draftId })).toMatchObject({ places: ["android", "ios"] });
    await expect(readWays(at(await givenStaff()), { draftId })).rejects.toBeInstanceOf(NotFound);
  });

  test("a developer reads those of the platforms of the chosen app", async () => {
    await saveWay(at(), way({ ...said("安卓"), reader: "developer", place: "android" }));
    await saveWay(at(), way({ ...said("网页"), reader: "developer", place: "web" }));
    const account = await givenAccount({ productId: (await givenProduct()).id });
    const owner = await givenMember(account.id, "owner");
    const [app] = await db.select().from(apps).where(eq(apps.accountId, account.id));
    const { draftId } = await startDraft(at(owner), { capacity: "on_behalf" });
    const place = `${account.id}/${app!.id}`;
    await saveStep(at(owner), { draftId, answer: { step: "account", place } });
    expect((await readWays(at(owner), { draftId })).ways).toEqual([]);
    await saveStep(at(owner), { draftId, answer: { step: "type", type: "delete" } });

    const { ways } = await readWays(at(owner), { draftId });
    expect(ways.map(({ text }) => text["zh-CN"])).toEqual(["安卓"]);
  });

  test("nothing of a platform is said: then everything there is", () => {
    const one = { id: "1", type: "delete", reader: "developer", text: {}, url: null } as const;
    const ways = [{ ...one, place: "web" as const }];
    expect(waysOn(ways, ["ios"])).toEqual(ways);
    expect(waysOn(ways, [])).toEqual(ways);
  });
});

test("P23: each of the eight rights is a type of the list, an account's deregistration beside its deletion", () => {
  const choices = typeChoices("own");
  const eight = [
    ...["consult", "copy", "correct", "delete", "withdraw_consent"],
    ...["deregister_account", "complaint", "privacy_settings"],
  ];
  expect(eight.filter((right) => !choices.some((one) => one === right))).toEqual([]);
  expect(choices.indexOf("deregister_account")).toBe(choices.indexOf("delete") + 1);
  expect(typeChoices("end_user")).toContain("deregister_end_user");
  expect(typeChoices("end_user")).not.toContain("deregister_account");
  // Whatever leads to a room of its own has no form here.
  expect(RIGHT_ROOMS.filter((room) => room in RIGHTS)).toEqual([]);
});
