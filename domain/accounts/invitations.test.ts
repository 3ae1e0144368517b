import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { memberInvitations, members, users } from "@/db/schema";
import { beijing } from "@/tests/support/context";
import { givenVisitor, letMailLeave } from "@/tests/support/door";
import { ownDataOf } from "@/tests/support/own-data";
import { givenAccount, givenMember, givenPerson, givenStaff } from "@/tests/support/people";
import { recordOf } from "@/tests/support/record";

import { purgeStep } from "../retention/purge";
import { requestSignIn } from "../access/request-sign-in";
import { signInToken } from "../access/secrets";
import { signIn } from "../access/sign-in";
import { readSignInMail } from "../access/sign-in-mail";
import { ANONYMOUS, asJob, type Context, type Person } from "../context";
import { Conflict, Invalid, NotFound } from "../errors";
import { acceptInvitation, declineInvitation, listInvitationsToMe } from "./answer-invitation";
import { changeAddress } from "./change-address";
import {
  inviteMember,
  readInvitationMail,
  resendInvitation,
  withdrawInvitation,
} from "./invitations";
import { listOwnAccounts } from "./list-own";
import { removeOwnMember } from "./own-members";

const NOW = beijing("2026-11-30 10:00");
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const DAY = 24 * 60;
const as = (actor: Person, now = NOW): Context => ({ actor, now });
const newAddress = () => `${randomUUID()}@guests.example`;

async function givenOwned() {
  const account = await givenAccount();
  const owner = await givenMember(account.id, "owner");
  const invite = (email: string, { now = NOW, actor = owner } = {}) =>
    inviteMember(as(actor, now), { accountId: account.id, email, role: "legal" });
  const roleOf = async ({ id }: { id: string }) => {
    const of = and(eq(members.accountId, account.id), eq(members.userId, id));
    const [member] = await db.select().from(members).where(of);
    return member && !member.leftAt ? member.role : null;
  };
  const open = async (actor = owner, now = NOW) =>
    (await listOwnAccounts(as(actor, now), {})).rows[0]?.invitations ?? [];
  return { account, owner, invite, roleOf, open };
}

/** Signs in with an address by the mail's link, as somebody known or invited does. */
async function signInWith(email: string, now = NOW) {
  const visitor = givenVisitor();
  const wish = { email, locale: "zh-CN" as const, returnPath: "" };
  const { requestId } = await requestSignIn({ actor: ANONYMOUS, now }, { ...wish, visitor });
  if (!(await readSignInMail(asJob("mail-sign-in", now), { requestId }))) return null;
  await letMailLeave(requestId, now);
  const tokenHash = randomUUID().replaceAll("-", "").repeat(2);
  await signIn(
    { actor: ANONYMOUS, now },
    { requestId, secret: { token: signInToken(requestId) }, tokenHash, visitor },
  );
  const [user] = await db.select().from(users).where(eq(users.email, email));
  return user ? { ...(await givenPersonOf(user)), name: user.name } : null;
}

const givenPersonOf = async ({ id, email }: { id: string; email: string }): Promise<Person> => ({
  ...{ kind: "person", id, email, name: "" },
  ...{ staffRoles: [], memberships: [] },
});

test("an address nobody has is invited, signs in, accepts, and is a member only then, on record", async () => {
  const { account, owner, invite, roleOf, open } = await givenOwned();
  const email = newAddress();
  expect(await signInWith(email)).toBeNull();
  const { id: invitationId } = await invite(email);
  expect(await db.$count(users, eq(users.email, email))).toBe(0);
  const mail = await readInvitationMail(asJob("mail-invitation", NOW), { invitationId });
  expect(mail).toMatchObject({ email, role: "legal", uin: account.uin, locale: "zh-CN" });
  expect(await open()).toMatchObject([{ email, role: "legal", isOpen: true }]);

  const guest = await signInWith(email, later(30));
  expect(await roleOf(guest!)).toBeNull();
  expect(await listInvitationsToMe(as(guest!), {})).toMatchObject([{ id: invitationId }]);
  await acceptInvitation(as(guest!), { invitationId });
  expect(await roleOf(guest!)).toBe("legal");
  expect(await recordOf(account.id)).toEqual(["invitation.sent", "invitation.accepted"]);
  expect([await open(), await listInvitationsToMe(as(guest!), {})]).toEqual([[], []]);
  await expect(acceptInvitation(as(guest!), { invitationId })).rejects.toThrow(Conflict);
  const parts = await ownDataOf(as(guest!));
  expect(parts["invitations"]).toMatchObject([{ uin: account.uin, role: "legal" }]);
  expect(owner.id).not.toBe(guest!.id);
});

test("a known person is answered for like a stranger, keeps their name, and is asked in their language", async () => {
  const { invite, open, roleOf } = await givenOwned();
  const known = await givenPerson("林知远", "en");
  const { id: invitationId } = await invite(known.email);
  const answer = await invite(newAddress());
  expect(Object.keys(answer)).toEqual(["id"]);
  expect(JSON.stringify(await open())).not.toContain("林知远");
  const mail = await readInvitationMail(asJob("mail-invitation", NOW), { invitationId });
  expect(mail).toMatchObject({ locale: "en" });
  expect(JSON.stringify(mail)).not.toContain("林知远");
  await acceptInvitation(as(known), { invitationId });
  expect(await roleOf(known)).toBe("legal");
  const [user] = await db.select().from(users).where(eq(users.id, known.id));
  expect(user?.name).toBe("林知远");
});

