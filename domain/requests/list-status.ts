import { and, eq, not, inArray, or, type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { requests } from "@/db/schema";
import { shanghaiDay } from "@/lib/shanghai";

import { NotFound } from "../errors";
import { pageInput, uuid } from "../input";
import { down, readPage, up } from "../page";
import { query } from "../query";
import { requestNumber } from "./input";
import { isOpen, OPEN_STATUSES } from "./rules";

const PAGE = 20;
const OPEN_FIRST = [
  up("flag", sql`(${not(inArray(requests.status, OPEN_STATUSES))})`),
  down("moment", requests.receivedAt),
  down("text", requests.number),
];

export type RequestStanding = Awaited<ReturnType<typeof standings>>["rows"][number];

/**
 * Where requests stand, without a word of what they say: those of an account, of a person, of a
 * ticket, or one by its number. The open ones first, then the latest; 20 a page.
 */
export const listRequestStatus = query({
  may: "request.readStatus",
  input: z.union([
    z.object({ accountId: uuid, ...pageInput }),
    z.object({ requesterId: uuid, ...pageInput }),
    z.object({ found: z.string().max(200), ...pageInput }),
  ]),

  run: ({ db, now }, of) => standings(db, { where: conditionOf(of), now, page: of.page }),
});

/** The same of one request. @throws NotFound */
export const readRequestStatus = query({
  may: "request.readStatus",
  input: z.object({ number: requestNumber }),

  async run({ db, now }, { number }) {
    const where = eq(requests.number, number);
    const [found] = (await standings(db, { where, now, page: undefined })).rows;
    if (!found) throw new NotFound("errors.notFound");
    return found;
  },
});

type Of = { accountId: string } | { requesterId: string } | { found: string };

function conditionOf(of: Of): SQL | undefined {
  if ("accountId" in of) return eq(requests.accountId, of.accountId);
  if ("requesterId" in of) return eq(requests.requesterId, of.requesterId);
  return or(eq(requests.number, of.found), eq(requests.ticketNumber, of.found));
}

type Slice = { where: SQL | undefined; now: Date; page: string | undefined };

async function standings(db: Db | Tx, { where, now, page }: Slice) {
  const list = { keys: OPEN_FIRST, size: PAGE, page };
  const { rows, ...turns } = await readPage(list, (slice) =>
    db
      .select({
        cursor: slice.cursor,
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
      .where(and(where, slice.beyond))
      .orderBy(slice.order)
      .limit(slice.limit),
  );
  return {
    ...turns,
    rows: rows.map((row) => ({
      ...row,
      isOpen: isOpen(row.status),
      isOverdue: isOpen(row.status) && row.dueDate < shanghaiDay(now),
    })),
  };
}
