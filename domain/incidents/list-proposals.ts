import { and, eq, inArray, isNull } from "drizzle-orm";
import { z } from "zod";

import { incidentProposals, incidents, users } from "@/db/schema";

import { uuid } from "../input";
import { query } from "../query";

/** What the queue of reviews shows of the false alarms and reopenings it names that wait, in no order. */
export const listProposals = query({
  may: "notice.readDrafts",
  input: z.object({ ids: z.array(uuid) }),

  run: ({ db }, { ids }) =>
    db
      .select({
        id: incidentProposals.id,
        what: incidentProposals.what,
        number: incidents.number,
        title: incidents.title,
        proposedBy: incidentProposals.proposedBy,
        proposedAt: incidentProposals.proposedAt,
        proposerName: users.name,
      })
      .from(incidentProposals)
      .innerJoin(incidents, eq(incidents.id, incidentProposals.incidentId))
      .innerJoin(users, eq(users.id, incidentProposals.proposedBy))
      .where(and(inArray(incidentProposals.id, ids), isNull(incidentProposals.decision))),
});
