import { and, desc, eq, or } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import {
  accounts,
  auditEntries,
  broadcasts,
  contacts,
  deliveries,
  formerAddresses,
  memberInvitations,
  members,
  factors,
  oidcIdentities,
  policyAcknowledgements,
  requestDrafts,
  requests,
  recoveryCodes,
  securityEvents,
  sessions,
  signInRequests,
  staffRoles,
  subscriptions,
  users,
} from "@/db/schema";

import { query } from "../query";
import { person } from "./permissions";

/** The newest of each part; who has more is told so by `isCut`. */
const MOST = 5_000;

/** The parts of what is held about a person, in the order of the file. */
export const OWN_DATA_PARTS = [
  "formerAddresses",
  "memberships",
  "contacts",
  "invitations",
  "subscriptions",
  "staffRoles",
  "identities",
  "factors",
  "recoveryCodes",
  "sessions",
  "signInRequests",
  "securityRecords",
  "answers",
  "messages",
  "requests",
  "requestDrafts",
  "acts",
] as const;
export type OwnDataPart = (typeof OWN_DATA_PARTS)[number];

/**
 * What is held about the person who asks (P23), as rows of plain values: themselves, where they
 * belong, how they come in, what they were told, what they answered and did. No secret of theirs and
 * nothing about anybody else: what an act concerned is its type and id.
 */
export const readOwnData = query({
  may: "access.changeOwn",
  input: z.object({}),

  async run({ db, actor, now }) {
    const { id } = person(actor);
    const [self] = await db
      .select({
        name: users.name,
        email: users.email,
        locale: users.locale,
        wantsAnnouncementMails: users.wantsAnnouncementMails,
        wantsMinorChangeMails: users.wantsMinorChangeMails,
        showsAddress: users.showsAddress,
        createdAt: users.createdAt,
      })
      .from(users)
      .where(eq(users.id, id));
    if (!self) throw new Error("the person of the session is gone");
    const rows = { ...(await belongings(db, id)), ...(await entrances(db, { id, ...self })) };
    const told = await tellings(db, id);
    const parts: Record<OwnDataPart, readonly object[]> = { ...rows, ...told };
    return { readAt: now, id, person: self, parts, isCut: cutIn(parts) };
  },
});

const cutIn = (parts: Record<OwnDataPart, readonly object[]>): OwnDataPart[] =>
  OWN_DATA_PARTS.filter((part) => parts[part].length === MOST);

async function belongings(db: Db | Tx, id: string) {
  const account = { account: accounts.name, uin: accounts.uin };
  return {
    formerAddresses: await db
      .select({ address: formerAddresses.address, changedAt: formerAddresses.changedAt })
      .from(formerAddresses)
      .where(eq(formerAddresses.userId, id)),
    memberships: await db
      .select({
        ...account,
        role: members.role,
        joinedAt: members.joinedAt,
        leftAt: members.leftAt,
      })
      .from(members)
      .innerJoin(accounts, eq(accounts.id, members.accountId))
      .where(eq(members.userId, id)),
    contacts: await db
      .select({
        ...account,
        kind: contacts.kind,
        name: contacts.name,
        addedAt: contacts.addedAt,
        verifiedAt: contacts.verifiedAt,
        removedAt: contacts.removedAt,
      })
      .from(contacts)
      .innerJoin(accounts, eq(accounts.id, contacts.accountId))
      .where(eq(contacts.userId, id)),
    subscriptions: await db
      .select({
        productIds: subscriptions.productIds,
        announcements: subscriptions.announcements,
        documentIds: subscriptions.documentIds,
        confirmedAt: subscriptions.confirmedAt,
      })
      .from(subscriptions)
      .where(eq(subscriptions.userId, id)),
    staffRoles: await db
      .select({ role: staffRoles.role, grantedAt: staffRoles.grantedAt })
      .from(staffRoles)
      .where(eq(staffRoles.userId, id)),
  };
}

const invitationsTo = (db: Db | Tx, email: string) =>
  db
    .select({
      account: accounts.name,
      uin: accounts.uin,
      role: memberInvitations.role,
      invitedAt: memberInvitations.invitedAt,
      expiresAt: memberInvitations.expiresAt,
      endedAt: memberInvitations.endedAt,
    })
    .from(memberInvitations)
    .innerJoin(accounts, eq(accounts.id, memberInvitations.accountId))
    .where(eq(memberInvitations.email, email));

