import { and, asc, eq, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { accounts, apps, broadcasts, deliveries, notices } from "@/db/schema";
import { TOLD_TO_ACCOUNTS } from "@/db/vocabulary/broadcasts";
import { CATEGORY_OF, INBOX_CATEGORIES, type InboxCategory } from "@/db/vocabulary/inbox";

import { person } from "../access/permissions";
import { readFacts } from "../broadcasts/facts";
import { type Following, followingColumn, followingOf } from "../broadcasts/following";
import { isNotWithdrawn, withdrawnAt } from "../broadcasts/withdrawals";
import type { Context } from "../context";
import { NotFound } from "../errors";
import { sizedPage } from "../input";
import { down, readPage } from "../page";
import { query } from "../query";
import { countColumn, readRows } from "../rows";
import { factsHold, soughtWords } from "../words";

const PAGE = 30;
const NEWEST = [down("moment", deliveries.createdAt), down("uuid", deliveries.id)];

/** What of the inbox is shown: what is not archived, what of it is unread, or the archive. */
export const INBOX_VIEWS = ["all", "unread", "archived"] as const;

export type InboxMessage = Awaited<ReturnType<typeof listInbox>>["rows"][number];

const columns = {
  id: deliveries.id,
  createdAt: deliveries.createdAt,
  readAt: deliveries.readAt,
  knownAt: deliveries.knownAt,
  archivedAt: deliveries.archivedAt,
  accountIds: deliveries.accountIds,
  kind: broadcasts.kind,
  facts: broadcasts.facts,
  /** When what it tells of was withdrawn; null while it holds. */
  withdrawnAt: sql<Date | null>`${withdrawnAt}`.mapWith((at: string) => new Date(at)),
  /** What has corrected the announcement that it tells of, added to it or ended it. */
  following:
    sql`case when ${broadcasts.kind} = 'announcement' then ${followingOf(sql`${broadcasts.subjectId}`)} else '[]' end`.mapWith(
      (rows: unknown): Following => followingColumn.parse(rows),
    ),
};

/** The reader's own message that tells of the withdrawal. */
const ownWithdrawal = sql<string | null>`(
  select own.id from deliveries own join broadcasts told on told.id = own.broadcast_id
  where told.id = (
      select w.broadcast_id from withdrawals w
      where w.subject_id = ${broadcasts.subjectId} and w.decision = 'approved'
    ) and told.kind = 'withdrawal' and told.id <> ${broadcasts.id}
    and own.user_id = ${deliveries.userId} and own.channel = 'inbox'
)`;

/** Asks for the reader's eye: not opened, and not withdrawn, for the withdrawal asks in its place. */
const isUnread = and(isNull(deliveries.readAt), isNotWithdrawn);

/** The shelf of a message, as a column. */
const category = sql<InboxCategory>`case ${broadcasts.kind} ${sql.join(
  Object.entries(CATEGORY_OF).map(([kind, shelf]) =>
    shelf === "withdrawn"
      ? sql`when ${kind} then case ${broadcasts.facts} #>> '{what,kind}' when 'version' then 'policies' when 'incident' then 'incidents' else 'announcements' end`
      : sql`when ${kind} then ${shelf}`,
  ),
  sql` `,
)} end`;

/** What of the inbox an address asks for; what it cannot is passed over. */
export const inboxFilter = z.object({
  show: z.enum(INBOX_VIEWS).default("all").catch("all"),
  category: z.enum(INBOX_CATEGORIES).optional().catch(undefined),
  /** Words that the message holds. */
  q: soughtWords.default(""),
});
export type InboxFilter = z.output<typeof inboxFilter>;

/** The reader's own in-site messages, newest first, 30 a page. */
export const listInbox = query({
  may: "inbox.readOwn",
  input: inboxFilter.extend(sizedPage(PAGE)),

  async run({ db, actor }, { show, category: shelf, q, page, size }) {
    const { rows, ...turns } = await readPage({ keys: NEWEST, size, page }, (slice) =>
      db
        .select({ ...columns, cursor: slice.cursor })
        .from(deliveries)
        .innerJoin(broadcasts, eq(broadcasts.id, deliveries.broadcastId))
        .where(
          and(
            eq(deliveries.userId, person(actor).id),
            eq(deliveries.channel, "inbox"),
            show === "archived" ? isNotNull(deliveries.archivedAt) : isNull(deliveries.archivedAt),
            show === "unread" ? isUnread : undefined,
            shelf && eq(category, shelf),
            q ? factsHold(broadcasts.facts, q) : undefined,
            slice.beyond,
          ),
        )
        .orderBy(slice.order)
        .limit(slice.limit),
    );
    return {
      rows: rows.map(({ kind, facts, ...row }) => ({ ...row, told: readFacts(kind, facts) })),
      ...turns,
    };
  },
});

/** The reader's own messages of these notices, by notice. */
async function ownMessagesOf(db: Db | Tx, { userId, noticeIds }: Owned) {
  if (noticeIds.length === 0) return new Map<string, string>();
  const rows = await db
    .select({ noticeId: notices.id, id: deliveries.id })
    .from(notices)
    .innerJoin(deliveries, eq(deliveries.broadcastId, notices.broadcastId))
    .where(
      and(
        inArray(notices.id, [...noticeIds]),
        eq(deliveries.userId, userId),
        eq(deliveries.channel, "inbox"),
      ),
    );
  return new Map(rows.map(({ noticeId, id }) => [noticeId, id]));
}

type Owned = { userId: string; noticeIds: readonly string[] };

/** One of the reader's own messages, with the apps it concerns and those of the reader's accounts that it was told to. @throws NotFound, also for somebody else's */
export const findMessage = query({
  may: "inbox.readOwn",
  input: z.object({ id: z.uuid() }),

  async run({ db, actor }, { id }) {
    const [row] = await db
      .select({
        ...columns,
        appIds: deliveries.appIds,
        broadcastId: broadcasts.id,
        factsHash: broadcasts.factsHash,
        withdrawalId: ownWithdrawal,
      })
      .from(deliveries)
      .innerJoin(broadcasts, eq(broadcasts.id, deliveries.broadcastId))
      .where(
        and(
          eq(deliveries.id, id),
          eq(deliveries.userId, person(actor).id),
          eq(deliveries.channel, "inbox"),
        ),
      );
    if (!row) throw new NotFound("errors.notFound");
    const { kind, facts, appIds, ...message } = row;
    const told = readFacts(kind, facts);
    const followed = told.kind === "announcement" ? told.facts.follows?.noticeId : undefined;
    const others = await ownMessagesOf(db, {
      userId: person(actor).id,
      noticeIds: [
        ...message.following.map(({ noticeId }) => noticeId),
        ...(followed ? [followed] : []),
      ],
    });
    const concerned = await db
      .select({ name: apps.name, sdkAppId: apps.sdkAppId })
      .from(apps)
      .where(inArray(apps.id, appIds))
      .orderBy(asc(apps.sdkAppId));
    const own = person(actor).memberships.map(({ accountId }) => accountId);
    const toldTo = TOLD_TO_ACCOUNTS.some((one) => one === kind)
      ? message.accountIds.filter((accountId) => own.includes(accountId))
      : [];
    return {
      ...message,
      apps: concerned,
      told,
      following: message.following.map((one) => ({
        ...one,
        messageId: others.get(one.noticeId) ?? null,
      })),
      /** The reader's own message of the announcement that it follows. */
      followedId: followed ? (others.get(followed) ?? null) : null,
      toldTo: await db
        .select({ id: accounts.id, name: accounts.name })
        .from(accounts)
        .where(inArray(accounts.id, toldTo))
        .orderBy(asc(accounts.name)),
    };
  },
});

const unreadRow = z.object({ category: z.enum(INBOX_CATEGORIES), n: countColumn });

/** How many messages the reader has not opened, shelf by shelf. */
export const countUnreadOf = query({
  may: "inbox.readOwn",
  input: z.object({}),

  async run({ db, actor }) {
    const rows = await readRows(db, unreadRow)`
      select ${category} as category, count(*) as n
      from deliveries join broadcasts on broadcasts.id = deliveries.broadcast_id
      where deliveries.user_id = ${person(actor).id} and deliveries.channel = 'inbox'
        and deliveries.archived_at is null and ${isUnread}
      group by 1`;
    return new Map(rows.map((row) => [row.category, row.n]));
  },
});

/** All of them together: the red dot. */
export async function countUnread(ctx: Context, input: Record<never, never>): Promise<number> {
  const counts = await countUnreadOf(ctx, input);
  return [...counts.values()].reduce((sum, n) => sum + n, 0);
}
