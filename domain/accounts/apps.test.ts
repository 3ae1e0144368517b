import { expect, test } from "vitest";

import { acting } from "@/tests/support/context";
import { givenAccount, givenMember, givenProduct, givenStaff } from "@/tests/support/people";
import { recordLength, recordOf } from "@/tests/support/record";

import { closeApp } from "./close-app";
import { listApps } from "./list-apps";
import { saveApp } from "./save-app";

const NOON = "2026-03-02 12:00";
let issued = 1_400_000_000;

async function givenDesk() {
  const [account, admin, product] = [
    await givenAccount(),
    await givenStaff("admin"),
    await givenProduct(),
  ];
  const app = {
    accountId: account.id,
    productId: product.id,
    sdkAppId: String(issued++),
    name: "轻语",
    apiOnly: false,
    platforms: { android: "8.1.0", ios: " 8.0.2 ", web: "" },
  };
  const save = (values: Partial<Parameters<typeof saveApp>[1]> = {}) =>
    saveApp(acting(admin, NOON), { ...app, ...values });
  const read = async () => {
    const { rows: apps } = await listApps(acting(admin, NOON), { accountId: account.id });
    return apps;
  };
  return { account, admin, app, save, read };
}

test("an app is entered with its platforms, and it is on record", async () => {
  const { app, read, save } = await givenDesk();

  const { id } = await save();

  expect(await read()).toMatchObject([
    {
      id,
      sdkAppId: app.sdkAppId,
      name: "轻语",
      closedAt: null,
      platforms: [
        { platform: "android", sdkVersion: "8.1.0" },
        { platform: "ios", sdkVersion: "8.0.2" },
      ],
    },
  ]);
  expect(await recordOf(id)).toEqual(["app.saved"]);
});

test("an app has a region, the mainland where none is named", async () => {
  const { read, save } = await givenDesk();

  await save();
  expect(await read()).toMatchObject([{ region: "cn" }]);
  await save({ region: "sg" });
  expect(await read()).toMatchObject([{ region: "sg" }]);
  await expect(save({ region: "mars" as never })).rejects.toMatchObject({
    fields: { region: ["errors.field.required"] },
  });
});

test("P06: an app may use the API alone", async () => {
  const { read, save } = await givenDesk();

  await save({ apiOnly: true, platforms: {} });

  expect(await read()).toMatchObject([{ apiOnly: true, platforms: [] }]);
});

test.each([
  [{ apiOnly: true }, "accounts.errors.apiOnlyWithPlatforms"],
  [{ platforms: {} }, "accounts.errors.noPlatform"],
])("an app uses the SDK or the API alone, never both or neither", async (values, problem) => {
  const { read, save } = await givenDesk();

  await expect(save(values)).rejects.toMatchObject({ fields: { apiOnly: [problem] } });
  expect(await read()).toEqual([]);
});

test("saving what is there changes nothing; another version is a change", async () => {
  const { read, save } = await givenDesk();
  const { id } = await save();
  await save();
  expect(await recordOf(id)).toEqual(["app.saved"]);

  await save({ platforms: { harmony: "1.0.0" } });

  expect(await read()).toMatchObject([{ platforms: [{ platform: "harmony" }] }]);
  expect(await recordOf(id)).toEqual(["app.saved", "app.saved"]);
});

test("adding an app that is there already is refused", async () => {
  const { save } = await givenDesk();
  await save();

  await expect(save({ name: "另一个", asNew: true })).rejects.toMatchObject({
    fields: { sdkAppId: ["accounts.errors.appKnown"] },
  });
});

test("an SDKAppID belongs to one account", async () => {
  const { app, save } = await givenDesk();
  const other = await givenDesk();
  await save();

  await expect(other.save({ sdkAppId: app.sdkAppId })).rejects.toMatchObject({
    fields: { sdkAppId: ["accounts.errors.sdkAppIdTaken"] },
  });
  expect(await other.read()).toEqual([]);
});

test("an app is closed once and opened again by saving it", async () => {
  const { admin, read, save } = await givenDesk();
  const { id } = await save();
  const close = () => closeApp(acting(admin, NOON), { appId: id });

  await Promise.all([close(), close()]);
  expect(await read()).toMatchObject([{ closedAt: new Date("2026-03-02T04:00:00Z") }]);
  expect(await recordOf(id)).toEqual(["app.saved", "app.closed"]);

  await save();
  expect(await read()).toMatchObject([{ closedAt: null }]);
});

test.each([
  ["sdkAppId", { sdkAppId: "14000" }, "accounts.errors.sdkAppId"],
  ["sdkAppId", { sdkAppId: "" }, "errors.field.required"],
  ["platforms.android", { platforms: { android: "latest" } }, "accounts.errors.sdkVersion"],
  ["productId", { productId: crypto.randomUUID() }, "accounts.errors.product"],
  ["name", { name: "" }, "errors.field.required"],
])("a bad %s is named", async (field, values, problem) => {
  const { read, save } = await givenDesk();

  await expect(save(values)).rejects.toMatchObject({ fields: { [field]: [problem] } });
  expect(await read()).toEqual([]);
});

test("only administrators change apps, and a refusal leaves no trace", async () => {
  const { account, app, save } = await givenDesk();
  const { id } = await save();
  const others = [await givenStaff("author", "support"), await givenMember(account.id, "owner")];
  const before = await recordLength();

  for (const actor of others) {
    await expect(saveApp(acting(actor, NOON), app)).rejects.toMatchObject({ code: "not_allowed" });
    await expect(closeApp(acting(actor, NOON), { appId: id })).rejects.toMatchObject({
      code: "not_allowed",
    });
  }
  expect(await recordLength()).toBe(before);
});
