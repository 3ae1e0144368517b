import { and, asc, desc, eq, ne } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { gradeChanges, incidents, notices, products, users } from "@/db/schema";

import { firstToldAt } from "../broadcasts/first-told";
import { NotFound } from "../errors";
import { query } from "../query";
import { sendingsOf } from "./read-sendings";
import { firstNoticeClock, INCIDENT_MOVES, INCIDENT_PROPOSALS } from "./rules";

export type OpsIncident = Awaited<ReturnType<typeof findIncident>>;
export type NoticeSummary = OpsIncident["notices"][number];

/** One incident for those who work on it: its facts, its notices in order, where it may move. @throws NotFound */
export const findIncident = query({
  may: "notice.readDrafts",
  input: z.object({ number: z.string().max(40) }),

  async run({ db, now }, { number }) {
    const [row] = await db
      .select({ incident: incidents, product: products, ownerName: users.name, firstToldAt })
      .from(incidents)
      .innerJoin(products, eq(products.id, incidents.productId))
      .innerJoin(users, eq(users.id, incidents.ownerId))
      .where(eq(incidents.number, number));
    if (!row) throw new NotFound("errors.notFound");
    const { incident, product, ownerName } = row;
    const toldAt = row.firstToldAt ? new Date(row.firstToldAt) : null;
    const all = await db
      .select({
        id: notices.id,
        type: notices.type,
        sequence: notices.sequence,
        correctsId: notices.correctsId,
        status: notices.status,
        parts: notices.parts,
        notifies: notices.notifies,
        silentReason: notices.silentReason,
        updatedAt: notices.updatedAt,
        submittedAt: notices.submittedAt,
        publishedAt: notices.publishedAt,
        broadcastId: notices.broadcastId,
        sentAloneBy: notices.sentAloneBy,
        authorName: users.name,
      })
      .from(notices)
      .innerJoin(users, eq(users.id, notices.authorId))
      .where(and(eq(notices.incidentId, incident.id), ne(notices.status, "discarded")))
      .orderBy(asc(notices.sequence));
    return {
      incident,
      product: { "zh-CN": product.nameZh, en: product.nameEn },
      ownerName,
      notices: all,
      /** What may be told next; one notice at a time is on its way. */
      mayDraft: all.every(({ status }) => status === "published"),
      hasInitial: all.some(({ type, status }) => type === "initial" && status === "published"),
      /** Whether the final report is out, since the incident was reopened last. */
      hasFinal: all.some(
        ({ type, publishedAt }) =>
          type === "final" && publishedAt !== null && publishedAt > (incident.reopenedAt ?? 0),
      ),
      gradeChanges: await gradeChangesOf(db, incident.id),
      /** A rehearsal is closed by its end, which keeps its report. */
      moves: INCIDENT_MOVES[incident.status].filter(
        (to) => to !== "closed" || !incident.isRehearsal,
      ),
      /** What a second person may be asked for. */
      mayPropose: incident.isRehearsal ? [] : INCIDENT_PROPOSALS[incident.status],
      /** The notices that one person sent alone. */
      sendings: all.some(({ sentAloneBy }) => sentAloneBy)
        ? await sendingsOf(db, { of: eq(notices.incidentId, incident.id), now })
        : [],
      clock: { ...firstNoticeClock({ ...incident, firstToldAt: toldAt, now }), toldAt },
    };
  },
});

/** Every change of severity or discovery, the newest first: who, when, why, and whose word it has. */
function gradeChangesOf(db: Db | Tx, incidentId: string) {
  const deciders = alias(users, "deciders");
  return db
    .select({ change: gradeChanges, proposerName: users.name, deciderName: deciders.name })
    .from(gradeChanges)
    .innerJoin(users, eq(users.id, gradeChanges.proposedBy))
    .leftJoin(deciders, eq(deciders.id, gradeChanges.decidedBy))
    .where(eq(gradeChanges.incidentId, incidentId))
    .orderBy(desc(gradeChanges.proposedAt));
}
