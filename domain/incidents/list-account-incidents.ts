import { and, desc, eq, isNotNull, max, sql } from "drizzle-orm";
import { z } from "zod";

import { incidents, notices, noticeTargets } from "@/db/schema";

import { may } from "../access/permissions";
import { uuid } from "../input";
import { query } from "../query";

const MOST = 30;

export type AccountIncident = Awaited<ReturnType<typeof listAccountIncidents>>[number];

/**
 * The incidents of which an account's apps were told, the latest told first: for support, who read
 * no title of a restricted one (as readFactsAs has it).
 */
export const listAccountIncidents = query({
  may: "ticket.view",
  input: z.object({ accountId: uuid }),

  run: ({ db, actor }, { accountId }) =>
    db
      .select({
        number: incidents.number,
        title: may(actor, "notice.readDrafts") ? incidents.title : titleUnlessRestricted,
        severity: incidents.severity,
        status: incidents.status,
        visibility: incidents.visibility,
        notices: sql<number>`count(distinct ${notices.id})::int`,
        apps: sql<number>`count(distinct ${noticeTargets.appId})::int`,
        toldAt: max(notices.publishedAt),
      })
      .from(noticeTargets)
      .innerJoin(notices, eq(notices.id, noticeTargets.noticeId))
      .innerJoin(incidents, eq(incidents.id, notices.incidentId))
      .where(and(eq(noticeTargets.accountId, accountId), isNotNull(notices.publishedAt)))
      .groupBy(incidents.id)
      .orderBy(desc(max(notices.publishedAt)))
      .limit(MOST),
});

const titleUnlessRestricted = sql<IncidentTitle>`
  case when ${incidents.visibility} = 'restricted' then '{}'::jsonb else ${incidents.title} end`;

type IncidentTitle = typeof incidents.$inferSelect.title;
