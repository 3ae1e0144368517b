import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { contacts, deliveries, oidcIdentities, suppressions, users } from "@/db/schema";
import { tellPerson } from "@/tests/support/broadcasts";
import { acting, beijing } from "@/tests/support/context";
import { givenVisitor, letMailLeave } from "@/tests/support/door";
import { givenAccount, givenMember, givenStaff } from "@/tests/support/people";
import { recordLength, recordOf } from "@/tests/support/record";

import { signInCode, signInToken } from "../access/secrets";
import { requestSignIn } from "../access/request-sign-in";
import { readSession } from "../access/session";
import { signIn } from "../access/sign-in";
import { ANONYMOUS, asJob } from "../context";
import { changeAddress } from "./change-address";
import { listMembers } from "./list-members";
import { saveMember } from "./save-member";

const NOON = "2026-03-02 12:00";
const now = beijing(NOON);
const newAddress = () => `${randomUUID()}@new.example`;
const newHash = () => randomUUID().replaceAll("-", "").repeat(2);

async function givenMailbox() {
  const [account, admin] = [await givenAccount(), await givenStaff("admin")];
  const owner = await givenMember(account.id, "owner");
  const read = async () => {
    const { rows: members } = await listMembers(acting(admin, NOON), { accountId: account.id });
    return members.find(({ userId }) => userId === owner.id)!;
  };
  const { id: memberId } = await read();
  const change = (email: string, actor = admin) =>
    changeAddress(acting(actor, NOON), { memberId, email });
  return { account, admin, owner, memberId, read, change };
}

/** A request for a sign-in mail that has left. */
async function givenRequest(email: string) {
  const visitor = givenVisitor();
  const wish = { email, purpose: "sign_in" as const, locale: "zh-CN" as const, returnPath: "" };
  const { requestId } = await requestSignIn({ actor: ANONYMOUS, now }, { ...wish, visitor });
  await letMailLeave(requestId, now);
  const open = (secret: { code: string } | { token: string }, tokenHash = newHash()) =>
    signIn({ actor: ANONYMOUS, now }, { requestId, secret, tokenHash, visitor });
  return { requestId, open };
}

/** Where the mail about something new goes. */
async function mailedTo(userId: string): Promise<(string | null)[]> {
  const told = await tellPerson(acting(await givenStaff("author", "approver"), NOON), userId);
  const mails = await db
    .select({ address: deliveries.address })
    .from(deliveries)
    .where(and(eq(deliveries.broadcastId, told.id), eq(deliveries.channel, "email")));
  return mails.map(({ address }) => address);
}

test("a member gets another address, normalised, as the same person, on record without addresses", async () => {
  const { change, memberId, owner, read } = await givenMailbox();
  const email = newAddress();

  await change(` ${email.toUpperCase().replace("@", "＠")} `);

  expect(await read()).toMatchObject({ id: memberId, userId: owner.id, email, role: "owner" });
  expect(await recordOf(memberId)).toEqual(["member.address_changed"]);
  await change(email);
  expect(await recordOf(memberId)).toEqual(["member.address_changed"]);
});

test("the next broadcast goes to the new address, and what was told stays where it went", async () => {
  const { change, owner } = await givenMailbox();
  const email = newAddress();
  expect(await mailedTo(owner.id)).toEqual([owner.email]);

  await change(email);

  expect(await mailedTo(owner.id)).toEqual([email]);
  const earlier = await db.$count(deliveries, eq(deliveries.address, owner.email));
  expect(earlier).toBe(1);
});

