import { and, eq, inArray, type SQL } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import {
  accounts,
  adviceDone,
  broadcasts,
  type Delivery,
  deliveries,
  dispatches,
  endpoints,
  mailAttempts,
  mailBatches,
  providerEvents,
  unreachedAccounts,
  users,
} from "@/db/schema";
import type { AttemptOutcome } from "@/db/vocabulary/broadcasts";
import type { DispatchStatus, PersonChannel } from "@/db/vocabulary/endpoints";

import { NotFound } from "../errors";
import { uuid } from "../input";
import { query } from "../query";
import { type ReportedStatus, statusOfEvent } from "./delivery-status";

type Other = { userId: string; name: string; address: string };

export type RecipientEventKind =
  | "placed"
  | "read"
  | "known"
  /** A page showed the banner of an incident that wants action; the reader followed an advice of it. */
  | "bannerSeen"
  | "followed"
  /** What became of the notification in a browser of theirs. */
  | `${PersonChannel}.${DispatchStatus}`
  | "queued"
  | "queuedInstead"
  | "suppressed"
  | "frozen"
  | "frozenAgain"
  /** Open while it runs, and for good when its worker was killed. */
  | `attempt.${AttemptOutcome | "open"}`
  | `reported.${ReportedStatus}`
  | "failed"
  | "unknown"
  | "unconfirmed"
  | "cancelled"
  | "fallback"
  | "unreached";

/** What happened to one person's copy, one thing after the other. */
export type RecipientEvent = {
  at: Date;
  kind: RecipientEventKind;
  /** What the provider said, in its own words. */
  detail?: string | null;
  /** How many mails the batch holds, or which attempt it was. */
  count?: number;
  /** Instead of whom, or who instead. */
  other?: Other;
  account?: { id: string; name: string };
  browser?: string;
};

/** One recipient of a broadcast and the whole way of the mail and the in-site message. @throws NotFound */
export const readRecipient = query({
  may: "broadcast.read",
  input: z.object({ broadcastId: uuid, userId: uuid }),

  async run({ db }, { broadcastId, userId }) {
    const rows = await db
      .select()
      .from(deliveries)
      .where(and(eq(deliveries.broadcastId, broadcastId), eq(deliveries.userId, userId)));
    const [person] = await db.select().from(users).where(eq(users.id, userId));
    const [first] = rows;
    if (!first || !person) throw new NotFound("errors.notFound");

    const mail = rows.find(({ channel }) => channel === "email") ?? null;
    const inbox = rows.find(({ channel }) => channel === "inbox") ?? null;
    const events = (await Promise.all(rows.map((row) => eventsOf(db, row)))).flat();
    return {
      name: person.name,
      locale: first.locale,
      accounts: await db
        .select({ id: accounts.id, name: accounts.name, uin: accounts.uin })
        .from(accounts)
        .where(inArray(accounts.id, first.accountIds))
        .orderBy(accounts.uin),
      mail: mail && { status: mail.status, address: mail.address ?? person.email },
      inbox: inbox && { readAt: inbox.readAt, knownAt: inbox.knownAt },
      events: events.sort((a, b) => a.at.getTime() - b.at.getTime()),
    };
  },
});

/** What happened to one delivery, one thing after the other. */
export async function eventsOf(db: Db | Tx, row: Delivery): Promise<RecipientEvent[]> {
  const events = await (row.channel === "email" ? eventsOfMail : eventsOfMessage)(db, row);
  return events.sort((a, b) => a.at.getTime() - b.at.getTime());
}

async function eventsOfMessage(db: Db | Tx, message: Delivery): Promise<RecipientEvent[]> {
  const { createdAt, readAt, knownAt, bannerSeenAt, broadcastId, userId } = message;
  const followed = await db
    .select({ at: adviceDone.doneAt })
    .from(adviceDone)
    .innerJoin(broadcasts, eq(broadcasts.subjectId, adviceDone.noticeId))
    .where(
      and(
        ...[eq(broadcasts.id, broadcastId), eq(broadcasts.kind, "incident_notice")],
        eq(adviceDone.doneBy, userId),
      ),
    );
  const pushed = await db
    .select({
      dispatch: dispatches,
      channel: endpoints.channel,
      name: endpoints.name,
      host: endpoints.host,
    })
    .from(dispatches)
    .innerJoin(endpoints, eq(endpoints.id, dispatches.endpointId))
    .where(and(eq(dispatches.broadcastId, broadcastId), eq(endpoints.userId, userId)));
  return [
    { at: createdAt, kind: "placed" },
    ...(bannerSeenAt ? [{ at: bannerSeenAt, kind: "bannerSeen" as const }] : []),
    ...(readAt ? [{ at: readAt, kind: "read" as const }] : []),
    ...(knownAt ? [{ at: knownAt, kind: "known" as const }] : []),
    ...followed.map(({ at }): RecipientEvent => ({ at, kind: "followed" })),
    ...pushed.map(({ dispatch, channel, name, host }): RecipientEvent => ({
      at: dispatch.settledAt ?? dispatch.createdAt,
      kind: `${channel === "sms" ? channel : "push"}.${dispatch.status}`,
      detail: dispatch.reason,
      // Of a number what a page shows of it.
      browser: name || host,
    })),
  ];
}