test("only the address invited may answer, declined is over, and withdrawn opens nothing", async () => {
  const { account, owner, invite, roleOf } = await givenOwned();
  const [invited, other] = [await givenPerson("甲"), await givenPerson("乙")];
  const { id: first } = await invite(invited.email);
  await expect(acceptInvitation(as(other), { invitationId: first })).rejects.toThrow(Conflict);
  await declineInvitation(as(invited), { invitationId: first });
  await expect(acceptInvitation(as(invited), { invitationId: first })).rejects.toThrow(Conflict);
  const { id: second } = await invite(invited.email);
  await withdrawInvitation(as(owner), { invitationId: second });
  await expect(acceptInvitation(as(invited), { invitationId: second })).rejects.toThrow(Conflict);
  const job = asJob("mail-invitation", NOW);
  expect(await readInvitationMail(job, { invitationId: second })).toBeNull();
  expect(await roleOf(invited)).toBeNull();
  expect(await recordOf(account.id)).toEqual([
    ...["invitation.sent", "invitation.declined", "invitation.sent", "invitation.withdrawn"],
  ]);
});

test("it expires after fourteen days, lasts anew when it is sent again, and is forgotten after thirty", async () => {
  const { account, owner, invite, open } = await givenOwned();
  const invited = await givenPerson("丙");
  const { id: invitationId } = await invite(invited.email);
  const after = later(14 * DAY);
  await expect(acceptInvitation(as(invited, after), { invitationId })).rejects.toThrow(Conflict);
  expect(await open(owner, after)).toMatchObject([{ isOpen: false }]);
  await resendInvitation(as(owner, after), { invitationId });
  expect(await listInvitationsToMe(as(invited, later(27 * DAY)), {})).toHaveLength(1);
  const rows = () => db.$count(memberInvitations, eq(memberInvitations.accountId, account.id));
  await purgeStep(asJob("purge", later(43 * DAY)), { kind: "invitations" });
  expect(await rows()).toBe(1);
  await purgeStep(asJob("purge", later(45 * DAY)), { kind: "invitations" });
  expect(await rows()).toBe(0);
});

test("no mailbox is flooded: five mails a day, whoever invites, withdraws, or writes a plus", async () => {
  const { owner, invite } = await givenOwned();
  const box = randomUUID();
  const { id: invitationId } = await invite(`${box}@guests.example`);
  await expect(resendInvitation(as(owner), { invitationId })).rejects.toThrow(Conflict);
  for (const n of [2, 3]) await resendInvitation(as(owner, later(n)), { invitationId });
  await withdrawInvitation(as(owner, later(4)), { invitationId });
  await invite(`${box}@guests.example`, { now: later(5) });
  const other = await givenOwned();
  await other.invite(`${box}+x@guests.example`, { now: later(6) });
  for (const one of [invite, other.invite])
    await expect(one(`${box}+y@guests.example`, { now: later(7) })).rejects.toThrow(Conflict);
  await other.invite(`${box}+y@guests.example`, { now: later(DAY + 7) });
});

test("only owners invite, nobody twice, no member, and an owner who lost the account invites nobody any more", async () => {
  const { account, owner, invite, open } = await givenOwned();
  const legal = await givenMember(account.id, "legal");
  const stranger = (await givenOwned()).owner;
  for (const actor of [legal, stranger])
    await expect(invite(newAddress(), { actor })).rejects.toThrow(NotFound);
  await expect(invite(legal.email)).rejects.toThrow(Invalid);
  const invited = await givenPerson("丁");
  const { id: invitationId } = await invite(invited.email);
  await expect(invite(invited.email)).rejects.toThrow(Invalid);
  await expect(withdrawInvitation(as(stranger), { invitationId })).rejects.toThrow(NotFound);

  const second = await givenMember(account.id, "owner");
  const of = and(eq(members.accountId, account.id), eq(members.userId, owner.id));
  const [first] = await db.select().from(members).where(of);
  await removeOwnMember(as(second), { memberId: first!.id });
  await expect(acceptInvitation(as(invited), { invitationId })).rejects.toThrow(Conflict);
  expect(await open(second)).toMatchObject([{ id: invitationId, isOpen: false }]);
  await resendInvitation(as(second, later(2)), { invitationId });
  await acceptInvitation(as(invited, later(3)), { invitationId });
});

test("an invitation to an address that its person gives up ends with it, and who joined another way keeps the role", async () => {
  const { account, invite, roleOf } = await givenOwned();
  const elsewhere = await givenAccount();
  const mover = await givenMember(elsewhere.id, "viewer");
  const { id: invitationId } = await invite(mover.email);
  const [place] = await db.select().from(members).where(eq(members.userId, mover.id));
  const email = newAddress();
  await changeAddress(as(await givenStaff("admin")), { memberId: place!.id, email });
  expect(await listInvitationsToMe(as({ ...mover, email }), {})).toEqual([]);
  await expect(acceptInvitation(as(mover), { invitationId })).rejects.toThrow(Conflict);

  const joined = await givenPerson("戊");
  const { id } = await invite(joined.email);
  await givenMember(account.id, "viewer", { also: joined });
  await acceptInvitation(as(joined), { invitationId: id });
  expect(await roleOf(joined)).toBe("viewer");
});
