import { and, asc, eq, isNull } from "drizzle-orm";
import { z } from "zod";

import { gradeChanges, incidents, users } from "@/db/schema";

import { query } from "../query";

/** The changes of severity or discovery that wait for a second person, the longest waiting first. */
export const listGradeChanges = query({
  may: "notice.readDrafts",
  input: z.object({}),

  run: ({ db }) =>
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
      .where(and(isNull(gradeChanges.appliedAt), isNull(gradeChanges.decidedAt)))
      .orderBy(asc(gradeChanges.proposedAt)),
});
