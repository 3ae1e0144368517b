import { and, eq, inArray } from "drizzle-orm";

import type { Tx } from "@/db/client";
import { type EmergencySending, incidents, staffRoles } from "@/db/schema";
import type { StaffRole } from "@/db/vocabulary/access";
import type { LookEvent } from "@/db/vocabulary/incidents";

import { stillStaff } from "../access/still-staff";
import { startBroadcast } from "../broadcasts/start";
import type { RecordedStep } from "../verb";

type Telling = {
  event: LookEvent;
  sending: Pick<EmergencySending, "noticeId" | "sentBy" | "sentAt" | "writerIds" | "lookDueAt">;
  incidentNumber: string;
  sequence: number;
  /** Of an objection: whether its correction was begun. */
  isDrafted?: boolean;
};

/** Tells of an emergency sending whoever has to do something about it, by mail and in-site. */
export async function tellLook(
  step: RecordedStep,
  { event, sending, incidentNumber, sequence, isDrafted }: Telling,
): Promise<void> {
  const { noticeId, sentAt, lookDueAt } = sending;
  const userIds = await READERS[event](step.tx, sending);
  if (userIds.length === 0) return;
  const isRehearsed = await step.tx.$count(
    incidents,
    and(eq(incidents.number, incidentNumber), eq(incidents.isRehearsal, true)),
  );
  await startBroadcast(step, {
    kind: "notice_look",
    subjectId: noticeId,
    facts: {
      ...{ event, noticeId, incidentNumber, sequence },
      ...(isDrafted !== undefined && { isDrafted }),
      ...(isRehearsed > 0 && { rehearsal: true as const }),
      ...{ sentAt: sentAt.toISOString(), lookDueAt: lookDueAt.toISOString() },
    },
    audience: { userIds },
  });
}

/** Who may look; where nobody did in time, whoever gives others that role as well; after an objection, who puts it right. */
const READERS: Record<LookEvent, (tx: Tx, sending: Telling["sending"]) => Promise<string[]>> = {
  sent_alone: async (tx, sending) => withoutWriters(await holders(tx, ["approver"]), sending),
  unseen: async (tx, sending) => withoutWriters(await holders(tx, ["approver", "admin"]), sending),
  objected: async (tx, { sentBy, writerIds }) => stillStaff(tx, [sentBy, ...writerIds]),
};

async function holders(tx: Tx, roles: StaffRole[]): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ id: staffRoles.userId })
    .from(staffRoles)
    .where(inArray(staffRoles.role, roles));
  return rows.map(({ id }) => id);
}

const withoutWriters = (
  ids: readonly string[],
  { sentBy, writerIds }: Pick<EmergencySending, "sentBy" | "writerIds">,
): string[] => ids.filter((id) => id !== sentBy && !writerIds.includes(id));