test("sessions and open sign-in mails of the old address end, and the new one signs in", async () => {
  const { change, owner } = await givenMailbox();
  const email = newAddress();
  const tokenHash = newHash();
  const used = await givenRequest(owner.email);
  await used.open({ code: signInCode(used.requestId) }, tokenHash);
  const inSession = () => readSession(asJob("session", now), { tokenHash });
  expect(await inSession()).toMatchObject({ id: owner.id });
  const waiting = await givenRequest(owner.email);
  await db
    .insert(oidcIdentities)
    .values({ userId: owner.id, provider: "https://id.example", subject: owner.id });

  await change(email);

  expect(await inSession()).toBeNull();
  for (const secret of [
    { code: signInCode(waiting.requestId) },
    { token: signInToken(waiting.requestId) },
  ])
    expect(await waiting.open(secret)).toMatchObject({ ok: false });
  expect(await db.$count(oidcIdentities, eq(oidcIdentities.userId, owner.id))).toBe(0);
  const fresh = await givenRequest(email);
  expect(await fresh.open({ code: signInCode(fresh.requestId) })).toMatchObject({ ok: true });
});

test("a stopped address stays stopped, and the person is mailed at the new one", async () => {
  const { change, owner } = await givenMailbox();
  const email = newAddress();
  await db
    .insert(suppressions)
    .values({ address: owner.email, reason: "bounced", since: now })
    .onConflictDoNothing();

  await change(email);

  expect(await db.$count(suppressions, eq(suppressions.address, owner.email))).toBe(1);
  expect(await db.$count(suppressions, eq(suppressions.address, email))).toBe(0);
  await mailedTo(owner.id);
  const mails = await db.select().from(deliveries).where(eq(deliveries.address, email));
  expect(mails).toMatchObject([{ status: "queued" }]);
});

test("a contact's confirmation was of the old address: the new one has to confirm again", async () => {
  const { account, change, owner } = await givenMailbox();
  await db.insert(contacts).values({
    ...{ accountId: account.id, kind: "security", userId: owner.id, name: "安全值班" },
    ...{ addedBy: owner.id, addedAt: now, verifiedAt: now },
  });

  await change(newAddress());

  const [contact] = await db.select().from(contacts).where(eq(contacts.userId, owner.id));
  expect(contact).toMatchObject({ verifiedAt: null, removedAt: null });
});

test("another person's address and no address are refused at the field, and nothing changes", async () => {
  const { change, owner, read } = await givenMailbox();
  const other = await givenMember((await givenAccount()).id, "owner");
  const before = await recordLength();

  await expect(change(other.email.toUpperCase())).rejects.toMatchObject({
    code: "invalid",
    fields: { email: ["accounts.errors.addressTaken"] },
  });
  for (const [typed, key] of [
    ["", "errors.field.required"],
    ["not an address", "errors.field.email"],
    ["a@b@c.example", "errors.field.email"],
  ] as const)
    await expect(change(typed)).rejects.toMatchObject({ fields: { email: [key] } });

  expect(await read()).toMatchObject({ email: owner.email });
  expect(await recordLength()).toBe(before);
});

test("nobody but an administrator changes an address, and nobody that of staff", async () => {
  const { account, admin, change, owner, read } = await givenMailbox();
  for (const actor of [await givenStaff("author", "support", "auditor"), owner])
    await expect(change(newAddress(), actor)).rejects.toMatchObject({ code: "not_allowed" });
  expect(await read()).toMatchObject({ email: owner.email });

  const colleague = await givenMember(account.id, "viewer", { also: await givenStaff("approver") });
  const { rows: members } = await listMembers(acting(admin, NOON), { accountId: account.id });
  const { id: memberId } = members.find(({ userId }) => userId === colleague.id)!;
  await expect(
    changeAddress(acting(admin, NOON), { memberId, email: newAddress() }),
  ).rejects.toMatchObject({ messageKey: "accounts.errors.addressOfStaff" });
  expect(await db.$count(users, eq(users.email, colleague.email))).toBe(1);
});

test("a member's form opened before the change does not enter the old address as a new person", async () => {
  const { account, admin, change, memberId, owner } = await givenMailbox();
  await change(newAddress());

  const { email, name } = owner;
  const stale = { accountId: account.id, memberId, email, name, role: "owner" as const };
  await expect(saveMember(acting(admin, NOON), stale)).rejects.toMatchObject({
    messageKey: "accounts.errors.addressMoved",
  });
  expect(await db.$count(users, eq(users.email, owner.email))).toBe(0);
});
