import { randomUUID } from "node:crypto";
import { and, eq, inArray, sql } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { accounts, broadcasts, deliveries, members, users } from "@/db/schema";
import type { MemberRole } from "@/db/vocabulary/access";
import { beijing } from "@/tests/support/context";
import { mailed } from "@/tests/support/memberships";
import { givenAccount, givenMember, givenPerson, givenStaff } from "@/tests/support/people";

import type { Context } from "../context";
import { importAccounts } from "./import-accounts";
import { previewImport } from "./import-preview";
import { putAccount } from "./put-account";
import { removeMember } from "./remove-member";
import { saveMember } from "./save-member";

const NOW = beijing("2026-11-30 10:00");
const CONSOLE: Context = {
  actor: { kind: "token", id: randomUUID(), scopes: ["accounts_write"] },
  now: NOW,
};
const newAddress = () => `${randomUUID()}@told.example`;

test("who is added, given another role or removed by the vendor's staff is told each time, in their language", async () => {
  const [admin, account] = [await givenStaff("admin"), await givenAccount()];
  await givenMember(account.id, "owner");
  const as: Context = { actor: admin, now: NOW };
  const email = newAddress();
  const save = (role: MemberRole, name = "林知远") =>
    saveMember(as, { accountId: account.id, email, name, role, locale: "en" });
  const { id: memberId } = await save("legal");
  await save("legal");
  await save("legal", "林知遠");
  expect(await mailed(email)).toEqual(["member_added en"]);
  await save("viewer");
  for (let n = 0; n < 2; n += 1) await removeMember(as, { memberId });
  expect((await mailed(email)).sort()).toEqual([
    ...["member_added en", "member_changed en", "member_removed en"],
  ]);
});

test("the vendor's console tells nobody of an account's first filling, and afterwards each change once", async () => {
  const uin = String(Math.floor(Math.random() * 9e11) + 1e11);
  const [owner, leaver, newcomer] = [newAddress(), newAddress(), newAddress()];
  const say = (revision: number, list: [string, MemberRole][]) =>
    putAccount(CONSOLE, {
      ...{ uin, ifMatch: null },
      account: {
        ...{ revision, name: "星澜科技" },
        members: list.map(([email, role]) => ({ email, role, name: email })),
      },
    });
  await say(1, [
    [owner, "owner"],
    [leaver, "legal"],
  ]);
  expect([...(await mailed(owner)), ...(await mailed(leaver))]).toEqual([]);
  const change: [string, MemberRole][] = [
    [owner, "owner"],
    [newcomer, "viewer"],
  ];
  await say(2, change);
  await say(2, change);
  expect(await mailed(owner)).toEqual([]);
  expect(await mailed(leaver)).toEqual(["member_removed zh-CN"]);
  expect(await mailed(newcomer)).toEqual(["member_added zh-CN"]);
});

const fileOf = (rows: readonly string[]) =>
  new TextEncoder().encode(["uin,email,name,role,locale", ...rows].join("\n"));

async function importMembers(as: Context, ...rows: string[]) {
  const bytes = fileOf(rows);
  await importAccounts(as, { bytes, ...(await previewImport(as, { bytes })) });
}

test("a file tells each person it adds, brings back or gives another role, but nobody of an account's first filling", async () => {
  const as: Context = { actor: await givenStaff("admin"), now: NOW };
  const [account, fresh] = [await givenAccount(), await givenAccount()];
  await givenMember(account.id, "owner");
  const [added, changed, first] = [newAddress(), newAddress(), newAddress()];
  await importMembers(as, `${account.uin},${changed},王一,viewer,en`);
  await importMembers(
    as,
    `${account.uin},${changed},王一,legal,en`,
    `${account.uin},${added},李二,member,zh-CN`,
    `${fresh.uin},${first},周三,owner,zh-CN`,
  );
  await importMembers(as, `${account.uin},${added},李贰,member,zh-CN`);
  expect((await mailed(changed)).sort()).toEqual(["member_added en", "member_changed en"]);
  expect(await mailed(added)).toEqual(["member_added zh-CN"]);
  expect(await mailed(first)).toEqual([]);
});

test("a run of many is told once to each: in the same words by one broadcast, in general words beyond 200 different ones", async () => {
  const as: Context = { actor: await givenStaff("admin"), now: NOW };
  const settled = await givenSettledAccounts(202);
  const one = settled[0]?.uin ?? "";
  const crowd = settled.map(newAddress);
  await importMembers(as, ...crowd.map((email) => `${one},${email},成员,member,zh-CN`));
  expect(await broadcastsTo(crowd)).toEqual([{ event: "member_added", people: 202 }]);

  const many = settled.map(newAddress);
  const [inTwo = ""] = many;
  await importMembers(
    as,
    `${one},${inTwo},成员,legal,en`,
    ...settled.map(({ uin }, index) => `${uin},${many[index]},成员,member,en`).slice(1),
    `${settled[1]?.uin},${inTwo},成员,viewer,en`,
  );
  expect(await broadcastsTo(many)).toEqual([{ event: "memberships_changed", people: 202 }]);
  expect(await mailed(inTwo)).toEqual(["memberships_changed en"]);
});

/** Accounts that had a member before, by one person who owns them all. */
async function givenSettledAccounts(count: number) {
  const owner = await givenPerson("所有者");
  const first = Math.floor(Math.random() * 9e11) + 1e11;
  const rows = await db
    .insert(accounts)
    .values(
      Array.from({ length: count }, (_, index) => {
        const uin = String(first + index);
        return { uin, name: uin, createdAt: NOW };
      }),
    )
    .returning();
  await db.insert(members).values(
    rows.map(({ id }) => ({
      ...{ accountId: id, userId: owner.id, joinedAt: NOW },
      role: "owner" as const,
    })),
  );
  return rows;
}

/** The broadcasts that mailed some of these addresses, and how many of them each. */
async function broadcastsTo(emails: readonly string[]) {
  return db
    .select({
      event: sql<string>`${broadcasts.facts} ->> 'event'`,
      people: sql<number>`count(distinct ${deliveries.userId})::int`,
    })
    .from(broadcasts)
    .innerJoin(deliveries, eq(deliveries.broadcastId, broadcasts.id))
    .innerJoin(users, eq(users.id, deliveries.userId))
    .where(and(eq(deliveries.channel, "email"), inArray(users.email, [...emails])))
    .groupBy(broadcasts.id);
}
