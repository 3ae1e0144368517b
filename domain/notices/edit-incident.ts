import { and, eq } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { type Incident, incidents, notices } from "@/db/schema";
import { hashOf } from "@/lib/hash";
import { formatTime } from "@/lib/format";

import { person } from "../access/permissions";
import { Conflict, Invalid } from "../errors";
import { uuid } from "../input";
import { verb } from "../verb";
import { lockIncident } from "./find";
import { incidentFields, withPublicSummary } from "./input";
import { snapshotOf } from "./open-incident";
import { assertOwner } from "./owners";
import { returnNotices } from "./return-notices";
import { dateProblems } from "./rules";

/**
 * Changes what is known of an incident. A notice of it that waits for approval goes back to draft,
 * because it tells these facts. What has been told to everybody is not made less public.
 * @throws Conflict when somebody else saved meanwhile, Invalid at the fields
 */
export const editIncident = verb({
  may: "incident.manage",
  input: withPublicSummary(
    z.object({ incidentId: uuid, revision: z.coerce.number().int(), ...incidentFields }),
  ),

  async run(step, { incidentId, revision, ...fields }) {
    const { tx, actor, now, record, unchanged } = step;
    const before = await lockIncident(tx, incidentId);
    if (before.revision !== revision)
      throw new Conflict("notices.errors.editedMeanwhile", { time: formatTime(before.updatedAt) });
    const after = { ...before, ...fields };
    if (hashOf(comparable(before)) === hashOf(comparable(after))) {
      unchanged();
      return { number: before.number };
    }
    const problems = dateProblems(after, { status: before.status, now });
    if (Object.keys(problems).length > 0) throw new Invalid("errors.form", problems);
    if (before.ownerId !== after.ownerId) await assertOwner(tx, after.ownerId);
    await assertStaysPublic(tx, { incidentId, visibility: after.visibility });

    await tx
      .update(incidents)
      .set({
        ...fields,
        writerIds: [...new Set([...before.writerIds, person(actor).id])],
        revision: revision + 1,
        updatedAt: now,
      })
      .where(eq(incidents.id, incidentId));
    await returnNotices(step, incidentId);
    await record("incident.edited", {
      subject: { type: "incident", id: incidentId },
      before: snapshotOf(before),
      after: snapshotOf(after),
    });
    return { number: before.number };
  },
});

/** Everything that its form holds, as JSON can. */
const comparable = ({ title, publicSummary, dataKinds, cause, contact, ...rest }: Incident) =>
  JSON.parse(
    JSON.stringify({ title, publicSummary, dataKinds, cause, contact, ...snapshotOf(rest) }),
  ) as unknown;

async function assertStaysPublic(
  tx: Tx,
  { incidentId, visibility }: Pick<Incident, "visibility"> & { incidentId: string },
): Promise<void> {
  if (visibility === "public") return;
  const told = await tx.$count(
    notices,
    and(
      eq(notices.incidentId, incidentId),
      eq(notices.status, "published"),
      eq(notices.visibility, "public"),
    ),
  );
  if (told > 0) throw new Invalid("errors.form", { visibility: ["notices.errors.staysPublic"] });
}
