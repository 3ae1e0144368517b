import { eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { accounts, contactConfirmations, contacts, suppressions } from "@/db/schema";
import { anybody, CONTACT_NOON as NOON, givenContactHouse, linkTo } from "@/tests/support/contacts";
import { acting, beijing } from "@/tests/support/context";
import { recordLength, recordOf } from "@/tests/support/record";

import { contactToken } from "./contact-token";
import { addContact } from "./add-contact";
import { findContactConfirmation } from "./find-confirmation";
import { removeContact } from "./remove-contact";
import { renewContactConfirmation } from "./renew-contact-confirmation";
import { resendContactConfirmation } from "./resend-contact-confirmation";
import { verifyContact } from "./verify-contact";

const LATER = "2026-03-02 12:05";

test("the link confirms once; pressing again, or another mail's link, changes nothing", async () => {
  const { owner, add } = await givenContactHouse();
  const { id } = await add();
  const first = await linkTo(id);
  await resendContactConfirmation(acting(owner, LATER), { contactId: id });
  const second = await linkTo(id);

  await verifyContact(anybody("2026-03-02 13:00"), first);
  const before = await recordLength();
  for (const link of [first, second, second])
    await verifyContact(anybody("2026-03-02 14:00"), link);

  expect(await recordLength()).toBe(before);
  const seen = await findContactConfirmation(anybody("2026-03-02 14:00"), second);
  expect(seen).toMatchObject({ state: "used", verifiedAt: beijing("2026-03-02 13:00") });
});

test("reading what a link asks uses nothing up, and masks the address", async () => {
  const { account, add, email, list } = await givenContactHouse();
  const { id } = await add();

  const asked = await findContactConfirmation(anybody(LATER), await linkTo(id));

  expect(asked).toMatchObject({
    ...{ state: "open", kind: "security", accountName: "星澜科技", uin: account.uin },
    expiresAt: beijing("2026-03-09 12:00"),
  });
  expect(JSON.stringify(asked)).not.toContain(email);
  expect((await list())[0]).toMatchObject({ verifiedAt: null });
});

test("a wrong token is not found, as an unknown id is", async () => {
  const { add, list } = await givenContactHouse();
  const { id } = await add();
  const { confirmationId, token } = await linkTo(id);
  const unknown = crypto.randomUUID();

  for (const link of [
    { confirmationId, token: `${token.slice(0, -1)}_` },
    { confirmationId, token: "" },
    { confirmationId, token: contactToken(unknown) },
    { confirmationId: unknown, token },
    { confirmationId: unknown, token: contactToken(unknown) },
    { confirmationId: "\u0000", token },
  ]) {
    const refused = expect.objectContaining({
      code: "not_found",
      messageKey: "contacts.errors.link",
    });
    await expect(findContactConfirmation(anybody(NOON), link)).rejects.toEqual(refused);
    await expect(verifyContact(anybody(NOON), link)).rejects.toEqual(refused);
    await expect(renewContactConfirmation(anybody(NOON), link)).rejects.toEqual(refused);
  }
  expect((await list())[0]).toMatchObject({ verifiedAt: null });
});

test("a link works for seven days, then its holder may have another mailed", async () => {
  const { add, list } = await givenContactHouse();
  const { id } = await add();
  const old = await linkTo(id);
  const [last, over] = ["2026-03-09 11:59", "2026-03-09 12:00"];

  expect(await findContactConfirmation(anybody(last), old)).toMatchObject({ state: "open" });
  await renewContactConfirmation(anybody(last), old);
  expect(await linkTo(id)).toEqual(old);
  await expect(verifyContact(anybody(over), old)).rejects.toMatchObject({
    messageKey: "contacts.errors.expired",
  });
  expect(await list(undefined, over)).toMatchObject([{ isExpired: true }]);

  await renewContactConfirmation(anybody(over), old);
  const fresh = await linkTo(id);
  expect(fresh).not.toEqual(old);
  await expect(verifyContact(anybody(over), old)).rejects.toMatchObject({ code: "conflict" });
  await verifyContact(anybody(over), fresh);
  expect(await list(undefined, over)).toMatchObject([{ verifiedAt: beijing(over) }]);
});

test("a removed contact's link does nothing, also after the address is added again", async () => {
  const house = await givenContactHouse();
  const { owner, add, list } = house;
  const { id } = await add();
  const stale = await linkTo(id);
  const remove = () => removeContact(acting(owner, LATER), { contactId: id });
  await remove();
  await remove();

  expect(await recordOf(id)).toEqual(["contact.added", "contact.removed"]);
  expect(await findContactConfirmation(anybody(LATER), stale)).toMatchObject({ state: "removed" });
  await add({}, { at: LATER });
  await expect(verifyContact(anybody(LATER), stale)).rejects.toMatchObject({
    messageKey: "contacts.errors.removed",
  });
  expect(await list()).toMatchObject([{ verifiedAt: null }]);
});

test("confirmed or removed meanwhile, there is no mail to send again", async () => {
  const house = await givenContactHouse();
  const { id } = await house.add();
  await verifyContact(anybody(NOON), await linkTo(id));
  const resend = () => resendContactConfirmation(acting(house.owner, LATER), { contactId: id });

  await expect(resend()).rejects.toMatchObject({ messageKey: "contacts.errors.verified" });
  await removeContact(acting(house.owner, LATER), { contactId: id });
  await expect(resend()).rejects.toMatchObject({ messageKey: "contacts.errors.removed" });
});

test("a +label makes no second mailbox of an address", async () => {
  const { add, email } = await givenContactHouse();
  await add();
  const labelled = email.replace("@", "+again@");
  await expect(add({ email: labelled })).rejects.toMatchObject({
    messageKey: "contacts.errors.tooSoon",
  });
});

test("mails to an address: one a minute and five a day, however it is removed and added again", async () => {
  const { owner, add } = await givenContactHouse();
  const { id } = await add();
  const resend = (at: string, contactId = id) =>
    resendContactConfirmation(acting(owner, at), { contactId });

  await expect(resend(NOON)).rejects.toMatchObject({ messageKey: "contacts.errors.tooSoon" });
  for (const minute of [1, 2, 3]) await resend(`2026-03-02 12:0${minute}`);
  await removeContact(acting(owner, LATER), { contactId: id });
  const again = await add({}, { at: LATER });
  await expect(resend("2026-03-02 13:00", again.id)).rejects.toMatchObject({
    messageKey: "contacts.errors.tooManyMails",
    values: { count: 5 },
  });
  await resend("2026-03-03 12:00", again.id);
});

test("an account mails fifty confirmations a day at most", async () => {
  const { account, owner, add } = await givenContactHouse();
  const { id } = await add();
  await db.insert(contactConfirmations).values(
    Array.from({ length: 49 }, () => ({
      ...{ contactId: id, sentAt: beijing("2026-03-02 08:00") },
      expiresAt: beijing("2026-03-09 08:00"),
    })),
  );

  await expect(add({ email: "other@xinglan.example", kind: "legal" })).rejects.toMatchObject({
    messageKey: "contacts.errors.tooManyFromAccount",
  });
  const next = await addContact(acting(owner, "2026-03-03 09:00"), {
    ...{ accountId: account.id, kind: "legal", email: "other@xinglan.example", name: "法务" },
  });
  expect(next.id).toBeTruthy();
});

test("verified by one and removed by another at the same moment, it ends removed", async () => {
  const { owner, add } = await givenContactHouse();
  const { id } = await add();
  const link = await linkTo(id);

  await Promise.allSettled([
    verifyContact(anybody(LATER), link),
    removeContact(acting(owner, LATER), { contactId: id }),
  ]);

  const [contact] = await db.select().from(contacts).where(eq(contacts.id, id));
  expect(contact?.removedAt).not.toBeNull();
});

test("an address that mails cannot reach is marked, and a closed account's links end", async () => {
  const { account, add, email, list } = await givenContactHouse();
  const { id } = await add();
  await db.insert(suppressions).values({ address: email, reason: "bounced", since: beijing(NOON) });
  expect(await list()).toMatchObject([{ id, suppressed: "bounced" }]);

  await db
    .update(accounts)
    .set({ closedAt: beijing(NOON) })
    .where(eq(accounts.id, account.id));
  const link = await linkTo(id);
  expect(await findContactConfirmation(anybody(LATER), link)).toMatchObject({ state: "removed" });
  await expect(verifyContact(anybody(LATER), link)).rejects.toMatchObject({ code: "conflict" });
});
