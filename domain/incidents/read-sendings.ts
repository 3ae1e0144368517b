import { and, eq, inArray, isNull, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { emergencySendings, incidents, notices, users } from "@/db/schema";

import { uuid } from "../input";
import { query } from "../query";
import { lookStateOf } from "./emergency-rules";

export type Sending = Awaited<ReturnType<typeof sendingsOf>>[number];

/** Emergency sendings with who sent and who looked, and how the look stands at a moment. */
export async function sendingsOf(db: Db | Tx, { of, now }: { of: SQL | undefined; now: Date }) {
  const lookers = alias(users, "lookers");
  const rows = await db
    .select({
      noticeId: emergencySendings.noticeId,
      reason: emergencySendings.reason,
      sentBy: emergencySendings.sentBy,
      senderName: users.name,
      sentAt: emergencySendings.sentAt,
      writerIds: emergencySendings.writerIds,
      lookDueAt: emergencySendings.lookDueAt,
      verdict: emergencySendings.verdict,
      lookerName: lookers.name,
      lookedAt: emergencySendings.lookedAt,
      objection: emergencySendings.objection,
      correctionId: emergencySendings.correctionId,
    })
    .from(emergencySendings)
    .innerJoin(notices, eq(notices.id, emergencySendings.noticeId))
    .innerJoin(users, eq(users.id, emergencySendings.sentBy))
    .leftJoin(lookers, eq(lookers.id, emergencySendings.lookedBy))
    .where(of);
  return rows.map((row) => ({ ...row, state: lookStateOf({ ...row, now }) }));
}

/** How a broadcast's notice left where one person sent it alone; null where two agreed. Without anybody's reasons. */
export const findSendingOfBroadcast = query({
  may: "broadcast.read",
  input: z.object({ broadcastId: uuid }),

  async run({ db, now }, { broadcastId }) {
    const [found] = await sendingsOf(db, { of: eq(notices.broadcastId, broadcastId), now });
    if (!found) return null;
    const { senderName, sentAt, lookDueAt, state, lookerName, lookedAt } = found;
    return { senderName, sentAt, lookDueAt, state, lookerName, lookedAt };
  },
});

/** What the queue of reviews shows of the sendings it names that nobody has looked at, in no order. */
export const listSendings = query({
  may: "notice.readDrafts",
  input: z.object({ ids: z.array(uuid) }),

  async run({ db, now }, { ids }) {
    const of = and(inArray(emergencySendings.noticeId, ids), isNull(emergencySendings.verdict));
    const waiting = await sendingsOf(db, { of, now });
    const named = await db
      .select({
        id: notices.id,
        parts: notices.parts,
        type: notices.type,
        sequence: notices.sequence,
        number: incidents.number,
      })
      .from(notices)
      .innerJoin(incidents, eq(incidents.id, notices.incidentId))
      .where(inArray(notices.id, ids));
    return named.flatMap((one) => {
      const sending = waiting.find(({ noticeId }) => noticeId === one.id);
      return sending ? [{ ...one, sending }] : [];
    });
  },
});

/** How many of them wait for a look, and how many have waited too long */
export const countSendings = query({
  may: "notice.review",
  input: z.object({}),

  async run({ db, now }) {
    const waiting = await sendingsOf(db, { of: isNull(emergencySendings.verdict), now });
    return {
      waiting: waiting.length,
      unseen: waiting.filter(({ state }) => state === "unseen").length,
    };
  },
});
