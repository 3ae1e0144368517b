import { and, eq, like } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { accounts, auditEntries } from "@/db/schema";
import type { Context } from "@/domain/context";
import { acting } from "@/tests/support/context";
import { givenAccount, givenStaff } from "@/tests/support/people";
import { recordOf } from "@/tests/support/record";

import { createAccount } from "./create-account";
import { editAccount } from "./edit-account";
import { findAccount } from "./find-account";
import { importAccounts } from "./import-accounts";
import { previewImport } from "./import-preview";
import { listTiers } from "./list-tiers";

async function importing(admin: Context, lines: readonly string[]) {
  const bytes = new TextEncoder().encode(`${lines.join("\n")}\n`);
  const preview = await previewImport(admin, { bytes });
  return { preview, confirm: () => importAccounts(admin, { bytes, ...preview }) };
}

test("an account's tier comes by the file or by hand, each time on record; left blank it stays", async () => {
  const admin = acting(await givenStaff("admin"), "2026-03-02 12:00");
  const known = await givenAccount({ name: "青禾网络" });
  const uin = "700900000001";
  const file = (tier: string) => ["UIN,名称,客户级别", `${known.uin},青禾网络,${tier}`];
  const { preview, confirm } = await importing(admin, [...file("旗舰版"), `${uin},星澜科技,`]);
  expect(preview.rows).toMatchObject([
    { state: "changed", changes: [{ field: "tier", from: null, to: "旗舰版" }] },
    { state: "added", changes: [{ field: "name" }] },
  ]);
  const { importId } = await confirm();
  const [edited] = await db
    .select()
    .from(auditEntries)
    .where(and(eq(auditEntries.subjectId, known.id), eq(auditEntries.action, "account.edited")));
  expect(edited).toMatchObject({
    before: { name: "青禾网络", tier: null },
    after: { name: "青禾网络", tier: "旗舰版", importId },
  });
  const tierNow = async () => (await findAccount(admin, { accountId: known.id })).tier;
  expect((await importing(admin, file(""))).preview).toMatchObject({ unchanged: 1 });
  await editAccount(admin, { accountId: known.id, name: "青禾" });
  expect(await tierNow()).toBe("旗舰版");
  expect(await listTiers(admin, {})).toContain("旗舰版");
  await editAccount(admin, { accountId: known.id, name: "青禾", tier: null });
  expect(await tierNow()).toBeNull();
  expect((await recordOf(known.id)).slice(1)).toEqual(["account.edited", "account.edited"]);
});

test("P15: where an account is at home comes by the file as a region or a country, each time on record; left blank it stays", async () => {
  const admin = acting(await givenStaff("admin"), "2026-03-02 12:00");
  const known = await givenAccount({ name: "青禾网络" });
  const file = (...lines: string[]) => importing(admin, ["UIN,名称,国家或地区", ...lines]);
  const home = (told: string) => file(`${known.uin},青禾网络,${told}`);
  const added = ["DE", "hk", "中国大陆", ""].map((told, at) => `70090000010${at},星澜科技,${told}`);
  const { preview, confirm } = await file(`${known.uin},青禾网络,eea`, ...added);
  expect(preview.problems).toEqual([]);
  expect(preview.rows[0]).toMatchObject({
    changes: [{ field: "homeRegion", from: null, to: "eea" }],
  });
  const { importId } = await confirm();
  const rows = await db.select().from(accounts).where(like(accounts.uin, "70090000010%"));
  expect(rows.toSorted(byUin).map(({ homeRegion }) => homeRegion)).toEqual([
    ...["eea", "other", "cn", null],
  ]);
  const [edited] = await db
    .select()
    .from(auditEntries)
    .where(and(eq(auditEntries.subjectId, known.id), eq(auditEntries.action, "account.edited")));
  expect(edited).toMatchObject({
    before: { name: "青禾网络", homeRegion: null },
    after: { name: "青禾网络", homeRegion: "eea", importId },
  });
  expect((await home("")).preview).toMatchObject({ unchanged: 1, problems: [] });
  expect((await home("IE")).preview).toMatchObject({ unchanged: 1, problems: [] });

  // What is no country is told line by line, and nothing of the file is written.
  const wrong = await file(`${known.uin},青禾,US`, "700900000109,甲,ZZ", "700900000108,乙,火星");
  const key = "accounts.errors.csv.homeRegion";
  expect(wrong.preview.problems).toMatchObject([
    { line: 3, column: "homeRegion", messageKey: key, found: "ZZ" },
    { line: 4, column: "homeRegion", messageKey: key, found: "火星" },
  ]);
  await expect(wrong.confirm()).rejects.toThrow();
  expect((await findAccount(admin, { accountId: known.id })).homeRegion).toBe("eea");
});

const byUin = (one: { uin: string }, other: { uin: string }) => one.uin.localeCompare(other.uin);

test("an account that is entered again with another tier is not said to have it", async () => {
  const admin = acting(await givenStaff("admin"), "2026-03-02 12:00");
  const entered = { uin: "700900000009", name: "云杉科技", tier: "标准版" };
  const { id } = await createAccount(admin, entered);
  expect(await createAccount(admin, entered)).toMatchObject({ id, tier: "标准版" });
  expect(await createAccount(admin, { ...entered, tier: null })).toMatchObject({ id });
  await expect(createAccount(admin, { ...entered, tier: "旗舰版" })).rejects.toMatchObject({
    fields: { tier: ["accounts.errors.otherTier"] },
  });
});
