import { and, eq, inArray, isNull } from "drizzle-orm";
import { z } from "zod";

import { gradeChanges, incidents, users } from "@/db/schema";

import { uuid } from "../input";
import { query } from "../query";

/** What the queue of reviews shows of the changes of severity or discovery it names, in no order. */
export const listGradeChanges = query({
  may: "notice.readDrafts",
  input: z.object({ ids: z.array(uuid) }),

  run: ({ db }, { ids }) =>
    db
      .select({
        id: gradeChanges.id,
        number: incidents.number,
        title: incidents.title,
        proposedBy: gradeChanges.proposedBy,
        proposedAt: gradeChanges.proposedAt,
        proposerName: users.name,
      })
      .from(gradeChanges)
      .innerJoin(incidents, eq(incidents.id, gradeChanges.incidentId))
      .innerJoin(users, eq(users.id, gradeChanges.proposedBy))
      .where(
        and(
          inArray(gradeChanges.id, ids),
          isNull(gradeChanges.appliedAt),
          isNull(gradeChanges.decidedAt),
        ),
      ),
});
