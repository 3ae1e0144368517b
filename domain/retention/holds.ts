import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";

import { requests, retentionHolds } from "@/db/schema";
import { HOLD_REASONS } from "@/db/vocabulary/requests";
import { PURGED_KINDS } from "@/db/vocabulary/retention";

import { Invalid, NotFound } from "../errors";
import { prose, uuid } from "../input";
import { verb } from "../verb";
import { isOfRequests } from "./rules";

/**
 * Keeps a kind of data, or that of one request, past its period: for one of the four reasons and with
 * what it rests on, nothing else is taken (P14).
 * @throws Invalid field by field, also for a number that no request has, or a kind that is not of requests
 */
export const placeHold = verb({
  may: "retention.hold",
  input: z.object({
    kind: z.enum(PURGED_KINDS, { error: "errors.field.required" }),
    requestNumber: z.string().trim().max(40).nullable(),
    reason: z.enum(HOLD_REASONS, { error: "requests.errors.holdReason" }),
    words: prose(500)
      .transform((text) => text.trim())
      .refine((text) => text !== "", "errors.field.required"),
  }),

  async run({ tx, actor, now, record }, { requestNumber, ...given }) {
    if (requestNumber) {
      const known = await tx.$count(requests, eq(requests.number, requestNumber));
      if (known === 0 || !isOfRequests(given.kind))
        throw new Invalid("errors.form", { requestNumber: ["retention.errors.request"] });
    }
    const [hold] = await tx
      .insert(retentionHolds)
      .values({ ...given, requestNumber, placedBy: actor.id, placedAt: now })
      .returning({ id: retentionHolds.id });
    if (!hold) throw new Error("the hold was not written");
    await record("retention.held", {
      id: given.kind,
      after: { hold: hold.id, reason: given.reason, requestNumber },
    });
  },
});

/** Lets the period run again: what is over it goes with the next purge. @throws NotFound where none stands */
export const liftHold = verb({
  may: "retention.hold",
  input: z.object({ holdId: uuid }),

  async run({ tx, actor, now, record }, { holdId }) {
    const [lifted] = await tx
      .update(retentionHolds)
      .set({ liftedAt: now, liftedBy: actor.id })
      .where(and(eq(retentionHolds.id, holdId), isNull(retentionHolds.liftedAt)))
      .returning({ kind: retentionHolds.kind });
    if (!lifted) throw new NotFound("errors.notFound");
    await record("retention.lifted", { id: lifted.kind, before: { hold: holdId } });
  },
});
