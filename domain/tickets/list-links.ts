import { and, desc, eq, inArray, type SQL } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { apiTokens, ticketLinks, users } from "@/db/schema";

import { query } from "../query";

const PAGE = 30;

export type ListedLink = Awaited<ReturnType<typeof linksWhere>>[number];

/** Ticket links, the newest first, 30 a page; of one ticket where `ticket` names it. */
export const listTicketLinks = query({
  may: "ticket.view",
  input: z.object({
    ticket: z.string().trim().max(64).optional().catch(undefined),
    page: z.coerce.number().int().min(1).max(10_000).default(1).catch(1),
  }),

  async run({ db, now }, { ticket, page }) {
    const wanted = ticket?.replaceAll("\u0000", "").toWellFormed();
    const rows = await linksWhere(db, {
      now,
      where: wanted ? eq(ticketLinks.ticketNumber, wanted) : undefined,
      limit: PAGE + 1,
      offset: (page - 1) * PAGE,
    });
    return { rows: rows.slice(0, PAGE), hasMore: rows.length > PAGE, page };
  },
});

type Slice = { now: Date; where: SQL | undefined; limit: number; offset?: number };

/** Links with who asked for each and where it stands; not their addresses and not what they bring along. */
export async function linksWhere(db: Db | Tx, { now, where, limit, offset = 0 }: Slice) {
  const rows = await db
    .select({
      id: ticketLinks.id,
      ticketNumber: ticketLinks.ticketNumber,
      purpose: ticketLinks.purpose,
      createdBy: ticketLinks.createdBy,
      createdAt: ticketLinks.createdAt,
      expiresAt: ticketLinks.expiresAt,
      firstOpenedAt: ticketLinks.firstOpenedAt,
    })
    .from(ticketLinks)
    .where(and(where))
    .orderBy(desc(ticketLinks.createdAt), desc(ticketLinks.id))
    .limit(limit)
    .offset(offset);
  const names = await namesOf(
    db,
    rows.map(({ createdBy }) => createdBy),
  );
  return rows.map((row) => ({
    ...row,
    issuerName: names.get(row.createdBy) ?? null,
    isOver: row.expiresAt <= now,
  }));
}

/** People and tokens by id. */
async function namesOf(db: Db | Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids)];
  const [people, tokens] = [
    await db
      .select({ id: users.id, name: users.name })
      .from(users)
      .where(inArray(users.id, wanted)),
    await db
      .select({ id: apiTokens.id, name: apiTokens.name })
      .from(apiTokens)
      .where(inArray(apiTokens.id, wanted)),
  ];
  return new Map([...people, ...tokens].map(({ id, name }) => [id, name]));
}
