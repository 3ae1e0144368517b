import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { adminProposals, broadcasts, deliveries, sessions, staffRoles, users } from "@/db/schema";
import type { StaffRole } from "@/db/vocabulary/access";
import { beijing } from "@/tests/support/context";
import { givenVisitor } from "@/tests/support/door";
import { givenPerson, givenStaff } from "@/tests/support/people";
import { recordOf } from "@/tests/support/record";

import { hashSessionToken, newSessionToken } from "../access/secrets";
import { readSession } from "../access/session";
import { signInAsDemoPerson } from "../access/sign-in-as";
import { ANONYMOUS, asJob, type Context, type Person } from "../context";
import { Conflict, Invalid, NotAllowed } from "../errors";
import { changeStaffRoles } from "./change-roles";
import { confirmAdmin, dropAdminProposal } from "./decide-admin";
import { inviteStaff } from "./invite-staff";
import { findStaff, listStaff } from "./list-staff";

const NOW = beijing("2026-11-30 10:00");
const as = (actor: Person): Context => ({ actor, now: NOW });
const newcomer = (roles: StaffRole[]) => ({
  email: `${randomUUID()}@vendor.example`,
  ...{ name: "罗慎之", roles },
});

const held = async (userId: string) =>
  (await db.select().from(staffRoles).where(eq(staffRoles.userId, userId)))
    .map(({ role }) => role)
    .sort();

/** What somebody was told about their access, each with how many ways it went. */
async function told(userId: string): Promise<string[]> {
  const rows = await db
    .select({ facts: broadcasts.facts, channel: deliveries.channel })
    .from(deliveries)
    .innerJoin(broadcasts, eq(broadcasts.id, deliveries.broadcastId))
    .where(eq(deliveries.userId, userId))
    .orderBy(broadcasts.startedAt, broadcasts.id, deliveries.channel);
  return rows.map(({ facts, channel }) => `${(facts as { event: string }).event} ${channel}`);
}

async function enter({ id }: Person): Promise<string> {
  const tokenHash = hashSessionToken(newSessionToken());
  await signInAsDemoPerson(
    { actor: ANONYMOUS, now: NOW },
    { userId: id, tokenHash, visitor: givenVisitor() },
  );
  return tokenHash;
}
const read = (tokenHash: string) => readSession(asJob("session", NOW), { tokenHash });

const change = (admin: Person, { id, staffRoles: seen }: Person, roles: StaffRole[]) =>
  changeStaffRoles(as(admin), { userId: id, roles, seen: [...seen] });

/** Two administrators of this test; others of the same database are no part of what it asks. */
const givenAdmins = async () => [await givenStaff("admin"), await givenStaff("admin")] as const;

test("who is invited is entered, gets the roles at once, is told by message and mail, and the list says by whom", async () => {
  const [admin, second] = await givenAdmins();
  const { id } = await inviteStaff(as(admin), newcomer(["author", "handler"]));
  // What one administrator gives the others learn of at once; who gives it knows.
  expect(await told(second.id)).toEqual(["colleague_changed email", "colleague_changed inbox"]);
  expect(await told(admin.id)).toEqual([]);
  expect(await held(id)).toEqual(["author", "handler"]);
  expect(await told(id)).toEqual(["staff_invited email", "staff_invited inbox"]);
  expect(await recordOf(id)).toEqual(["person.granted_role"]);
  const found = await findStaff(as(admin), { userId: id });
  expect(found.roles).toMatchObject([
    { role: "author", grantedAt: NOW, grantedByName: admin.name, confirmedByName: null },
    { role: "handler" },
  ]);
});

test("an invitation names a person as they are known, and nobody who is staff already", async () => {
  const [admin, other] = await givenAdmins();
  const known = await givenPerson("林知远");
  const wish = { email: known.email, roles: ["support" as const] };
  await expect(inviteStaff(as(admin), { ...wish, name: "林志远" })).rejects.toThrow(Invalid);
  await expect(inviteStaff(as(admin), { ...wish, name: "林知远", roles: [] })).rejects.toThrow(
    Invalid,
  );
  const { id } = await inviteStaff(as(admin), { ...wish, name: "林知远" });
  expect(id).toBe(known.id);
  await expect(inviteStaff(as(other), { ...wish, name: "林知远" })).rejects.toMatchObject({
    fields: { email: ["staff.errors.known"] },
  });
});

test("nobody changes their own roles, and only administrators change those of others", async () => {
  const [admin] = await givenAdmins();
  await expect(change(admin, admin, ["admin", "author"])).rejects.toThrow(NotAllowed);
  const own = { email: admin.email, name: admin.name, roles: ["author" as const] };
  await expect(inviteStaff(as(admin), own)).rejects.toThrow();
  const author = await givenStaff("author");
  for (const role of ["author", "approver", "handler", "support", "auditor"] as const) {
    const someone = await givenStaff(role);
    await expect(change(someone, author, ["author", "approver"])).rejects.toThrow(NotAllowed);
    await expect(inviteStaff(as(someone), newcomer(["author"]))).rejects.toThrow(NotAllowed);
  }
  expect(await held(author.id)).toEqual(["author"]);
  await expect(listStaff(as(author), {})).rejects.toThrow(NotAllowed);
  const { rows } = await listStaff(as(await givenStaff("auditor")), {});
  expect(rows.length).toBeGreaterThan(0);
});

test("roles given and taken take effect at the next request, are told, and the same again changes nothing", async () => {
  const [admin] = await givenAdmins();
  const someone = await givenStaff("author");
  const session = await enter(someone);
  await change(admin, someone, ["approver"]);
  expect(await read(session)).toMatchObject({ staffRoles: ["approver"] });
  await change(admin, { ...someone, staffRoles: ["approver"] }, ["approver"]);
  expect(await told(someone.id)).toEqual(["staff_changed email", "staff_changed inbox"]);
  expect(await recordOf(someone.id)).toEqual([
    ...["person.signed_in", "person.granted_role", "person.lost_role"],
  ]);
});

