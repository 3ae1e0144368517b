import { and, count, eq, inArray, isNull, notInArray, type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { broadcasts, deliveries, unreachedAccounts } from "@/db/schema";
import { type BroadcastKind } from "@/db/vocabulary/broadcasts";

import type { Actor } from "../context";
import { pageInput, sizedPage, uuid } from "../input";
import { down, readPage } from "../page";
import { query } from "../query";
import { FACTS, readFactsAs } from "./facts";

const PAGE = 30;
const NEWEST = [down("moment", broadcasts.startedAt), down("uuid", broadcasts.id)];
export const BROADCAST_SHELVES = ["notices", "receipts", "requests", "digests"] as const;

/** What is told to one person at a time has a shelf of its own; alarms stand with the security records. */
const APART: readonly BroadcastKind[] = [
  "acknowledgement_receipt",
  "request_update",
  "security_alarm",
  "access_update",
  "ask_message",
  "contacts_check",
  "notice_look",
  "wave_stopped",
  "checkpoint",
  "digest",
];
const ON_SHELF: Record<(typeof BROADCAST_SHELVES)[number], SQL> = {
  notices: notInArray(broadcasts.kind, [...APART]),
  receipts: eq(broadcasts.kind, "acknowledgement_receipt"),
  requests: eq(broadcasts.kind, "request_update"),
  digests: eq(broadcasts.kind, "digest"),
};

export type BroadcastSummary = Awaited<ReturnType<typeof listBroadcasts>>["rows"][number];

/**
 * Broadcasts, newest first, 30 a page. Every answer mails a receipt, so those have a shelf of
 * their own.
 */
export const listBroadcasts = query({
  may: "broadcast.read",
  input: z.object({
    shelf: z.enum(BROADCAST_SHELVES).default("notices").catch("notices"),
    ...sizedPage(PAGE),
  }),

  async run({ db, actor }, { shelf, page, size }) {
    return readBroadcasts({ db, actor }, { about: ON_SHELF[shelf], size, page });
  },
});

/** What has been sent about one thing, newest first, 30 a page: the notice and its reminders. */
export const listBroadcastsAbout = query({
  may: "broadcast.read",
  input: z.object({ subjectId: uuid, ...pageInput }),

  async run({ db, actor }, { subjectId, page }) {
    const about = eq(broadcasts.subjectId, subjectId);
    return readBroadcasts({ db, actor }, { about, size: PAGE, page });
  },
});

/** To whom else one thing was told: its bulletins, at most one for each kind of reader. */
export const listBulletins = query({
  may: "broadcast.read",
  input: z.object({ broadcastId: uuid }),

  async run({ db }, { broadcastId }) {
    const rows = await db
      .select()
      .from(broadcasts)
      .where(and(eq(broadcasts.subjectId, broadcastId), eq(broadcasts.kind, "bulletin")))
      .orderBy(broadcasts.startedAt, broadcasts.id);
    return rows.map(({ facts, ...row }) => ({ ...row, to: FACTS.bulletin.parse(facts).to }));
  },
});

const columns = {
  id: broadcasts.id,
  kind: broadcasts.kind,
  facts: broadcasts.facts,
  status: broadcasts.status,
  cancelledAt: broadcasts.cancelledAt,
  preparedAt: broadcasts.preparedAt,
  /** Whether some of those it tells are held back for its second wave. */
  isHeld: sql<boolean>`exists (
    select from broadcast_waves w where w.broadcast_id = broadcasts.id and w.released_at is null)`,
  startedAt: broadcasts.startedAt,
  finishedAt: broadcasts.finishedAt,
};

type Row = Pick<typeof broadcasts.$inferSelect, Exclude<keyof typeof columns, "isHeld">> & {
  isHeld: boolean;
};

type View = { db: Db | Tx; actor: Actor };
type Wanted = { about: SQL; size: number; page: string | undefined };

async function readBroadcasts({ db, actor }: View, { about, size, page }: Wanted) {
  const { rows, ...turns } = await readPage({ keys: NEWEST, size, page }, (slice) =>
    db
      .select({ ...columns, cursor: slice.cursor })
      .from(broadcasts)
      .where(and(about, slice.beyond))
      .orderBy(slice.order)
      .limit(slice.limit),
  );
  return { rows: await withMails({ db, actor }, rows), ...turns };
}

/** Adds how the mails of each stand: how many there are, how many wait, arrived, or will not arrive; and how many accounts nobody has told yet. */
async function withMails({ db, actor }: View, rows: readonly Row[]) {
  const ids = rows.map(({ id }) => id);
  const [unreached, totals] = await Promise.all([
    db
      .select({ id: unreachedAccounts.broadcastId, accounts: count() })
      .from(unreachedAccounts)
      .where(and(inArray(unreachedAccounts.broadcastId, ids), isNull(unreachedAccounts.settledAt)))
      .groupBy(unreachedAccounts.broadcastId),
    db
      .select({ id: deliveries.broadcastId, status: deliveries.status, count: count() })
      .from(deliveries)
      .where(and(inArray(deliveries.broadcastId, ids), eq(deliveries.channel, "email")))
      .groupBy(deliveries.broadcastId, deliveries.status),
  ]);
  return rows.map(({ kind, facts, ...row }) => ({
    ...row,
    told: readFactsAs(actor, kind, facts),
    unreachedAccounts: unreached.find(({ id }) => id === row.id)?.accounts ?? 0,
    mails: totals
      .filter(({ id }) => id === row.id)
      .map(({ status, count: mails }) => ({ status, count: mails })),
  }));
}
