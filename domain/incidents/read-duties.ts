import { asc, eq } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { z } from "zod";

import {
  type Incident,
  type IncidentDuty,
  incidentDuties,
  incidents,
  notices,
  products,
  users,
} from "@/db/schema";
import { DUTIES } from "@/db/vocabulary/duties";

import { NotFound } from "../errors";
import { uuid } from "../input";
import { query } from "../query";
import { clockOf, DUTY_RULES } from "./duty-rules";
import { placeOf } from "./save-report";

export type ReadDuty = Awaited<ReturnType<typeof readDuties>>[number];

/** What has to be reported of an incident to authorities: by when, whether it was, by whose word not. */
export const readDuties = query({
  may: "notice.readDrafts",
  input: z.object({ incidentId: uuid }),

  async run({ db, now }, { incidentId }) {
    const loggers = alias(users, "loggers");
    const rows = await db
      .select({ duty: incidentDuties, incident: incidents, loggerName: loggers.name })
      .from(incidentDuties)
      .innerJoin(incidents, eq(incidents.id, incidentDuties.incidentId))
      .leftJoin(loggers, eq(loggers.id, incidentDuties.loggedBy))
      .where(eq(incidentDuties.incidentId, incidentId))
      .orderBy(asc(incidentDuties.dueAt));
    return rows.map(({ duty: row, incident, loggerName }) => ({
      ...{ duty: row.duty, loggerName, waivedAt: row.waivedAt },
      ...{ handedInAt: row.handedInAt, reference: row.reference },
      source: DUTY_RULES[row.duty].source,
      ...standOf(row, { incident, now }),
    }));
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

/** One report with what it is filled from: the incident, and what was published of it last. @throws NotFound */
export const readReport = query({
  may: "notice.readDrafts",
  input: z.object({ number: z.string().max(40), duty: z.enum(DUTIES) }),

  async run({ db, now }, { number, duty }) {
    const [found] = await db
      .select({ incident: incidents, product: products })
      .from(incidents)
      .innerJoin(products, eq(products.id, incidents.productId))
      .where(eq(incidents.number, number));
    if (!found) throw new NotFound("errors.notFound");
    const { incident, product } = found;
    const [row] = await db
      .select({ report: incidentDuties, loggerName: users.name })
      .from(incidentDuties)
      .leftJoin(users, eq(users.id, incidentDuties.loggedBy))
      .where(placeOf({ incidentId: incident.id, duty }));
    if (!row) throw new NotFound("errors.notFound");
    const written = await db
      .select({ parts: notices.parts, status: notices.status })
      .from(notices)
      .where(eq(notices.incidentId, incident.id))
      .orderBy(asc(notices.sequence));
    const { report, loggerName } = row;
    return {
      ...{ incident, report, loggerName },
      product: { "zh-CN": product.nameZh, en: product.nameEn },
      /** What its newest notice says, published or not. */
      told: written.findLast(({ status }) => status !== "discarded")?.parts ?? null,
      source: DUTY_RULES[duty].source,
      ...standOf(report, { incident, now }),
    };
  },
});
