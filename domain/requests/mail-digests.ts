import { and, asc, eq, gt, inArray, isNull, lte, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { broadcasts, deliveries, handlerMails, type Request, requests } from "@/db/schema";
import type { RequestUpdate } from "@/db/vocabulary/requests";

import { verb } from "../verb";
import { pauseBefore } from "./handler-mails";
import { OPEN_STATUSES } from "./rules";
import { tellDigest } from "./tell";

/** What is told to all handlers, since nobody has taken the case. */
const OF_WORK: readonly RequestUpdate[] = ["handler_filed", "handler_appealed", "handler_reminded"];

/**
 * Mails each handler whose pause is over what came meanwhile and nobody has taken: how many, and those
 * that are due first. Nothing where nothing waits. @returns how many handlers were mailed
 */
export const mailDigests = verb({
  may: "request.remind",
  input: z.object({}),

  async run(step) {
    const { tx, now } = step;
    const due = await tx
      .select()
      .from(handlerMails)
      .where(lte(handlerMails.mailedAt, pauseBefore(now)))
      .orderBy(asc(handlerMails.userId))
      .for("update", { skipLocked: true });
    let mailed = 0;
    for (const { userId, digestedAt } of due) {
      const waiting = await workSince(tx, { userId, digestedAt });
      if (waiting.length === 0) continue;
      await tellDigest(step, { userId, waiting });
      await tx
        .update(handlerMails)
        .set({ mailedAt: now, digestedAt: now })
        .where(eq(handlerMails.userId, userId));
      mailed += 1;
    }
    return mailed === 0 ? step.unchanged({ mailed }) : { mailed };
  },
});

/** A filing may have begun before the digest that waited for it: so much (milliseconds) is looked at twice. */
const OVERLAP = 30_000;

type Since = Pick<typeof handlerMails.$inferSelect, "userId" | "digestedAt">;

/** What somebody was told in-site and not by mail, and nobody has taken, the nearest day first. */
async function workSince(tx: Tx, { userId, digestedAt }: Since): Promise<Request[]> {
  const mails = alias(deliveries, "mails");
  const mail = tx
    .select({ id: mails.id })
    .from(mails)
    .where(
      and(
        eq(mails.broadcastId, broadcasts.id),
        eq(mails.userId, userId),
        eq(mails.channel, "email"),
      ),
    );
  const told = tx
    .select({ id: broadcasts.subjectId })
    .from(broadcasts)
    .innerJoin(
      deliveries,
      and(
        eq(deliveries.broadcastId, broadcasts.id),
        eq(deliveries.userId, userId),
        eq(deliveries.channel, "inbox"),
      ),
    )
    .where(
      and(
        eq(broadcasts.kind, "request_update"),
        gt(broadcasts.startedAt, new Date(digestedAt.getTime() - OVERLAP)),
        inArray(sql`${broadcasts.facts} ->> 'event'`, [...OF_WORK]),
        sql`not exists ${mail}`,
      ),
    );
  return tx
    .select()
    .from(requests)
    .where(
      and(
        inArray(requests.id, told),
        isNull(requests.handlerId),
        inArray(requests.status, [...OPEN_STATUSES]),
      ),
    )
    .orderBy(asc(requests.dueDate), asc(requests.number));
}
