import { and, desc, eq, inArray, lt, ne, sql } from "drizzle-orm";
import { z } from "zod";

import { incidents, notices, products, users } from "@/db/schema";

import { query } from "../query";
import { firstNoticeAt } from "./find";
import { firstNoticeClock } from "./rules";

const PAGE = 30;
export const INCIDENT_SHELVES = ["open", "closed"] as const;

export type IncidentRow = Awaited<ReturnType<typeof listIncidents>>["rows"][number];

/**
 * Incidents, newest first, 30 a page, with the clock to the first notice (P17) and the notice on its
 * way; `before` is the last row's `createdAt`.
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
        createdAt: incidents.createdAt,
        productZh: products.nameZh,
        productEn: products.nameEn,
        ownerName: users.name,
        firstNoticeAt,
        published: sql<number>`(
          select count(*)::int from notices n where n.incident_id = incidents.id and n.status = 'published')`,
      })
      .from(incidents)
      .innerJoin(products, eq(products.id, incidents.productId))
      .innerJoin(users, eq(users.id, incidents.ownerId))
      .where(
        and(
          shelf === "closed" ? eq(incidents.status, "closed") : ne(incidents.status, "closed"),
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
      rows: page.map(({ productZh, productEn, firstNoticeAt: first, ...row }) => ({
        ...row,
        product: { "zh-CN": productZh, en: productEn },
        clock: firstNoticeClock({ ...row, firstNoticeAt: first ? new Date(first) : null, now }),
        ahead: ahead.find(({ incidentId }) => incidentId === row.id) ?? null,
      })),
      next: rows.length > PAGE ? (page.at(-1)?.createdAt.toISOString() ?? null) : null,
    };
  },
});
