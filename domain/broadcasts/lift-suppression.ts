import { eq } from "drizzle-orm";
import { z } from "zod";

import { suppressionLifts, suppressions } from "@/db/schema";

import { person } from "../access/permissions";
import { Conflict, Invalid } from "../errors";
import { prose, uuid } from "../input";
import { verb } from "../verb";

/**
 * Lets mail go to a stopped address again, with the reason, which stays on record; the next broadcast is
 * mailed there. @throws Conflict when it is stopped no longer, Invalid at the reason
 */
export const liftSuppression = verb({
  may: "suppression.lift",
  input: z.object({ id: uuid, note: prose(1000) }),

  async run({ tx, actor, now, record }, { id, note }) {
    if (!note.trim()) throw new Invalid("errors.form", { note: ["broadcasts.errors.liftReason"] });
    const [lifted] = await tx.delete(suppressions).where(eq(suppressions.id, id)).returning();
    if (!lifted) throw new Conflict("broadcasts.errors.liftedAlready");
    const { address, reason, since } = lifted;
    await tx.insert(suppressionLifts).values({
      ...{ suppressionId: id, address, reason, since },
      ...{ liftedBy: person(actor).id, liftedAt: now, note: note.trim() },
    });
    await record("suppression.lifted", {
      id,
      before: { reason, since },
      after: { note: note.trim() },
    });
  },
});
