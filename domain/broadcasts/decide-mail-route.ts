import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";

import { mailRoutes } from "@/db/schema";
import { REVIEW_DECISIONS } from "@/db/vocabulary/reviews";

import { person } from "../access/permissions";
import { Conflict } from "../errors";
import { prose, uuid } from "../input";
import { assertAnother, assertReason } from "../reviews/rules";
import { verb } from "../verb";

/**
 * A second person agrees to a region's route, with the basis that it names, or turns it down with a
 * reason. What has started keeps the routes it froze.
 * @throws Conflict when it is decided or one's own; Invalid at the reason
 */
export const decideMailRoute = verb({
  may: "route.review",
  fresh: true,
  input: z.object({
    routeId: uuid,
    decision: z.enum(REVIEW_DECISIONS, { error: "errors.field.required" }),
    reason: prose(1000),
  }),

  async run({ tx, actor, now, record }, { routeId, decision, reason }) {
    const decidedBy = person(actor).id;
    const [route] = await tx
      .select()
      .from(mailRoutes)
      .where(and(eq(mailRoutes.id, routeId), isNull(mailRoutes.decision)))
      .for("update");
    if (!route) throw new Conflict("broadcasts.errors.route.decided");
    assertAnother(decidedBy, [route.proposedBy], "broadcasts.errors.route.own");
    const isApproved = decision === "approved";
    if (!isApproved) assertReason(reason, "policies.errors.missing.reason");
    await tx
      .update(mailRoutes)
      .set({ decision, decidedBy, decidedAt: now, reason: isApproved ? null : reason })
      .where(eq(mailRoutes.id, routeId));
    if (!isApproved) return record("mail_route.refused", { id: routeId, after: { reason } });
    const { region, route: by, storedIn, basis, basisNumber, basisDay, note, treatedAs } = route;
    await record("mail_route.approved", {
      id: routeId,
      after: {
        ...{ region, route: by, storedIn, basis, basisNumber, basisDay, note },
        ...(treatedAs && { treatedAs }),
      },
    });
  },
});
