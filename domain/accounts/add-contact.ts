import { and, eq, isNull } from "drizzle-orm";
import type { z } from "zod";

import type { Tx } from "@/db/client";
import { contacts, users } from "@/db/schema";
import { BINDING_ROLES } from "@/db/vocabulary/access";

import { membershipIn, person } from "../access/permissions";
import { Invalid } from "../errors";
import { type RecordedStep, verb } from "../verb";
import { mailConfirmation } from "./contact-confirmation";
import { contactInput } from "./input";
import { lockAccount } from "./lock";
import { MOST_CONTACTS_PER_KIND } from "./rules";

type Input = z.output<typeof contactInput>;

/**
 * Names a contact of an account for one kind of matter and asks the address by mail to confirm. The
 * owner and the legal member may. Whether anybody here has the address is not told: an address
 * nobody has yet enters a new person, and the answer is the same.
 * @throws Invalid (there already; too many of the kind), Conflict (too many mails), NotFound, NotAllowed
 */
export const addContact = verb({
  may: "contact.manageOwn",
  input: contactInput,

  async run(step, input) {
    const { tx, actor, now, record } = step;
    const { accountId, kind, name } = input;
    membershipIn(actor, accountId, BINDING_ROLES);
    await lockAccount(tx, accountId);
    await assertRoom(tx, input);

    const userId = await personWith(step, input);
    const [contact] = await tx
      .insert(contacts)
      .values({ accountId, kind, userId, name, addedBy: person(actor).id, addedAt: now })
      .returning();
    if (!contact) throw new Error("the contact was not written");
    await mailConfirmation(step, contact);
    await record("contact.added", {
      id: contact.id,
      after: { accountId, userId, contactKind: kind },
    });
    return { id: contact.id };
  },
});

async function assertRoom(tx: Tx, { accountId, kind, email }: Input): Promise<void> {
  const there = await tx
    .select({ email: users.email })
    .from(contacts)
    .innerJoin(users, eq(users.id, contacts.userId))
    .where(
      and(eq(contacts.accountId, accountId), eq(contacts.kind, kind), isNull(contacts.removedAt)),
    );
  if (there.some((one) => one.email === email))
    throw new Invalid("errors.form", { email: ["contacts.errors.known"] });
  if (there.length >= MOST_CONTACTS_PER_KIND)
    throw new Invalid(
      "errors.form",
      { kind: ["contacts.errors.tooManyContacts"] },
      { count: MOST_CONTACTS_PER_KIND },
    );
}

/** Another verb may enter the same address at the same moment: then theirs is the person. */
async function personWith({ tx, now }: RecordedStep, { email, name, locale }: Input) {
  await tx.insert(users).values({ email, name, locale, createdAt: now }).onConflictDoNothing();
  const [user] = await tx.select({ id: users.id }).from(users).where(eq(users.email, email));
  if (!user) throw new Error("the person was not written");
  return user.id;
}
