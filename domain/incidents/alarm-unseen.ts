import { and, eq, isNull, lte } from "drizzle-orm";
import { z } from "zod";

import { emergencySendings, incidents, notices } from "@/db/schema";

import { verb } from "../verb";
import { tellLook } from "./tell-look";

/** What nobody has looked at within its half hour is an alarm, once: on the record, and told by mail. */
export const alarmUnseen = verb({
  may: "notice.alarmUnseen",
  input: z.object({}),

  async run(step) {
    const { tx, now, record } = step;
    const unseen = await tx
      .update(emergencySendings)
      .set({ alarmedAt: now })
      .where(
        and(
          isNull(emergencySendings.verdict),
          isNull(emergencySendings.alarmedAt),
          lte(emergencySendings.lookDueAt, now),
        ),
      )
      .returning();
    if (unseen.length === 0) return step.unchanged(0);
    for (const sending of unseen) {
      const [told] = await tx
        .select({ incidentNumber: incidents.number, sequence: notices.sequence })
        .from(notices)
        .innerJoin(incidents, eq(incidents.id, notices.incidentId))
        .where(eq(notices.id, sending.noticeId));
      await record("notice.unseen", {
        id: sending.noticeId,
        after: { lookDueAt: sending.lookDueAt },
      });
      if (told) await tellLook(step, { ...told, event: "unseen", sending });
    }
    return unseen.length;
  },
});
