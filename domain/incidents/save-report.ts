import { and, eq } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { type Incident, type IncidentDuty, incidentDuties } from "@/db/schema";
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

const report = z.object({
  incidentId: uuid,
  duty: z.enum(DUTIES),
  revision: z.coerce.number().int(),
});

/** Keeps what a report to an authority is to say. @throws Conflict once it is handed in, or saved by somebody else meanwhile */
export const saveReport = verb({
  may: "incident.manage",
  input: report.extend({
    parts: z.partialRecord(z.enum(ALL_REPORT_PARTS), prose(5000)).default({}),
  }),

  async run({ tx, actor, now, record, unchanged }, { incidentId, duty, revision, parts: given }) {
    const { row } = await lockReport(tx, { incidentId, duty, revision });
    const parts = Object.fromEntries(
      REPORT_PARTS[duty].flatMap((part) => {
        const text = given[part]?.trim();
        return text ? [[part, text]] : [];
      }),
    ) as ReportParts;
    if (row.savedAt && hashOf(row.parts) === hashOf(parts)) return unchanged();
    await tx
      .update(incidentDuties)
      .set({ parts, savedBy: person(actor).id, savedAt: now, revision: revision + 1 })
      .where(placeOf({ incidentId, duty }));
    await record("incident.report_saved", {
      id: incidentId,
      after: { duty, reportHash: hashOf(parts) },
    });
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

  async run({ tx, actor, now, record }, { incidentId, duty, revision, at, reference }) {
    const { row, incident } = await lockReport(tx, { incidentId, duty, revision });
    assertComplete(
      Object.fromEntries(
        REQUIRED_PARTS[duty]
          .filter((part) => !row.parts[part])
          .map((part) => [`parts.${part}`, ["notices.errors.report.part"]]),
      ),
      "notices.errors.report.incomplete",
    );
    assertMoment(at, { incident, now });
    if (!reference) throw new Invalid("errors.form", { reference: ["errors.field.required"] });
    const reportHash = hashOf(row.parts);
    await tx
      .update(incidentDuties)
      .set({
        ...{ handedInAt: at, reference, reportHash, loggedBy: person(actor).id, loggedAt: now },
        ...{ waivedAt: null, revision: revision + 1 },
      })
      .where(placeOf({ incidentId, duty }));
    await record("incident.report_handed_in", {
      id: incidentId,
      after: { duty, handedInAt: at, reference, reportHash },
    });
    return { number: incident.number };
  },
});

type Named = { incidentId: string; duty: Duty };

export const placeOf = ({ incidentId, duty }: Named) =>
  and(eq(incidentDuties.incidentId, incidentId), eq(incidentDuties.duty, duty));

type Locked = { row: IncidentDuty; incident: Incident };

async function lockReport(
  tx: Tx,
  { revision, ...named }: Named & { revision: number },
): Promise<Locked> {
  const incident = await lockIncident(tx, named.incidentId);
  const [row] = await tx.select().from(incidentDuties).where(placeOf(named)).for("update");
  if (!row) throw new NotFound("errors.notFound");
  if (row.handedInAt) throw new Conflict("notices.errors.report.handedIn");
  if (row.revision !== revision)
    throw new Conflict("notices.errors.editedMeanwhile", {
      time: formatTime(row.savedAt ?? row.reckonedAt),
    });
  return { row, incident };
}

/** @throws Invalid at the moment */
function assertMoment(at: Date, { incident, now }: { incident: Incident; now: Date }): void {
  const refuse = (key: string) => {
    throw new Invalid("errors.form", { at: [key] });
  };
  if (at > now) refuse("notices.errors.dates.future");
  if (at < incident.discoveredAt) refuse("notices.errors.report.beforeDiscovery");
}
