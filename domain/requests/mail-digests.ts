import { and, asc, eq, gt, inArray, lte, not, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { broadcasts, deliveries, handlerMails, requests } from "@/db/schema";
import type { RequestUpdate } from "@/db/vocabulary/requests";

import { verb } from "../verb";
import { IS_HANDLED } from "./eligible-handlers";
import { IS_DUE, matterOf } from "./handler-choices";
import { pauseBefore } from "./handler-mails";
import { OPEN_STATUSES } from "./rules";
import { tellDigest } from "./tell";

/** What is told to all handlers, since nobody has the case. */
const OF_WORK: readonly RequestUpdate[] = [
  ...(["handler_filed", "handler_appealed", "handler_reminded"] as const),
  ...(["handler_answered", "handler_returned", "handler_approved"] as const),
];

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
    const work = await workOf(
      tx,
      due.map(({ userId }) => userId),
    );
    let mailed = 0;
    for (const { userId } of due) {
      const waiting = work.filter((one) => one.userId === userId).map(({ request }) => request);
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

/** A filing may have begun before the digest that waited for it: so much is looked at twice. */
const OVERLAP = "30 seconds";

/**
 * What each was told in-site and not by mail since their last digest, and nobody has taken, the nearest
 * day first.
 */
function workOf(tx: Tx, userIds: readonly string[]) {
  const mails = alias(deliveries, "mails");
  const mail = tx
    .select({ id: mails.id })
    .from(mails)
    .where(
      and(
        eq(mails.broadcastId, broadcasts.id),
        eq(mails.userId, handlerMails.userId),
        eq(mails.channel, "email"),
      ),
    );
  // Who chose to have it otherwise is mailed by their choice, but for the last day and what is past it.
  const otherwise = sql`(select from handler_choices c, broadcasts b
    where c.user_id = ${handlerMails.userId} and b.id = ${broadcasts.id} and not ${IS_DUE}
      and c.matter = ${matterOf(sql`false`)} and c.pace <> 'at_once')`;
  return tx
    .selectDistinctOn([handlerMails.userId, requests.dueDate, requests.number], {
      userId: handlerMails.userId,
      request: requests,
    })
    .from(handlerMails)
    .innerJoin(
      deliveries,
      and(eq(deliveries.userId, handlerMails.userId), eq(deliveries.channel, "inbox")),
    )
    .innerJoin(broadcasts, eq(broadcasts.id, deliveries.broadcastId))
    .innerJoin(requests, eq(requests.id, broadcasts.subjectId))
    .where(
      and(
        inArray(handlerMails.userId, userIds),
        eq(broadcasts.kind, "request_update"),
        gt(broadcasts.startedAt, sql`${handlerMails.digestedAt} - ${OVERLAP}::interval`),
        inArray(sql`${broadcasts.facts} ->> 'event'`, [...OF_WORK]),
        sql`not exists ${mail}`,
        sql`not exists ${otherwise}`,
        not(IS_HANDLED),
        inArray(requests.status, [...OPEN_STATUSES]),
      ),
    )
    .orderBy(asc(handlerMails.userId), asc(requests.dueDate), asc(requests.number));
}
