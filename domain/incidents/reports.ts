import { and, desc, eq, inArray, ne } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { followUpReports, type Incident, incidentDuties, notices, users } from "@/db/schema";
import type { ReportBasis, ReportParts } from "@/db/schema/duties";
import { DUTIES, type Duty } from "@/db/vocabulary/duties";

import { FOLLOW_UPS } from "./duty-rules";

/** One report of an incident: the first of a duty, numbered 0, or one that followed it. */
export type Report = {
  duty: Duty;
  sequence: number;
  parts: ReportParts;
  revision: number;
  savedAt: Date | null;
  basis: ReportBasis | null;
  handedInAt: Date | null;
  loggedAt: Date | null;
  loggerName: string | null;
  reference: string | null;
  reportHash: string | null;
};

const NAME = /^([a-z_]+?)(?:-([1-9]\d{0,3}))?$/;

/** How a report is named in its address: "cac" the first one, "cac-2" the second that followed it. */
export const reportNamed = z
  .string()
  .transform((name) => {
    const [, duty, sequence] = NAME.exec(name) ?? [];
    return { duty, sequence: Number(sequence ?? 0) };
  })
  .pipe(z.object({ duty: z.enum(DUTIES), sequence: z.int() }));

export const reportName = ({ duty, sequence }: Pick<Report, "duty" | "sequence">): string =>
  sequence > 0 ? `${duty}-${sequence}` : duty;

/** What goes to one authority: each of these is told what changed since the one handed in before it. */
const TOGETHER: Record<Duty, readonly Duty[]> = {
  cac: ["cac", "cac_final"],
  cac_final: ["cac", "cac_final"],
  gdpr: ["gdpr"],
};

type Of = { incidentId: string; duties: readonly Duty[] };

/** Every report of these duties, written or not, the follow-ups in order behind the first. */
export async function reportsOf(db: Db | Tx, { incidentId, duties }: Of): Promise<Report[]> {
  const first = await db
    .select({ row: incidentDuties, loggerName: users.name })
    .from(incidentDuties)
    .leftJoin(users, eq(users.id, incidentDuties.loggedBy))
    .where(and(eq(incidentDuties.incidentId, incidentId), inArray(incidentDuties.duty, duties)));
  const followed = await db
    .select({ row: followUpReports, loggerName: users.name })
    .from(followUpReports)
    .leftJoin(users, eq(users.id, followUpReports.loggedBy))
    .where(and(eq(followUpReports.incidentId, incidentId), inArray(followUpReports.duty, duties)))
    .orderBy(followUpReports.duty, followUpReports.sequence);
  return [
    ...first.map(({ row, loggerName }) => ({ ...row, loggerName, sequence: 0 })),
    ...followed.map(({ row, loggerName }) => ({ ...row, loggerName })),
  ];
}

export const reportsBeside = (db: Db | Tx, incidentId: string, duty: Duty): Promise<Report[]> =>
  reportsOf(db, { incidentId, duties: TOGETHER[duty] });

/** The number that a further report of the duty would have; null where none may be written, or one is. */
export function nextFollowUp(reports: readonly Report[], duty: Duty): number | null {
  const own = reports.filter((one) => one.duty === duty);
  const isOpen = own.length === 0 || own.some(({ handedInAt }) => !handedInAt);
  return isOpen || !FOLLOW_UPS[duty] ? null : own.length;
}

/**
 * What was handed in before this one, the oldest first; of what is still open, all that was. What was written
 * down later, though as handed in earlier, changes nothing of it.
 */
export function handedInBefore(reports: readonly Report[], report: Report): Report[] {
  const all = reports.filter(({ handedInAt }) => handedInAt).toSorted(byHandingIn);
  const place = all.findIndex((one) => reportName(one) === reportName(report));
  if (place === -1) return all;
  return all.slice(0, place).filter(({ loggedAt }) => Number(loggedAt) <= Number(report.loggedAt));
}

const byHandingIn = (one: Report, other: Report): number =>
  Number(one.handedInAt) - Number(other.handedInAt) ||
  Number(one.loggedAt) - Number(other.loggedAt) ||
  DUTIES.indexOf(one.duty) - DUTIES.indexOf(other.duty) ||
  one.sequence - other.sequence;

/** What is known of an incident now, as a report is filled from it. */
export async function basisNow(db: Db | Tx, incident: Incident): Promise<ReportBasis> {
  const [newest] = await db
    .select({ parts: notices.parts })
    .from(notices)
    .where(and(eq(notices.incidentId, incident.id), ne(notices.status, "discarded")))
    .orderBy(desc(notices.sequence))
    .limit(1);
  const { situation, measures, format } = newest?.parts ?? {};
  const { kind, severity, operator, status, title, dataKinds, cause, contact } = incident;
  const moment = (at: Date | null) => at?.toISOString() ?? null;
  return {
    ...{ kind, severity, operator, status, title, dataKinds, cause, contact },
    occurredAt: moment(incident.occurredAt),
    discoveredAt: incident.discoveredAt.toISOString(),
    containmentBegunAt: moment(incident.containmentBegunAt),
    containedAt: moment(incident.containedAt),
    resolvedAt: moment(incident.resolvedAt),
    told: situation && measures ? { situation, measures, ...(format && { format }) } : null,
  };
}
