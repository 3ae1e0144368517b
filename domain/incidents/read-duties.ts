import { and, asc, eq } from "drizzle-orm";
import { z } from "zod";

import { type Incident, type IncidentDuty, incidentDuties, incidents, products } from "@/db/schema";
import { DUTIES } from "@/db/vocabulary/duties";

import { NotFound } from "../errors";
import { uuid } from "../input";
import { query } from "../query";
import { clockOf, DUTY_RULES, FOLLOW_UPS } from "./duty-rules";
import {
  basisNow,
  handedInBefore,
  nextFollowUp,
  type Report,
  reportName,
  reportNamed,
  reportsBeside,
  reportsOf,
} from "./reports";

export type ReadDuty = Awaited<ReturnType<typeof readDuties>>[number];

/** What has to be reported of an incident to authorities: by when, whether it was, by whose word not. */
export const readDuties = query({
  may: "notice.readDrafts",
  input: z.object({ incidentId: uuid }),

  async run({ db, now }, { incidentId }) {
    const rows = await db
      .select({ duty: incidentDuties, incident: incidents })
      .from(incidentDuties)
      .innerJoin(incidents, eq(incidents.id, incidentDuties.incidentId))
      .where(eq(incidentDuties.incidentId, incidentId))
      .orderBy(asc(incidentDuties.dueAt));
    const reports = await reportsOf(db, { incidentId, duties: DUTIES });
    return rows.map(({ duty: row, incident }) => {
      const [first, ...followUps] = reports.filter(({ duty }) => duty === row.duty);
      return {
        ...{ duty: row.duty, loggerName: first?.loggerName ?? null, waivedAt: row.waivedAt },
        ...{ handedInAt: row.handedInAt, reference: row.reference },
        source: DUTY_RULES[row.duty].source,
        /** What was reported further, or is being written; the number of the one that may be begun. */
        followUps,
        nextFollowUp: nextFollowUp(reports, row.duty),
        ...standOf(row, { incident, now }),
      };
    });
  },
});

/**
 * How a duty stands. What is handled again is not summed up yet; once it ended anew, which two people agreed to
 * begin, the summary's time runs from there.
 */
function standOf(row: IncidentDuty, { incident, now }: { incident: Incident; now: Date }) {
  const { falseAlarmAt, reopenedAt, resolvedAt } = incident;
  const again = row.duty === "cac_final" && reopenedAt ? DUTY_RULES.cac_final.due(incident) : null;
  const dueAt = again && again > row.dueAt ? again : row.dueAt;
  const isUnderWay = row.duty === "cac_final" && !resolvedAt;
  const waivedAt = row.waivedAt ?? (isUnderWay ? now : null);
  return { dueAt, state: clockOf({ dueAt, doneAt: row.handedInAt, falseAlarmAt, waivedAt, now }) };
}

export type ReadReport = Awaited<ReturnType<typeof readReport>>;

/**
 * One report with what it is filled from, and with what was handed in to the same authority before it. A
 * further report can be read before anything of it is saved. @throws NotFound
 */
export const readReport = query({
  may: "notice.readDrafts",
  input: z.object({ number: z.string().max(40), report: reportNamed }),

  async run({ db, now }, { number, report: named }) {
    const [found] = await db
      .select({ incident: incidents, product: products, row: incidentDuties })
      .from(incidents)
      .innerJoin(products, eq(products.id, incidents.productId))
      .innerJoin(incidentDuties, eq(incidentDuties.incidentId, incidents.id))
      .where(and(eq(incidents.number, number), eq(incidentDuties.duty, named.duty)));
    if (!found) throw new NotFound("errors.notFound");
    const { incident, product, row } = found;
    const reports = await reportsBeside(db, incident.id, named.duty);
    const isNamed = (one: Report) => reportName(one) === reportName(named);
    const isNext = nextFollowUp(reports, named.duty) === named.sequence;
    const report = reports.find(isNamed) ?? (isNext ? { ...UNWRITTEN, ...named } : null);
    if (!report) throw new NotFound("errors.notFound");
    const before = handedInBefore(reports, report);
    return {
      ...{ incident, report },
      product: { "zh-CN": product.nameZh, en: product.nameEn },
      /** What the incident was known to be when it was handed in, or is now. */
      basis: report.handedInAt ? report.basis : await basisNow(db, incident),
      /** What was handed in last before it, and the last of those with the same parts. */
      last: before.at(-1) ?? null,
      lastAlike: before.findLast(({ duty }) => duty === report.duty) ?? null,
      ...(report.sequence > 0
        ? { source: FOLLOW_UPS[report.duty] ?? DUTY_RULES[report.duty].source, stand: null }
        : {
            source: DUTY_RULES[report.duty].source,
            stand: standOf(row, { incident, now }),
          }),
    };
  },
});

const UNWRITTEN = {
  ...{ parts: {}, revision: 0, savedAt: null, basis: null, handedInAt: null, loggedAt: null },
  ...{ loggerName: null, reference: null, reportHash: null },
};
