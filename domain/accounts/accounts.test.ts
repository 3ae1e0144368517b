import { eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { accounts } from "@/db/schema";
import { acting } from "@/tests/support/context";
import { givenAccount, givenMember, givenProduct, givenStaff } from "@/tests/support/people";
import { recordLength, recordOf } from "@/tests/support/record";
import { resetDatabase } from "@/tests/support/reset-database";

import { createAccount } from "./create-account";
import { editAccount } from "./edit-account";
import { findAccount } from "./find-account";
import { listAccounts } from "./list-accounts";
import { listOwnAccounts } from "./list-own";
import { saveMember } from "./save-member";

const NOON = "2026-03-02 12:00";

test("an account is entered once, and it is on record", async () => {
  const admin = acting(await givenStaff("admin"), NOON);
  const enter = () => createAccount(admin, { uin: "１００012345678", name: " 星澜科技 " });

  const [one, again] = [await enter(), await enter()];

  expect(one).toMatchObject({ uin: "100012345678", name: "星澜科技" });
  expect(again?.id).toBe(one?.id);
  expect(await recordOf(one!.id)).toEqual(["account.created"]);
});

test("a UIN stands for one account", async () => {
  const admin = acting(await givenStaff("admin"), NOON);
  const { uin } = await givenAccount();

  await expect(createAccount(admin, { uin, name: "另一家公司" })).rejects.toMatchObject({
    fields: { uin: ["accounts.errors.uinTaken"] },
  });
});

test("an account is renamed; the same name again changes nothing", async () => {
  const admin = acting(await givenStaff("admin"), NOON);
  const { id: accountId } = await givenAccount();
  const rename = () => editAccount(admin, { accountId, name: "星澜网络" });

  await rename();
  await rename();

  expect(await findAccount(admin, { accountId })).toMatchObject({ name: "星澜网络" });
  expect(await recordOf(accountId)).toEqual(["account.edited"]);
});

test("a closed account is not changed any more", async () => {
  const admin = acting(await givenStaff("admin"), NOON);
  const { id: accountId } = await givenAccount();
  await db.update(accounts).set({ closedAt: new Date() }).where(eq(accounts.id, accountId));

  const refusal = { code: "conflict", messageKey: "accounts.errors.accountClosed" };
  await expect(editAccount(admin, { accountId, name: "新" })).rejects.toMatchObject(refusal);
  await expect(
    saveMember(admin, { accountId, email: "a@b.example", name: "甲", role: "owner" }),
  ).rejects.toMatchObject(refusal);
});

test("only administrators change accounts, and a refusal leaves no trace", async () => {
  const { id: accountId } = await givenAccount();
  const actors = [await givenStaff("author", "approver"), await givenMember(accountId, "owner")];
  const before = await recordLength();

  for (const actor of actors) {
    const ctx = acting(actor, NOON);
    await expect(createAccount(ctx, { uin: "100099", name: "甲" })).rejects.toMatchObject({
      code: "not_allowed",
    });
    await expect(editAccount(ctx, { accountId, name: "甲" })).rejects.toMatchObject({
      code: "not_allowed",
    });
  }
  expect(await recordLength()).toBe(before);
});

test("developers cannot read the list or another account", async () => {
  const [mine, theirs] = [await givenAccount(), await givenAccount()];
  const owner = acting(await givenMember(mine.id, "owner"), NOON);

  await expect(listAccounts(owner, {})).rejects.toMatchObject({ code: "not_allowed" });
  await expect(findAccount(owner, { accountId: theirs.id })).rejects.toMatchObject({
    code: "not_allowed",
  });
});

test("a member sees their own accounts and nobody else's", async () => {
  const product = await givenProduct();
  const [mine, second, theirs] = [
    await givenAccount({ productId: product.id, name: "一" }),
    await givenAccount({ productId: product.id, name: "二" }),
    await givenAccount({ productId: product.id, name: "三" }),
  ];
  const me = await givenMember(second.id, "viewer", { also: await givenMember(mine.id, "owner") });
  await givenMember(theirs.id, "owner");

  const { rows: own } = await listOwnAccounts(acting(me, NOON), {});

  expect(own.map(({ id }) => id).sort()).toEqual([mine.id, second.id].sort());
  expect(own.find(({ id }) => id === mine.id)).toMatchObject({
    role: "owner",
    members: { rows: [{ userId: me.id }] },
    apps: { rows: [{ accountId: mine.id }] },
  });
  expect(JSON.stringify(own)).not.toContain(theirs.id);
});

test("an account that is not there is not found", async () => {
  const admin = acting(await givenStaff("admin"), NOON);

  await expect(findAccount(admin, { accountId: crypto.randomUUID() })).rejects.toMatchObject({
    code: "not_found",
  });
});

test("the list finds by name, UIN and SDKAppID, counts, and turns its pages both ways", async () => {
  await resetDatabase();
  const admin = acting(await givenStaff("admin"), NOON);
  const product = await givenProduct();
  const uins = Array.from({ length: 120 }, (_, n) => String(100_000 + n));
  await db
    .insert(accounts)
    .values(uins.map((uin) => ({ uin, name: `公司 ${uin}`, createdAt: new Date() })));
  const special = await givenAccount({ productId: product.id, name: "100%_A\\B 科技" });
  await givenMember(special.id, "legal");
  await givenMember(special.id, "viewer");

  const first = await listAccounts(admin, {});
  const second = await listAccounts(admin, { page: first.next! });
  const third = await listAccounts(admin, { page: second.next! });
  const back = await listAccounts(admin, { page: third.previous! });

  const seen = [first, second, third].flatMap(({ rows }) => rows.map(({ uin }) => uin));
  expect(seen).toHaveLength(121);
  expect(new Set(seen).size).toBe(121);
  expect(first).toMatchObject({ total: 121, previous: null });
  expect(third.next).toBeNull();
  expect(back.rows).toEqual(second.rows);
  expect(back.next).not.toBeNull();

  for (const search of ["%_A\\B", special.uin, special.uin.slice(0, 8), `14${special.uin}`]) {
    const { rows } = await listAccounts(admin, { search });
    expect(rows).toMatchObject([{ id: special.id, members: 2, signatories: 1, apps: 1 }]);
  }
  expect(await listAccounts(admin, { search: "没有这家" })).toMatchObject({ total: 0, rows: [] });
});