async function eventsOfMail(db: Db | Tx, mail: Delivery): Promise<RecipientEvent[]> {
  const parts = await Promise.all([
    beginningOf(db, mail),
    eventsOfBatches(db, mail),
    eventsReported(db, mail),
    endOf(mail),
    eventsAfter(db, mail),
  ]);
  return parts.flat();
}

async function beginningOf(db: Db | Tx, mail: Delivery): Promise<RecipientEvent[]> {
  const at = mail.createdAt;
  if (mail.status === "suppressed" && !mail.providerId)
    return [{ at, kind: "suppressed", detail: mail.reason }];
  const other = await firstTold(db, mail);
  return [other ? { at, kind: "queuedInstead", other } : { at, kind: "queued" }];
}

/** An end that nobody reported, but that we wrote ourselves. */
function endOf({ status, settledAt: at, reason, providerId }: Delivery): RecipientEvent[] {
  if (!at) return [];
  if (status === "unconfirmed" || status === "cancelled") return [{ at, kind: status }];
  return status === "failed" && !providerId ? [{ at, kind: "failed", detail: reason }] : [];
}

async function eventsOfBatches(db: Db | Tx, mail: Delivery): Promise<RecipientEvent[]> {
  const ids = [...mail.earlierBatchIds, ...(mail.batchId ? [mail.batchId] : [])];
  if (ids.length === 0) return [];
  const [batches, attempts] = await Promise.all([
    db.select().from(mailBatches).where(inArray(mailBatches.id, ids)),
    db.select().from(mailAttempts).where(inArray(mailAttempts.batchId, ids)),
  ]);
  return [
    ...batches.map(({ id, frozenAt, size }): RecipientEvent => ({
      at: frozenAt,
      kind: ids.indexOf(id) > 0 ? "frozenAgain" : "frozen",
      count: size,
    })),
    ...batches.flatMap(({ status, settledAt, lastError }): RecipientEvent[] =>
      status === "unknown" && settledAt
        ? [{ at: settledAt, kind: "unknown", detail: lastError }]
        : [],
    ),
    ...attempts.map(({ startedAt, number, outcome, detail }): RecipientEvent => ({
      at: startedAt,
      kind: `attempt.${outcome ?? "open"}`,
      count: number,
      detail,
    })),
  ];
}

async function eventsReported(db: Db | Tx, { providerId }: Delivery): Promise<RecipientEvent[]> {
  if (!providerId) return [];
  const reported = await db
    .select()
    .from(providerEvents)
    .where(eq(providerEvents.providerId, providerId));
  return reported.flatMap(({ type, occurredAt, detail }): RecipientEvent[] => {
    const status = statusOfEvent(type);
    return status ? [{ at: occurredAt, kind: `reported.${status}`, detail }] : [];
  });
}

/** Whose mail did not arrive, so that this one was written. */
async function firstTold(db: Db | Tx, { fallbackOf }: Delivery): Promise<Other | null> {
  if (!fallbackOf) return null;
  const [told] = await others(db, eq(deliveries.id, fallbackOf));
  return told?.other ?? null;
}

/** Who was told instead, and whether the account became a task. */
async function eventsAfter(db: Db | Tx, mail: Delivery): Promise<RecipientEvent[]> {
  const isNext = and(eq(deliveries.fallbackOf, mail.id), eq(deliveries.channel, "email"));
  const [next, tasks] = await Promise.all([
    others(db, isNext),
    db
      .select({ at: unreachedAccounts.foundAt, id: accounts.id, name: accounts.name })
      .from(unreachedAccounts)
      .innerJoin(accounts, eq(accounts.id, unreachedAccounts.accountId))
      .where(
        and(
          eq(unreachedAccounts.broadcastId, mail.broadcastId),
          inArray(unreachedAccounts.accountId, mail.accountIds),
        ),
      ),
  ]);
  return [
    ...next.map(({ at, other }): RecipientEvent => ({ at, kind: "fallback", other })),
    ...tasks.map(({ at, id, name }): RecipientEvent => ({
      at,
      kind: "unreached",
      account: { id, name },
    })),
  ];
}

async function others(db: Db | Tx, which: SQL | undefined): Promise<{ at: Date; other: Other }[]> {
  const rows = await db
    .select({
      at: deliveries.createdAt,
      userId: deliveries.userId,
      name: users.name,
      address: deliveries.address,
    })
    .from(deliveries)
    .innerJoin(users, eq(users.id, deliveries.userId))
    .where(which);
  return rows.map(({ at, userId, name, address }) => ({
    at,
    other: { userId, name, address: address ?? "" },
  }));
}
