import { and, eq, ilike, inArray, or, type SQL } from "drizzle-orm";
import { z } from "zod";

import { accounts, deregistrations } from "@/db/schema";
import { OPEN_DEREGISTRATION_STATUSES } from "@/db/vocabulary/deregistrations";

import { pageInput } from "../input";
import { down, readPage } from "../page";
import { query } from "../query";
import { countColumn, readOneRow } from "../rows";

/** The shelves of the list; the first is what waits or cools off. */
export const DEREGISTRATION_VIEWS = ["open", "completed", "cancelled", "all"] as const;
export type DeregistrationView = (typeof DEREGISTRATION_VIEWS)[number];

const PAGE = 50;
const NEWEST = [down("moment", deregistrations.requestedAt), down("text", deregistrations.number)];

export type DeregistrationRow = Awaited<ReturnType<typeof listDeregistrations>>["rows"][number];

/** All deregistrations, the newest first, 50 a page; `text` finds a number, a UIN or a name. */
export const listDeregistrations = query({
  may: "deregistration.read",
  input: z.object({
    view: z.enum(DEREGISTRATION_VIEWS).catch("open"),
    text: z.string().max(120).optional().catch(undefined),
    ...pageInput,
  }),

  async run({ db }, { view, text, page }) {
    const list = { keys: NEWEST, size: PAGE, page };
    const read = await readPage(list, (slice) =>
      db
        .select({
          cursor: slice.cursor,
          number: deregistrations.number,
          accountName: accounts.name,
          uin: accounts.uin,
          status: deregistrations.status,
          requestedAt: deregistrations.requestedAt,
          executeAfter: deregistrations.executeAfter,
          completedAt: deregistrations.completedAt,
        })
        .from(deregistrations)
        .innerJoin(accounts, eq(accounts.id, deregistrations.accountId))
        .where(and(IN_VIEW[view], textCondition(text), slice.beyond))
        .orderBy(slice.order)
        .limit(slice.limit),
    );
    return { ...read, view };
  },
});

const IN_VIEW: Record<DeregistrationView, SQL | undefined> = {
  open: inArray(deregistrations.status, [...OPEN_DEREGISTRATION_STATUSES]),
  completed: eq(deregistrations.status, "completed"),
  cancelled: eq(deregistrations.status, "cancelled"),
  all: undefined,
};

const viewsRow = z.object({
  open: countColumn,
  completed: countColumn,
  cancelled: countColumn,
  all: countColumn,
});

export const countDeregistrations = query({
  may: "deregistration.read",
  input: z.object({}),

  async run({ db }): Promise<Record<DeregistrationView, number>> {
    return readOneRow(db, viewsRow)`
      select count(*) filter (where ${IN_VIEW.open}) as open,
        count(*) filter (where ${IN_VIEW.completed}) as completed,
        count(*) filter (where ${IN_VIEW.cancelled}) as cancelled,
        count(*) as "all"
      from deregistrations`;
  },
});

function textCondition(text: string | undefined): SQL | undefined {
  const wanted = text?.trim().replaceAll("\u0000", "").toWellFormed();
  if (!wanted) return undefined;
  const literal = `%${wanted.replaceAll(/[\\%_]/g, "\\$&")}%`;
  return or(
    ilike(deregistrations.number, literal),
    ilike(accounts.uin, literal),
    ilike(accounts.name, literal),
  );
}
