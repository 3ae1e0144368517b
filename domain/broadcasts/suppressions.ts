import { eq, getTableColumns, ilike, or, type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import { broadcasts, suppressions, users } from "@/db/schema";

import type { Actor } from "../context";
import { NotFound } from "../errors";
import { pageInput, searchText, uuid } from "../input";
import { down, readPage } from "../page";
import { query } from "../query";
import { readFactsAs } from "./facts";

const PAGE = 50;

export type Suppression = Awaited<ReturnType<typeof listSuppressions>>["rows"][number];

const columns = {
  ...getTableColumns(suppressions),
  userName: users.name,
  kind: broadcasts.kind,
  facts: broadcasts.facts,
};

/** The addresses that no mail goes to, the latest first; `search` finds part of an address or a name. */
export const listSuppressions = query({
  may: "suppression.read",
  input: z.object({
    search: searchText,
    ...pageInput,
  }),

  async run({ db, actor }, { search, page }) {
    const keys = [down("moment", suppressions.since), down("uuid", suppressions.id)];
    const { rows, ...turns } = await readPage({ keys, size: PAGE, page }, (slice) =>
      db
        .select({ ...columns, cursor: slice.cursor })
        .from(suppressions)
        .leftJoin(users, eq(users.email, suppressions.address))
        .leftJoin(broadcasts, eq(broadcasts.id, suppressions.broadcastId))
        .where(sql`${matching(search)} and ${slice.beyond}`)
        .orderBy(slice.order)
        .limit(slice.limit),
    );
    return {
      rows: rows.map((row) => rowOf(actor, row)),
      ...turns,
      total: await db.$count(suppressions),
    };
  },
});

/** One of them. @throws NotFound */
export const findSuppression = query({
  may: "suppression.read",
  input: z.object({ id: uuid }),

  async run({ db, actor }, { id }) {
    const [row] = await db
      .select(columns)
      .from(suppressions)
      .leftJoin(users, eq(users.email, suppressions.address))
      .leftJoin(broadcasts, eq(broadcasts.id, suppressions.broadcastId))
      .where(eq(suppressions.id, id));
    if (!row) throw new NotFound("errors.notFound");
    return rowOf(actor, row);
  },
});

type Row = typeof suppressions.$inferSelect & {
  userName: string | null;
  kind: typeof broadcasts.$inferSelect.kind | null;
  facts: unknown;
};

const rowOf = (actor: Actor, { kind, facts, ...row }: Row) => ({
  ...row,
  /** What the mail told whose bounce or complaint brought it about. */
  told: kind ? readFactsAs(actor, kind, facts) : null,
});

function matching(search: string): SQL {
  if (!search) return sql`true`;
  const pattern = `%${search.replaceAll(/[\\%_]/g, "\\$&")}%`;
  return or(ilike(suppressions.address, pattern), ilike(users.name, pattern)) ?? sql`true`;
}
