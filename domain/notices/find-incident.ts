import { asc, eq } from "drizzle-orm";
import { z } from "zod";

import { incidents, notices, products, users } from "@/db/schema";

import { NotFound } from "../errors";
import { query } from "../query";
import { firstNoticeClock, INCIDENT_MOVES } from "./rules";

export type OpsIncident = Awaited<ReturnType<typeof findIncident>>;
export type NoticeSummary = OpsIncident["notices"][number];

/** One incident for those who work on it: its facts, its notices in order, where it may move. @throws NotFound */
export const findIncident = query({
  may: "notice.readDrafts",
  input: z.object({ number: z.string().max(40) }),

  async run({ db, now }, { number }) {
    const [row] = await db
      .select({ incident: incidents, product: products, ownerName: users.name })
      .from(incidents)
      .innerJoin(products, eq(products.id, incidents.productId))
      .innerJoin(users, eq(users.id, incidents.ownerId))
      .where(eq(incidents.number, number));
    if (!row) throw new NotFound("errors.notFound");
    const { incident, product, ownerName } = row;
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
        authorName: users.name,
      })
      .from(notices)
      .innerJoin(users, eq(users.id, notices.authorId))
      .where(eq(notices.incidentId, incident.id))
      .orderBy(asc(notices.sequence));
    const first = all.find(({ type, status }) => type === "initial" && status === "published");
    return {
      incident,
      product: { "zh-CN": product.nameZh, en: product.nameEn },
      ownerName,
      notices: all,
      /** What may be told next; one notice at a time is on its way. */
      mayDraft: all.every(({ status }) => status === "published"),
      hasInitial: first !== undefined,
      moves: INCIDENT_MOVES[incident.status],
      clock: firstNoticeClock({ ...incident, firstNoticeAt: first?.publishedAt ?? null, now }),
    };
  },
});
