import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { apiTokens, ticketLinks, users } from "@/db/schema";

import { pageInput } from "../input";
import { down, readPage } from "../page";
import { query } from "../query";
import { stateOf } from "./read-link";

const PAGE = 30;
const NEWEST = [down("moment", ticketLinks.createdAt), down("uuid", ticketLinks.id)];

export type ListedLink = Awaited<ReturnType<typeof linksWhere>>["rows"][number];

/** Ticket links, the newest first, 30 a page; of one ticket where `ticket` names it. */
export const listTicketLinks = query({
  may: "ticket.view",
  input: z.object({
    ticket: z.string().trim().max(64).optional().catch(undefined),
    ...pageInput,
  }),

  async run({ db, now }, { ticket, page }) {
    const wanted = ticket?.replaceAll("\u0000", "").toWellFormed();
    return linksWhere(db, {
      now,
      where: wanted ? eq(ticketLinks.ticketNumber, wanted) : undefined,
      size: PAGE,
      page,
    });
  },
});

type Wanted = {
  now: Date;
  where: SQL | undefined;
  size: number;
  page: string | undefined;
};

/** The newest links beside something else that is shown. */
export const someLinks = async (
  db: Db | Tx,
  { most, ...wanted }: Pick<Wanted, "now" | "where"> & { most: number },
) => (await linksWhere(db, { ...wanted, size: most, page: undefined })).rows;

/** Links with who asked for each and where it stands; not their addresses and not what they bring along. */
async function linksWhere(db: Db | Tx, { now, where, size, page }: Wanted) {
  const { rows, ...turns } = await readPage({ keys: NEWEST, size, page }, (slice) =>
    db
      .select({
        cursor: slice.cursor,
        id: ticketLinks.id,
        ticketNumber: ticketLinks.ticketNumber,
        purpose: ticketLinks.purpose,
        createdBy: ticketLinks.createdBy,
        createdAt: ticketLinks.createdAt,
        expiresAt: ticketLinks.expiresAt,
        firstOpenedAt: ticketLinks.firstOpenedAt,
        isBound: sql<boolean>`${ticketLinks.boundTo} is not null`,
        mostUses: ticketLinks.mostUses,
        uses: ticketLinks.uses,
        revokedAt: ticketLinks.revokedAt,
        leadsTo: ticketLinks.leadsTo,
      })
      .from(ticketLinks)
      .where(and(where, slice.beyond))
      .orderBy(slice.order)
      .limit(slice.limit),
  );
  const names = await namesOf(
    db,
    rows.map(({ createdBy }) => createdBy),
  );
  return {
    ...turns,
    rows: rows.map((row) => ({
      ...row,
      issuerName: names.get(row.createdBy) ?? null,
      state: stateOf(row, now),
    })),
  };
}

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
