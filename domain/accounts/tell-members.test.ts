import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { broadcasts, deliveries, users } from "@/db/schema";
import type { MemberRole } from "@/db/vocabulary/access";
import { beijing } from "@/tests/support/context";
import { givenAccount, givenMember, givenStaff } from "@/tests/support/people";

import type { Context } from "../context";
import { putAccount } from "./put-account";
import { removeMember } from "./remove-member";
import { saveMember } from "./save-member";

const NOW = beijing("2026-11-30 10:00");
const CONSOLE: Context = {
  actor: { kind: "token", id: randomUUID(), scopes: ["accounts_write"] },
  now: NOW,
};
const newAddress = () => `${randomUUID()}@told.example`;

/** What an address was mailed of its memberships, and in which language. */
async function mailed(email: string): Promise<string[]> {
  const rows = await db
    .select({ facts: broadcasts.facts, channel: deliveries.channel, locale: deliveries.locale })
    .from(deliveries)
    .innerJoin(broadcasts, eq(broadcasts.id, deliveries.broadcastId))
    .innerJoin(users, eq(users.id, deliveries.userId))
    .where(eq(users.email, email))
    .orderBy(deliveries.createdAt, broadcasts.id);
  return rows
    .filter(({ channel }) => channel === "email")
    .map(({ facts, locale }) => `${(facts as { event: string }).event} ${locale}`);
}

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
