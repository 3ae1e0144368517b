import { and, eq, gt, inArray, isNull, ne, sql } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import {
  contactConfirmations,
  contacts,
  formerAddresses,
  memberInvitations,
  members,
  oidcIdentities,
  sessions,
  signInRequests,
  staffRoles,
  users,
} from "@/db/schema";
import { emailAddress } from "@/lib/email-address";

import { leaveBrowsers } from "../access/leave-browsers";
import { Conflict, Invalid, NotFound } from "../errors";
import { uuid } from "../input";
import { verb } from "../verb";
import { lockAccount } from "./lock";

/**
 * Gives a member another mail address, in every account they are in. Whatever the old address opened
 * ends: sessions and what their browsers show, sign-in mails and invitations under way, identities it was recognised by, and its confirmations as a
 * contact, which the new address has to give again. What was told to the old address, and whether
 * mail to it is stopped, stays with it.
 * @throws Invalid (no address; somebody else's), Conflict (staff; a closed account), NotFound
 */
export const changeAddress = verb({
  may: "account.manage",
  input: z.object({ memberId: uuid, email: emailAddress }),

  async run(step, { memberId, email }) {
    const { tx, now, record, unchanged } = step;
    const { accountId, userId, address } = await lockMember(tx, memberId);
    if (address === email) return unchanged({ accountId });
    await assertNoStaff(tx, userId);
    await assertFree(tx, { email, userId });
    // Before the sessions: a sign-in under way holds its request, and its session then ends below.
    await tx
      .update(signInRequests)
      .set({ expiresAt: now })
      .where(and(eq(signInRequests.email, address), gt(signInRequests.expiresAt, now)));
    const moved = await tx
      .update(users)
      .set({ email })
      .where(and(eq(users.id, userId), eq(users.email, address)))
      .returning({ id: users.id });
    if (moved.length === 0) throw new Conflict("accounts.errors.addressMoved");
    await keepFormer(tx, { userId, address, email, now });
    await tx
      .update(memberInvitations)
      .set({ endedAt: now })
      .where(and(eq(memberInvitations.email, address), isNull(memberInvitations.endedAt)));
    const ended = await endWaysIn(tx, userId);
    const unconfirmed = await endConfirmations(tx, { userId, now });

    await record("member.address_changed", {
      id: memberId,
      after: { accountId, userId, sessions: ended, contacts: unconfirmed },
    });
    await leaveBrowsers(step, { userId, where: sql`true` });
    return { accountId };
  },
});

/** A member of now, with the account locked. @throws NotFound, Conflict */
async function lockMember(tx: Tx, memberId: string) {
  const find = () =>
    tx
      .select({ accountId: members.accountId, userId: members.userId, address: users.email })
      .from(members)
      .innerJoin(users, eq(users.id, members.userId))
      .where(and(eq(members.id, memberId), isNull(members.leftAt)));
  const [seen] = await find();
  if (!seen) throw new NotFound("errors.notFound");
  await lockAccount(tx, seen.accountId);
  const [member] = await find();
  if (!member) throw new NotFound("errors.notFound");
  return member;
}

/** Who could give a colleague's person their own mailbox could approve what they wrote. @throws Conflict */
async function assertNoStaff(tx: Tx, userId: string): Promise<void> {
  const roles = await tx.$count(staffRoles, eq(staffRoles.userId, userId));
  if (roles > 0) throw new Conflict("accounts.errors.addressOfStaff");
}

/** Two people are never made one: their answers and receipts would be nobody's. @throws Invalid */
async function assertFree(tx: Tx, { email, userId }: { email: string; userId: string }) {
  const taken = await tx.$count(users, and(eq(users.email, email), ne(users.id, userId)));
  if (taken > 0) throw new Invalid("errors.form", { email: ["accounts.errors.addressTaken"] });
}

type Moved = { userId: string; address: string; email: string; now: Date };

/** Keeps the address that was left; one that is taken up again is left no more. */
async function keepFormer(tx: Tx, { userId, address, email, now }: Moved): Promise<void> {
  await tx
    .delete(formerAddresses)
    .where(and(eq(formerAddresses.userId, userId), eq(formerAddresses.address, email)));
  await tx
    .insert(formerAddresses)
    .values({ userId, address, changedAt: now })
    .onConflictDoUpdate({
      target: [formerAddresses.address, formerAddresses.userId],
      set: { changedAt: now },
    });
}

/** @returns how many sessions it ended */
async function endWaysIn(tx: Tx, userId: string): Promise<number> {
  await tx.delete(oidcIdentities).where(eq(oidcIdentities.userId, userId));
  const ended = await tx
    .delete(sessions)
    .where(eq(sessions.userId, userId))
    .returning({ userId: sessions.userId });
  return ended.length;
}

/** @returns how many contacts have to confirm their address again */
async function endConfirmations(tx: Tx, { userId, now }: { userId: string; now: Date }) {
  const isTheirs = and(eq(contacts.userId, userId), isNull(contacts.removedAt));
  await tx
    .update(contactConfirmations)
    .set({ expiresAt: now })
    .where(
      and(
        gt(contactConfirmations.expiresAt, now),
        inArray(
          contactConfirmations.contactId,
          tx.select({ id: contacts.id }).from(contacts).where(isTheirs),
        ),
      ),
    );
  const reset = await tx
    .update(contacts)
    .set({ verifiedAt: null })
    .where(isTheirs)
    .returning({ id: contacts.id });
  return reset.length;
}
