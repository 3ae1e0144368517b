import { and, desc, eq, inArray, or, type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { requests } from "@/db/schema";
import { shanghaiDay } from "@/lib/shanghai";

import { NotFound } from "../errors";
import { uuid } from "../input";
import { query } from "../query";
import { requestNumber } from "./input";
import { isOpen, OPEN_STATUSES } from "./rules";

const PAGE = 20;

export type RequestStanding = Awaited<ReturnType<typeof standings>>[number];

/**
 * Where requests stand, without a word of what they say: those of an account, of a person, of a
 * ticket, or one by its number. The open ones first, then the latest; 20 a page.
 */
export const listRequestStatus = query({
  may: "request.readStatus",
  input: z.union([
    z.object({ accountId: uuid, page: pageNumber() }),
    z.object({ requesterId: uuid, page: pageNumber() }),
    z.object({ found: z.string().max(200), page: pageNumber() }),
  ]),

  async run({ db, now }, of) {
    const rows = await standings(db, { where: conditionOf(of), now, page: of.page });
    return { rows: rows.slice(0, PAGE), hasMore: rows.length > PAGE, page: of.page };
  },
});

/** The same of one request. @throws NotFound */
export const readRequestStatus = query({
  may: "request.readStatus",
  input: z.object({ number: requestNumber }),

  async run({ db, now }, { number }) {
    const [found] = await standings(db, { where: eq(requests.number, number), now, page: 1 });
    if (!found) throw new NotFound("errors.notFound");
    return found;
  },
});

function pageNumber() {
  return z.coerce.number().int().min(1).max(10_000).default(1).catch(1);
}

type Of = { accountId: string } | { requesterId: string } | { found: string };

function conditionOf(of: Of): SQL | undefined {
  if ("accountId" in of) return eq(requests.accountId, of.accountId);
  if ("requesterId" in of) return eq(requests.requesterId, of.requesterId);
  return or(eq(requests.number, of.found), eq(requests.ticketNumber, of.found));
}

type Slice = { where: SQL | undefined; now: Date; page: number };

async function standings(db: Db | Tx, { where, now, page }: Slice) {
  const rows = await db
    .select({
      id: requests.id,
      number: requests.number,
      type: requests.type,
      status: requests.status,
      channel: requests.channel,
      ticketNumber: requests.ticketNumber,
      receivedAt: requests.receivedAt,
      loggedAt: requests.loggedAt,
      dueDate: requests.dueDate,
      isDueProvisional: requests.isDueProvisional,
      answeredAt: requests.answeredAt,
      isTold: sql<boolean>`${requests.requesterId} is not null`,
    })
    .from(requests)
    .where(and(where))
    .orderBy(
      sql`${inArray(requests.status, OPEN_STATUSES)} desc`,
      desc(requests.receivedAt),
      desc(requests.number),
    )
    .limit(PAGE + 1)
    .offset((page - 1) * PAGE);
  return rows.map((row) => ({
    ...row,
    isOpen: isOpen(row.status),
    isOverdue: isOpen(row.status) && row.dueDate < shanghaiDay(now),
  }));
}
