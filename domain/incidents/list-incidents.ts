import { and, count, eq, inArray, ne, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { incidents, notices, products, users } from "@/db/schema";
import { INCIDENT_STATUSES, type IncidentStatus } from "@/db/vocabulary/incidents";

import { firstToldAt } from "../broadcasts/first-told";
import { pageInput } from "../input";
import { down, readPage } from "../page";
import { query } from "../query";
import { firstNoticeClock } from "./rules";

const PAGE = 30;
const NEWEST = [down("moment", incidents.createdAt), down("uuid", incidents.id)];
/** "open" holds every status but closed and false alarm; rehearsals stand apart, whatever their status. */
export const INCIDENT_SHELVES = ["open", ...INCIDENT_STATUSES, "rehearsal"] as const;
type Shelf = (typeof INCIDENT_SHELVES)[number];

export type IncidentRow = Awaited<ReturnType<typeof listIncidents>>["rows"][number];

/**
 * Incidents, newest first, 30 a page, with the clock to the first notice (P17) and the notice on its
 * way. `counts` says how many each shelf holds.
 */
export const listIncidents = query({
  may: "notice.readDrafts",
  input: z.object({
    shelf: z.enum(INCIDENT_SHELVES).default("open").catch("open"),
    /** Those alone of which nobody has been told and no notice is on its way. */
    isUntold: z.boolean().default(false),
    ...pageInput,
  }),

  async run({ db, now }, { shelf, isUntold, page }) {
    const { rows, ...turns } = await readPage({ keys: NEWEST, size: PAGE, page }, (slice) =>
      db
        .select({
          cursor: slice.cursor,
          id: incidents.id,
          number: incidents.number,
          title: incidents.title,
          isRehearsal: incidents.isRehearsal,
          kind: incidents.kind,
          severity: incidents.severity,
          status: incidents.status,
          visibility: incidents.visibility,
          discoveredAt: incidents.discoveredAt,
          firstNoticeDueAt: incidents.firstNoticeDueAt,
          falseAlarmAt: incidents.falseAlarmAt,
          createdAt: incidents.createdAt,
          productZh: products.nameZh,
          productEn: products.nameEn,
          ownerName: users.name,
          firstToldAt,
          published: sql<number>`(
          select count(*)::int from notices n where n.incident_id = incidents.id and n.status = 'published')`,
        })
        .from(incidents)
        .innerJoin(products, eq(products.id, incidents.productId))
        .innerJoin(users, eq(users.id, incidents.ownerId))
        .where(and(onShelf(shelf), isUntold ? untold : undefined, slice.beyond))
        .orderBy(slice.order)
        .limit(slice.limit),
    );
    const ahead = await db
      .select({ id: notices.id, incidentId: notices.incidentId, status: notices.status })
      .from(notices)
      .where(
        and(
          inArray(
            notices.incidentId,
            rows.map(({ id }) => id),
          ),
          inArray(notices.status, ["draft", "in_review"]),
        ),
      );
    return {
      rows: rows.map(({ productZh, productEn, firstToldAt: first, ...row }) => ({
        ...row,
        product: { "zh-CN": productZh, en: productEn },
        clock: firstNoticeClock({ ...row, firstToldAt: first ? new Date(first) : null, now }),
        ahead: ahead.find(({ incidentId }) => incidentId === row.id) ?? null,
      })),
      ...turns,
      counts: await countShelves(db),
    };
  },
});

/** Told one by one, so that the index of the open ones is found. */
const isOpen = and(ne(incidents.status, "closed"), ne(incidents.status, "false_alarm"));

const onShelf = (shelf: Shelf) =>
  shelf === "rehearsal"
    ? sql`${incidents.isRehearsal}`
    : and(isReal, shelf === "open" ? isOpen : eq(incidents.status, shelf));

/** As the indexes have it. */
const isReal = sql`not ${incidents.isRehearsal}`;

const untold = sql`(${firstToldAt} is null and not exists (
  select from notices n where n.incident_id = incidents.id and n.status in ('draft', 'in_review')
))`;

async function countShelves(db: Db | Tx): Promise<Record<Shelf, number>> {
  const rows = await db
    .select({ status: incidents.status, count: count() })
    .from(incidents)
    .where(isReal)
    .groupBy(incidents.status);
  const of = (wanted: IncidentStatus) => rows.find(({ status }) => status === wanted)?.count ?? 0;
  const counts = {
    investigating: of("investigating"),
    reopened: of("reopened"),
    contained: of("contained"),
    resolved: of("resolved"),
  };
  return {
    open: Object.values(counts).reduce((sum, one) => sum + one, 0),
    ...counts,
    closed: of("closed"),
    false_alarm: of("false_alarm"),
    rehearsal: await db.$count(incidents, sql`${incidents.isRehearsal}`),
  };
}
