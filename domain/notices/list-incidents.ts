import { and, count, desc, eq, inArray, lt, ne, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { incidents, notices, products, users } from "@/db/schema";
import { INCIDENT_STATUSES, type IncidentStatus } from "@/db/vocabulary";

import { query } from "../query";
import { firstToldAt } from "./find";
import { firstNoticeClock } from "./rules";

const PAGE = 30;
/** "open" holds every status but the last. */
export const INCIDENT_SHELVES = ["open", ...INCIDENT_STATUSES] as const;
type Shelf = (typeof INCIDENT_SHELVES)[number];

export type IncidentRow = Awaited<ReturnType<typeof listIncidents>>["rows"][number];

/**
 * Incidents, newest first, 30 a page, with the clock to the first notice (P17) and the notice on its
 * way; `before` is the last row's `createdAt`. `counts` says how many each shelf holds.
 */
export const listIncidents = query({
  may: "notice.readDrafts",
  input: z.object({
    shelf: z.enum(INCIDENT_SHELVES).default("open").catch("open"),
    before: z.iso.datetime().optional().catch(undefined),
  }),

  async run({ db, now }, { shelf, before }) {
    const rows = await db
      .select({
        id: incidents.id,
        number: incidents.number,
        title: incidents.title,
        kind: incidents.kind,
        severity: incidents.severity,
        status: incidents.status,
        visibility: incidents.visibility,
        discoveredAt: incidents.discoveredAt,
        firstNoticeDueAt: incidents.firstNoticeDueAt,
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
      .where(
        and(
          shelf === "open" ? ne(incidents.status, "closed") : eq(incidents.status, shelf),
          before ? lt(incidents.createdAt, new Date(before)) : undefined,
        ),
      )
      .orderBy(desc(incidents.createdAt))
      .limit(PAGE + 1);
    const page = rows.slice(0, PAGE);
    const ahead = await db
      .select({ id: notices.id, incidentId: notices.incidentId, status: notices.status })
      .from(notices)
      .where(
        and(
          inArray(
            notices.incidentId,
            page.map(({ id }) => id),
          ),
          ne(notices.status, "published"),
        ),
      );
    return {
      rows: page.map(({ productZh, productEn, firstToldAt: first, ...row }) => ({
        ...row,
        product: { "zh-CN": productZh, en: productEn },
        clock: firstNoticeClock({ ...row, firstToldAt: first ? new Date(first) : null, now }),
        ahead: ahead.find(({ incidentId }) => incidentId === row.id) ?? null,
      })),
      next: rows.length > PAGE ? (page.at(-1)?.createdAt.toISOString() ?? null) : null,
      counts: await countShelves(db),
    };
  },
});

async function countShelves(db: Db | Tx): Promise<Record<Shelf, number>> {
  const rows = await db
    .select({ status: incidents.status, count: count() })
    .from(incidents)
    .groupBy(incidents.status);
  const of = (wanted: IncidentStatus) => rows.find(({ status }) => status === wanted)?.count ?? 0;
  const counts = {
    investigating: of("investigating"),
    contained: of("contained"),
    resolved: of("resolved"),
  };
  return {
    open: counts.investigating + counts.contained + counts.resolved,
    ...counts,
    closed: of("closed"),
  };
}