async function entrances(db: Db | Tx, { id, email }: { id: string; email: string }) {
  const seen = { device: sessions.device, network: sessions.network };
  return {
    invitations: await invitationsTo(db, email),
    identities: await db
      .select({ provider: oidcIdentities.provider, subject: oidcIdentities.subject })
      .from(oidcIdentities)
      .where(eq(oidcIdentities.userId, id)),
    factors: await db
      .select({
        kind: factors.kind,
        name: factors.name,
        createdAt: factors.createdAt,
        confirmedAt: factors.confirmedAt,
        lastUsedAt: factors.lastUsedAt,
      })
      .from(factors)
      .where(eq(factors.userId, id)),
    recoveryCodes: await db
      .select({ createdAt: recoveryCodes.createdAt, usedAt: recoveryCodes.usedAt })
      .from(recoveryCodes)
      .where(eq(recoveryCodes.userId, id)),
    sessions: await db
      .select({
        ...seen,
        createdAt: sessions.createdAt,
        lastSeenAt: sessions.lastSeenAt,
        expiresAt: sessions.expiresAt,
      })
      .from(sessions)
      .where(eq(sessions.userId, id)),
    signInRequests: await db
      .select({
        purpose: signInRequests.purpose,
        requestedAt: signInRequests.requestedAt,
        mailedAt: signInRequests.mailedAt,
        usedAt: signInRequests.usedAt,
      })
      .from(signInRequests)
      .where(eq(signInRequests.email, email))
      .orderBy(desc(signInRequests.requestedAt))
      .limit(MOST),
    securityRecords: await db
      .select({
        at: securityEvents.at,
        kind: securityEvents.kind,
        network: securityEvents.network,
        device: securityEvents.device,
        what: securityEvents.what,
      })
      .from(securityEvents)
      .where(eq(securityEvents.userId, id))
      .orderBy(desc(securityEvents.at))
      .limit(MOST),
  };
}

async function tellings(db: Db | Tx, id: string) {
  return {
    answers: await db
      .select({
        receiptNumber: policyAcknowledgements.receiptNumber,
        account: policyAcknowledgements.accountName,
        personName: policyAcknowledgements.personName,
        memberRole: policyAcknowledgements.memberRole,
        answer: policyAcknowledgements.answer,
        reason: policyAcknowledgements.reason,
        statement: policyAcknowledgements.statement,
        answeredAt: policyAcknowledgements.answeredAt,
        userAgent: policyAcknowledgements.userAgent,
      })
      .from(policyAcknowledgements)
      .where(eq(policyAcknowledgements.userId, id))
      .orderBy(desc(policyAcknowledgements.answeredAt))
      .limit(MOST),
    messages: await db
      .select({
        kind: broadcasts.kind,
        channel: deliveries.channel,
        address: deliveries.address,
        status: deliveries.status,
        createdAt: deliveries.createdAt,
        sentAt: deliveries.sentAt,
        readAt: deliveries.readAt,
      })
      .from(deliveries)
      .innerJoin(broadcasts, eq(broadcasts.id, deliveries.broadcastId))
      .where(eq(deliveries.userId, id))
      .orderBy(desc(deliveries.createdAt))
      .limit(MOST),
    requests: await db
      .select({
        number: requests.number,
        type: requests.type,
        channel: requests.channel,
        status: requests.status,
        receivedAt: requests.receivedAt,
      })
      .from(requests)
      .where(eq(requests.requesterId, id))
      .orderBy(desc(requests.receivedAt))
      .limit(MOST),
    requestDrafts: await db
      .select({ createdAt: requestDrafts.createdAt, updatedAt: requestDrafts.updatedAt })
      .from(requestDrafts)
      .where(eq(requestDrafts.ownerId, id)),
    acts: await db
      .select({
        at: auditEntries.at,
        action: auditEntries.action,
        subjectType: auditEntries.subjectType,
        subjectId: auditEntries.subjectId,
      })
      .from(auditEntries)
      .where(
        or(
          eq(auditEntries.actorId, id),
          and(eq(auditEntries.subjectType, "person"), eq(auditEntries.subjectId, id)),
        ),
      )
      .orderBy(desc(auditEntries.seq))
      .limit(MOST),
  };
}
