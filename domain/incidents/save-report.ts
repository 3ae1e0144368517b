import { and, eq } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { type FollowUpReport, followUpReports, type Incident, incidentDuties } from "@/db/schema";
import type { ReportParts } from "@/db/schema/duties";
import { ALL_REPORT_PARTS, DUTIES, type Duty, REPORT_PARTS } from "@/db/vocabulary/duties";
import { formatTime } from "@/lib/format";
import { hashOf } from "@/lib/hash";

import { person } from "../access/permissions";
import { Conflict, Invalid, NotFound } from "../errors";
import { moment, plainLine, prose, uuid } from "../input";
import { assertComplete } from "../reviews/rules";
import { verb } from "../verb";
import { REQUIRED_PARTS } from "./duty-rules";
import { lockIncident } from "./find";
import { basisNow, handedInBefore, nextFollowUp, type Report, reportsBeside } from "./reports";

const report = z.object({
  incidentId: uuid,
  duty: z.enum(DUTIES),
  /** 0 for the first report of the duty; those that follow it count from 1. */
  sequence: z.coerce.number().int().min(0).max(9999).default(0),
  revision: z.coerce.number().int(),
});

/**
 * Keeps what a report to an authority is to say, and what the incident is known to be meanwhile. A further
 * report begins with what is saved of it first.
 * @throws Conflict once it is handed in, or saved by somebody else meanwhile
 */
export const saveReport = verb({
  may: "incident.manage",
  input: report.extend({
    parts: z.partialRecord(z.enum(ALL_REPORT_PARTS), prose(5000)).default({}),
  }),

  async run({ tx, actor, now, record, unchanged }, { revision, parts: given, ...named }) {
    const { own, incident } = await lockReport(tx, { ...named, revision });
    const { incidentId, duty, sequence } = named;
    const parts = Object.fromEntries(
      REPORT_PARTS[duty].flatMap((part) => {
        const text = given[part]?.trim();
        return text ? [[part, text]] : [];
      }),
    ) as ReportParts;
    const basis = await basisNow(tx, incident);
    const isSame = own?.savedAt && hashOf(own.parts) === hashOf(parts);
    // The same words, saved again over what has become known since, are said in knowledge of it.
    if (isSame && hashOf(own.basis) === hashOf(basis)) return unchanged({ duty, sequence });
    const saved = { parts, basis, savedBy: person(actor).id, savedAt: now, revision: revision + 1 };
    if (own) await write(tx, named, saved);
    else await tx.insert(followUpReports).values({ ...named, ...saved });
    await record("incident.report_saved", {
      id: incidentId,
      after: { duty, ...(sequence > 0 && { sequence }), reportHash: hashOf(parts) },
    });
    return { duty, sequence };
  },
});

/**
 * Writes down that the report was handed in, when and how: it never changes again. A telephone call
 * within the limit is a report too; its words are what was saved.
 * @throws Invalid for what the rule asks of a first report, or a moment that has not come; Conflict
 */
export const handInReport = verb({
  may: "incident.manage",
  input: report.extend({ at: moment, reference: plainLine(200) }),

  async run({ tx, actor, now, record }, { revision, at, reference, ...named }) {
    const { own, incident, last } = await lockReport(tx, { ...named, revision });
    const { incidentId, duty, sequence } = named;
    assertComplete(
      Object.fromEntries(
        REQUIRED_PARTS[duty]
          .filter((part) => !own?.parts[part])
          .map((part) => [`parts.${part}`, ["notices.errors.report.part"]]),
      ),
      "notices.errors.report.incomplete",
    );
    assertMoment(at, { incident, last, now });
    if (!reference) throw new Invalid("errors.form", { reference: ["errors.field.required"] });
    const reportHash = hashOf(own?.parts ?? {});
    await write(tx, named, {
      ...{ handedInAt: at, reference, reportHash, loggedBy: person(actor).id, loggedAt: now },
      revision: revision + 1,
    });
    await record("incident.report_handed_in", {
      id: incidentId,
      after: {
        ...{ duty, ...(sequence > 0 && { sequence }) },
        ...{ handedInAt: at, reference, reportHash },
      },
    });
    return { number: incident.number };
  },
});

type Named = { incidentId: string; duty: Duty };
type Numbered = Named & { sequence: number };

export const placeOf = ({ incidentId, duty }: Named) =>
  and(eq(incidentDuties.incidentId, incidentId), eq(incidentDuties.duty, duty));

/** What is saved of a report, or written down of its handing in; what was waived and is reported nevertheless was due. */
async function write(
  tx: Tx,
  { sequence, ...named }: Numbered,
  values: Partial<FollowUpReport>,
): Promise<void> {
  const { incidentId, duty } = named;
  if (sequence === 0) {
    const waived = values.handedInAt ? { waivedAt: null } : {};
    await tx
      .update(incidentDuties)
      .set({ ...values, ...waived })
      .where(placeOf(named));
    return;
  }
  await tx
    .update(followUpReports)
    .set(values)
    .where(
      and(
        eq(followUpReports.incidentId, incidentId),
        eq(followUpReports.duty, duty),
        eq(followUpReports.sequence, sequence),
      ),
    );
}

/** `own` is null for a further report of which nothing is saved yet; `last` is what was handed in before it. */
type Locked = { own: Report | null; incident: Incident; last: Report | null };

/** The incident's lock holds its reports too: nothing else writes them. */
async function lockReport(
  tx: Tx,
  { incidentId, duty, sequence, revision }: Numbered & { revision: number },
): Promise<Locked> {
  const incident = await lockIncident(tx, incidentId);
  const reports = await reportsBeside(tx, incidentId, duty);
  const first = reports.find((one) => one.duty === duty && one.sequence === 0);
  const own = reports.find((one) => one.duty === duty && one.sequence === sequence) ?? null;
  if (!first) throw new NotFound("errors.notFound");
  if (own) assertOpen(own, revision);
  else if (revision !== 0 || nextFollowUp(reports, duty) !== sequence)
    throw new Conflict("notices.errors.movedOn");
  const before = sequence > 0 ? handedInBefore(reports, own ?? { ...first, sequence }) : [];
  return { own, incident, last: before.at(-1) ?? null };
}

/** @throws Conflict */
function assertOpen({ handedInAt, savedAt, revision: now }: Report, revision: number): void {
  if (handedInAt) throw new Conflict("notices.errors.report.handedIn");
  if (now === revision) return;
  if (!savedAt) throw new Conflict("notices.errors.movedOn");
  throw new Conflict("notices.errors.editedMeanwhile", { time: formatTime(savedAt) });
}

/** @throws Invalid at the moment */
function assertMoment(
  at: Date,
  { incident, last, now }: Pick<Locked, "incident" | "last"> & { now: Date },
): void {
  const refuse = (key: string) => {
    throw new Invalid("errors.form", { at: [key] });
  };
  if (at > now) refuse("notices.errors.dates.future");
  if (at < incident.discoveredAt) refuse("notices.errors.report.beforeDiscovery");
  if (last?.handedInAt && at < last.handedInAt) refuse("notices.errors.report.beforeLast");
}