test("a page from before somebody else's change undoes nothing", async () => {
  const [admin, other] = await givenAdmins();
  const someone = await givenStaff("author");
  await change(other, someone, ["author", "support"]);
  await expect(change(admin, someone, ["author", "handler"])).rejects.toMatchObject({
    messageKey: "staff.errors.changedMeanwhile",
  });
  expect(await held(someone.id)).toEqual(["author", "support"]);
});

test("a leaver loses every role and every session at once, and is told by mail", async () => {
  const [admin] = await givenAdmins();
  const leaver = await givenStaff("author", "approver");
  const open = [await enter(leaver), await enter(leaver)];
  await change(admin, leaver, []);
  expect(await held(leaver.id)).toEqual([]);
  for (const session of open) expect(await read(session)).toBeNull();
  expect(await db.$count(sessions, eq(sessions.userId, leaver.id))).toBe(0);
  expect(await told(leaver.id)).toEqual(["staff_ended email", "staff_ended inbox"]);
});

test("an administrator is made by two others: proposed by one, confirmed by another, told at each step", async () => {
  const [admin, second] = await givenAdmins();
  const author = await givenStaff("author");
  await change(admin, author, ["author", "admin"]);
  expect(await held(author.id)).toEqual(["author"]);
  expect(await told(second.id)).toContain("admin_proposed email");
  expect(await told(admin.id)).toEqual([]);
  for (const decider of [admin, author])
    await expect(confirmAdmin(as(decider), { userId: author.id })).rejects.toThrow(NotAllowed);
  await confirmAdmin(as(second), { userId: author.id });
  expect(await held(author.id)).toEqual(["admin", "author"]);
  const { roles, proposal } = await findStaff(as(admin), { userId: author.id });
  expect(proposal).toBeNull();
  expect(roles.at(-1)).toMatchObject({
    ...{ role: "admin", grantedByName: admin.name, confirmedByName: second.name },
  });
  await expect(confirmAdmin(as(second), { userId: author.id })).rejects.toThrow(Conflict);
  expect(await recordOf(author.id)).toEqual(["person.admin_proposed", "person.granted_role"]);
});

test("a proposal is taken back or refused, and ends with its author's role", async () => {
  const [admin, second] = await givenAdmins();
  const { id } = await inviteStaff(as(admin), newcomer(["admin"]));
  expect(await held(id)).toEqual([]);
  expect(await told(id)).toEqual([]);
  await dropAdminProposal(as(admin), { userId: id });
  await dropAdminProposal(as(admin), { userId: id });
  await expect(confirmAdmin(as(second), { userId: id })).rejects.toThrow(Conflict);
  const author = await givenStaff("author");
  await change(admin, author, ["author", "admin"]);
  await change(second, admin, []);
  expect(await db.$count(adminProposals, eq(adminProposals.userId, author.id))).toBe(0);
  await expect(confirmAdmin(as(second), { userId: author.id })).rejects.toThrow(Conflict);
});

test("the last administrator stays, also when two take each other away at the same moment", async () => {
  await db.delete(staffRoles).where(eq(staffRoles.role, "admin"));
  const [admin, second] = await givenAdmins();
  const both = await Promise.allSettled([
    change(admin, second, []),
    change(second, admin, ["author"]),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(await db.$count(staffRoles, eq(staffRoles.role, "admin"))).toBe(1);
});

test("who has just lost the administrator's role decides nothing any more", async () => {
  const [first, second] = await givenAdmins();
  const person = await givenStaff("support");
  await change(first, person, ["support", "admin"]);
  await db.delete(staffRoles).where(eq(staffRoles.userId, second.id));
  for (const decide of [confirmAdmin, dropAdminProposal])
    await expect(decide(as(second), { userId: person.id })).rejects.toThrow(NotAllowed);
  await expect(change(second, person, ["auditor"])).rejects.toThrow(NotAllowed);
  expect(await held(person.id)).toEqual(["support"]);
});

test("the database takes no administrator by one person, and nobody's own grant", async () => {
  const [admin, second] = await givenAdmins();
  const someone = await givenPerson("某人");
  const give = (row: Partial<typeof staffRoles.$inferInsert>) =>
    db.insert(staffRoles).values({ userId: someone.id, role: "admin", grantedAt: NOW, ...row });
  await expect(give({ grantedBy: admin.id })).rejects.toThrow();
  await expect(give({ grantedBy: admin.id, confirmedBy: admin.id })).rejects.toThrow();
  await expect(give({ grantedBy: someone.id, role: "author" })).rejects.toThrow();
  await expect(give({ grantedBy: admin.id, confirmedBy: someone.id })).rejects.toThrow();
  await give({ grantedBy: admin.id, confirmedBy: second.id });
  const own = { userId: admin.id, proposedBy: admin.id, proposedAt: NOW };
  await expect(db.insert(adminProposals).values(own)).rejects.toThrow();
});

test("who was erased is given nothing", async () => {
  const [admin] = await givenAdmins();
  const someone = await givenPerson("某人");
  await db
    .update(users)
    .set({
      ...{ erasedAt: NOW, name: `U-${someone.id.slice(0, 8)}` },
      email: `${someone.id}@erased.invalid`,
    })
    .where(eq(users.id, someone.id));
  await expect(change(admin, someone, ["author"])).rejects.toMatchObject({
    messageKey: "errors.notFound",
  });
});
