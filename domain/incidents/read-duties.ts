import { asc, eq } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { z } from "zod";

import { incidentDuties, incidents, notices, products, users } from "@/db/schema";
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
      .select({
        duty: incidentDuties,
        falseAlarmAt: incidents.falseAlarmAt,
        loggerName: loggers.name,
      })
      .from(incidentDuties)
      .innerJoin(incidents, eq(incidents.id, incidentDuties.incidentId))
      .leftJoin(loggers, eq(loggers.id, incidentDuties.loggedBy))
      .where(eq(incidentDuties.incidentId, incidentId))
      .orderBy(asc(incidentDuties.dueAt));
    return rows.map(({ duty: { duty, ...row }, falseAlarmAt, loggerName }) => ({
      ...{ duty, loggerName, dueAt: row.dueAt, waivedAt: row.waivedAt },
      ...{ handedInAt: row.handedInAt, reference: row.reference },
      source: DUTY_RULES[duty].source,
      state: clockOf({ ...row, doneAt: row.handedInAt, falseAlarmAt, now }),
    }));
  },
});

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
      state: clockOf({
        ...{ dueAt: report.dueAt, doneAt: report.handedInAt, waivedAt: report.waivedAt },
        ...{ falseAlarmAt: incident.falseAlarmAt, now },
      }),
    };
  },
});
