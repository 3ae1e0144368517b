import { and, eq, isNotNull, max, sql } from "drizzle-orm";
import { z } from "zod";

import { incidents, notices, noticeTargets } from "@/db/schema";

import { may } from "../access/permissions";
import { pageInput, uuid } from "../input";
import { down, readPage } from "../page";
import { query } from "../query";

const PAGE = 30;

export type AccountIncident = Awaited<ReturnType<typeof listAccountIncidents>>["rows"][number];

/**
 * The incidents of which an account's apps were told, the latest told first: for support, who read
 * no title of a restricted one (as readFactsAs has it).
 */
export const listAccountIncidents = query({
  may: "ticket.view",
  input: z.object({ accountId: uuid, ...pageInput }),

  async run({ db, actor }, { accountId, page }) {
    const told = db
      .select({
        incidentId: notices.incidentId,
        notices: sql<number>`count(distinct ${notices.id})::int`.as("notices"),
        apps: sql<number>`count(distinct ${noticeTargets.appId})::int`.as("apps"),
        at: max(notices.publishedAt).as("told_at"),
      })
      .from(noticeTargets)
      .innerJoin(notices, eq(notices.id, noticeTargets.noticeId))
      .where(and(eq(noticeTargets.accountId, accountId), isNotNull(notices.publishedAt)))
      .groupBy(notices.incidentId)
      .as("told");
    const list = {
      keys: [down("moment", told.at), down("text", incidents.number)],
      size: PAGE,
      page,
    };
    return readPage(list, (slice) =>
      db
        .select({
          cursor: slice.cursor,
          number: incidents.number,
          title: may(actor, "notice.readDrafts") ? incidents.title : titleUnlessRestricted,
          severity: incidents.severity,
          status: incidents.status,
          visibility: incidents.visibility,
          isRehearsal: incidents.isRehearsal,
          notices: told.notices,
          apps: told.apps,
          toldAt: told.at,
        })
        .from(told)
        .innerJoin(incidents, eq(incidents.id, told.incidentId))
        .where(slice.beyond)
        .orderBy(slice.order)
        .limit(slice.limit),
    );
  },
});

const titleUnlessRestricted = sql<IncidentTitle>`
  case when ${incidents.visibility} = 'restricted' then '{}'::jsonb else ${incidents.title} end`;

type IncidentTitle = typeof incidents.$inferSelect.title;
