import { and, eq, inArray, isNull, ne } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { broadcasts, incidents, notices, rehearsalReports } from "@/db/schema";
import { env } from "@/lib/env";
import { formatTime } from "@/lib/format";

import { person } from "../access/permissions";
import { Conflict } from "../errors";
import { uuid } from "../input";
import { verb } from "../verb";
import { lockIncident } from "./find";
import { measureRehearsal } from "./rehearsal-report";

/**
 * Ends a rehearsal, and keeps its report for good as it is now. From then on nothing more is told of it.
 * @throws Conflict where it is none or has ended, something of it is on its way, or somebody saved meanwhile
 */
export const endRehearsal = verb({
  may: "incident.manage",
  input: z.object({ incidentId: uuid, revision: z.coerce.number().int() }),

  async run({ tx, actor, now, record }, { incidentId, revision }) {
    const before = await lockIncident(tx, incidentId);
    if (before.revision !== revision)
      throw new Conflict("notices.errors.editedMeanwhile", { time: formatTime(before.updatedAt) });
    if (!before.isRehearsal || before.status === "closed")
      throw new Conflict("notices.errors.movedOn");
    await assertAllTold(tx, incidentId);

    const keptBy = person(actor).id;
    const hours = env().NOTICE_UNOPENED_HOURS;
    const report = await measureRehearsal(tx, { incidentId, now, hours });
    await tx
      .update(incidents)
      .set({ status: "closed", resolvedAt: now, revision: revision + 1, updatedAt: now })
      .where(eq(incidents.id, incidentId));
    await tx.insert(rehearsalReports).values({ incidentId, report, keptAt: now, keptBy });
    const { accounts, reached, opened } = report;
    await record("incident.rehearsal_ended", {
      id: incidentId,
      before: { status: before.status },
      after: { status: "closed", accounts, reached, opened },
    });
    return { number: before.number };
  },
});

/** @throws Conflict while a notice is drafted or waits, or mails of one leave */
async function assertAllTold(tx: Tx, incidentId: string): Promise<void> {
  const ahead = and(
    eq(notices.incidentId, incidentId),
    inArray(notices.status, ["draft", "in_review"]),
  );
  if ((await tx.$count(notices, ahead)) > 0) throw new Conflict("notices.errors.rehearsalAhead");
  const leaving = await tx
    .select({ id: broadcasts.id })
    .from(notices)
    .innerJoin(broadcasts, eq(broadcasts.id, notices.broadcastId))
    .where(
      and(
        eq(notices.incidentId, incidentId),
        ne(broadcasts.status, "finished"),
        isNull(broadcasts.cancelledAt),
      ),
    );
  if (leaving.length > 0) throw new Conflict("notices.errors.rehearsalLeaving");
}
