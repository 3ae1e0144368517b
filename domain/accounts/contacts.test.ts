import { eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { contactConfirmations, members, users } from "@/db/schema";
import { asJob, type Person } from "@/domain/context";
import { anybody, CONTACT_NOON as NOON, givenContactHouse, linkTo } from "@/tests/support/contacts";
import { acting, beijing } from "@/tests/support/context";
import { givenMember, givenStaff } from "@/tests/support/people";
import { recordLength, recordOf } from "@/tests/support/record";

import { readContactMail } from "./contact-mail";
import { findAccount } from "./find-account";
import { listOwnContacts, listUnconfirmedContacts } from "./list-contacts";
import { removeContact } from "./remove-contact";
import { resendContactConfirmation } from "./resend-contact-confirmation";
import { verifyContact } from "./verify-contact";

const LATER = "2026-03-02 12:05";

test("an added contact waits until the link of its mail is pressed, then it is told; it waits for who may manage it", async () => {
  const { account, owner, add, list, email } = await givenContactHouse();
  const unconfirmed = (person: Person) => listUnconfirmedContacts(acting(person, NOON), {});
  const { id } = await add({ email: ` ${email.toUpperCase().replace("@", "＠")} ` });

  expect(await list()).toMatchObject([
    { id, email, name: "安全值班", verifiedAt: null, sentAt: beijing(NOON), isExpired: false },
  ]);
  expect(await unconfirmed(owner)).toMatchObject([{ id, accountId: account.id, isExpired: false }]);
  expect(await unconfirmed(await givenMember(account.id, "member"))).toEqual([]);
  await verifyContact(anybody(LATER), await linkTo(id));

  expect(await unconfirmed(owner)).toEqual([]);
  expect(await list()).toMatchObject([{ id, verifiedAt: beijing(LATER) }]);
  expect(await recordOf(id)).toEqual(["contact.added", "contact.verified"]);
});

test("the job mails the account, the kind, who named it, and a token that is stored nowhere", async () => {
  const { account, add, owner, email } = await givenContactHouse();
  const { id } = await add({ locale: "en" });
  const { confirmationId, token } = await linkTo(id);
  const read = (at: string) =>
    readContactMail(asJob("mail-contact", beijing(at)), { confirmationId });

  expect(await read(NOON)).toMatchObject({
    ...{ email, locale: "en", token, kind: "security" },
    ...{ accountName: "星澜科技", uin: account.uin, addedBy: owner.name },
  });
  const stored = await db.execute(
    `select row_to_json(c)::text || row_to_json(k)::text as all from contacts c join contact_confirmations k on k.contact_id = c.id where c.id = '${id}'`,
  );
  expect(JSON.stringify(stored.rows)).not.toContain(token);

  await verifyContact(anybody(NOON), { confirmationId, token });
  expect(await read(NOON)).toBeNull();
});

test("an address that is known here gets the same answer, and its person's name is not shown", async () => {
  const [one, other] = [await givenContactHouse(), await givenContactHouse()];
  const { email, name, id: userId } = await givenMember(other.account.id, "legal");

  const known = await one.add({ email });
  const unknown = await one.add({});

  expect(Object.keys(known)).toEqual(Object.keys(unknown));
  const listed = (await one.list()).map((contact) => `${contact.email} ${contact.name}`);
  expect(listed.sort()).toEqual([`${email} 安全值班`, `${one.email} 安全值班`].sort());
  const [person] = await db.select().from(users).where(eq(users.id, userId));
  expect(person).toMatchObject({ name });
});

test("an address that is new here becomes a person who may sign in, of no account", async () => {
  const { add, email } = await givenContactHouse();
  await add({ locale: "en" });

  const [person] = await db.select().from(users).where(eq(users.email, email));
  expect(person).toMatchObject({ name: "安全值班", locale: "en" });
  expect(await db.select().from(members).where(eq(members.userId, person!.id))).toEqual([]);
});

test("the same address is refused once per kind, and may be named for another", async () => {
  const { add, list } = await givenContactHouse();
  await add();

  await expect(add()).rejects.toMatchObject({ fields: { email: ["contacts.errors.known"] } });
  await add({ kind: "technical" });
  expect((await list()).map(({ kind }) => kind).sort()).toEqual(["security", "technical"]);
});

test("of fifty submits at once one contact and one mail come", async () => {
  const { add, list } = await givenContactHouse();

  const results = await Promise.allSettled(Array.from({ length: 50 }, () => add()));

  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const [contact, ...more] = await list();
  expect(more).toEqual([]);
  const mails = await db
    .select()
    .from(contactConfirmations)
    .where(eq(contactConfirmations.contactId, contact!.id));
  expect(mails).toHaveLength(1);
});

test("a kind has ten contacts at most", async () => {
  const { add, list } = await givenContactHouse();
  for (let n = 0; n < 10; n += 1) await add({ email: `n${n}-${crypto.randomUUID()}@x.example` });

  await expect(add()).rejects.toMatchObject({
    fields: { kind: ["contacts.errors.tooManyContacts"] },
    values: { count: 10 },
  });
  expect(await list()).toHaveLength(10);
});

test.each([
  ["email", { email: "nobody" }],
  ["email", { email: "a@x.example,b@x.example" }],
  ["email", { email: "" }],
  ["name", { name: " " }],
  ["name", { name: "安全\u0000值班" }],
  ["name", { name: "安全\ud800" }],
  ["name", { name: "安全\u202e值班" }],
  ["name", { name: "安全\r\n值班" }],
  ["name", { name: "长".repeat(1_000_000) }],
  ["kind", { kind: "billing" as never }],
])("a bad %s is named and nothing is stored", async (field, values) => {
  const { add, list } = await givenContactHouse();

  await expect(add(values)).rejects.toMatchObject({
    code: "invalid",
    fields: { [field]: expect.arrayContaining([expect.stringMatching(/^errors\.field\./)]) },
  });
  expect(await list()).toEqual([]);
});

test("owner and legal manage, every member reads, and somebody else's account is not found", async () => {
  const house = await givenContactHouse();
  const { account, add, list } = house;
  const [legal, member, viewer] = [
    await givenMember(account.id, "legal"),
    await givenMember(account.id, "member"),
    await givenMember(account.id, "viewer"),
  ];
  const { id } = await add({}, { by: legal });
  const stranger = (await givenContactHouse()).owner;
  const before = await recordLength();

  for (const [actor, code] of [
    [member, "not_allowed"],
    [viewer, "not_allowed"],
    [stranger, "not_found"],
    [await givenStaff("admin", "support"), "not_allowed"],
  ] as const) {
    const ctx = acting(actor, LATER);
    const refused = expect.objectContaining({ code });
    await expect(add({ email: "x@x.example" }, { by: actor })).rejects.toEqual(refused);
    await expect(resendContactConfirmation(ctx, { contactId: id })).rejects.toEqual(refused);
    await expect(removeContact(ctx, { contactId: id })).rejects.toEqual(refused);
  }
  expect(await recordLength()).toBe(before);
  for (const reader of [legal, member, viewer]) expect(await list(reader)).toHaveLength(1);
  const seen = (actor: Person) =>
    listOwnContacts(acting(actor, NOON), { accountId: account.id }).then((own) => own.canManage);
  expect(await Promise.all([legal, member, viewer].map(seen))).toEqual([true, false, false]);
  await expect(list(stranger)).rejects.toMatchObject({ code: "not_found" });
  const { contacts: forOps } = await findAccount(acting(await givenStaff("support"), NOON), {
    accountId: account.id,
  });
  expect(forOps).toMatchObject([{ id, kind: "security" }]);
});
