import { eq } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { incidents, products } from "@/db/schema";

import { FACTS } from "../broadcasts/facts";
import { NotFound } from "../errors";
import { query } from "../query";
import { momentColumn, readRow } from "../rows";
import { currentOf, namingOf, publishedNoticesOf } from "./published-notices";

export type ReadIncident = Awaited<ReturnType<typeof findPublishedIncident>>;
export type ToldIncident = Extract<ReadIncident, { kind: "told" }>;
export type SummarisedIncident = Extract<ReadIncident, { kind: "summary" }>;

/**
 * An incident as the actor may read it, from what was published alone: its notices in order, and the
 * one that holds now. Of a restricted incident everybody else reads the public summary.
 * @throws NotFound also for an incident that the actor may not know of
 */
export const findPublishedIncident = query({
  may: "notice.readPublished",
  input: z.object({ number: z.string().max(40) }),

  async run({ db, actor }, { number }) {
    const [incident] = await db
      .select({ id: incidents.id, number: incidents.number, product: products })
      .from(incidents)
      .innerJoin(products, eq(products.id, incidents.productId))
      .where(eq(incidents.number, number));
    if (!incident) throw new NotFound("errors.notFound");

    const notices = await publishedNoticesOf(db, actor, incident.id);
    const [current, newest] = [currentOf(notices), notices.at(-1)];
    const naming = namingOf(notices);
    if (!current || !newest || !naming)
      return { kind: "summary" as const, number, ...(await summaryOf(db, incident.id)) };
    return {
      kind: "told" as const,
      number,
      productId: incident.product.id,
      product: { "zh-CN": incident.product.nameZh, en: incident.product.nameEn },
      notices,
      /** Its parts hold now. */
      current,
      /** Where the incident stood when it was last told of. */
      newest,
      /** Its title is the incident's, whatever later notices are called. */
      naming,
      isPublic: notices.some(({ visibility }) => visibility === "public"),
      /** When and why all of it was taken back as a false alarm; null while it holds. */
      falseAlarm: newest.withdrawn,
    };
  },
});

const summaryRow = z.object({
  facts: FACTS.incident_notice,
  publishedAt: momentColumn,
  withdrawnAt: momentColumn.nullable(),
});

/** What everybody may read of a restricted incident: nothing else of it leaves this function. */
async function summaryOf(db: Db | Tx, incidentId: string) {
  const row = await readRow(db, summaryRow)`
    select n.facts, n.published_at as "publishedAt", w.decided_at as "withdrawnAt"
    from notices n left join withdrawals w on w.subject_id = n.id and w.decision = 'approved'
    where n.incident_id = ${incidentId} and n.status = 'published' and n.visibility = 'restricted'
    order by n.sequence desc limit 1`;
  if (!row) throw new NotFound("errors.notFound");
  const { publicSummary: summary } = row.facts;
  if (!summary["zh-CN"]?.trim()) throw new NotFound("errors.notFound");
  return { summary, publishedAt: row.publishedAt, withdrawnAt: row.withdrawnAt };
}
