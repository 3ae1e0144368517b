import { and, asc, desc, eq, inArray, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import {
  auditEntries,
  containmentSteps,
  emergencySendings,
  incidentProposals,
  incidents,
  notices,
  users,
} from "@/db/schema";
import { INCIDENT_STATUSES, LOOK_VERDICTS, PLANS, PROPOSALS } from "@/db/vocabulary/incidents";
import { HELD } from "@/db/vocabulary/waves";

import { uuid } from "../input";
import { query } from "../query";
import { countColumn, readOneRow } from "../rows";

export type Course = Awaited<ReturnType<typeof readCourse>>;

/**
 * How an incident is dealt with (P16): its plan with who has done what of it and when, what two people
 * agreed on, and its course from the record, the oldest first, with what became of notices that one
 * person sent alone.
 */
export const readCourse = query({
  may: "notice.readDrafts",
  input: z.object({ incidentId: uuid }),

  async run({ db }, { incidentId }) {
    const settled = await settledSteps(db, incidentId);
    const [incident] = await db
      .select({ kind: incidents.kind, round: incidents.round })
      .from(incidents)
      .where(eq(incidents.id, incidentId));
    const { kind, round } = incident ?? { kind: "vulnerability" as const, round: 1 };
    const ofRound = settled.filter((one) => one.round === round);
    const others = ofRound.map(({ step }) => step).filter((step) => !PLANS[kind].includes(step));
    const proposals = await proposalsOf(db, incidentId);
    const isAlarmOpen = proposals.some(
      ({ decision, what }) => decision === null && what === "false_alarm",
    );
    return {
      /** The steps of its kind, and whatever was settled while it was thought to be another kind. */
      plan: [...PLANS[kind], ...others].map((step) => ({
        step,
        settled: ofRound.find((one) => one.step === step) ?? null,
      })),
      proposals,
      /** How many a false alarm that waits would tell. */
      people: isAlarmOpen ? await countTold(db, incidentId) : 0,
      events: await eventsOf(db, incidentId),
    };
  },
});

const settledSteps = (db: Db | Tx, incidentId: string) =>
  db
    .select({
      round: containmentSteps.round,
      step: containmentSteps.step,
      state: containmentSteps.state,
      reason: containmentSteps.reason,
      by: users.name,
      at: containmentSteps.settledAt,
    })
    .from(containmentSteps)
    .innerJoin(users, eq(users.id, containmentSteps.settledBy))
    .where(eq(containmentSteps.incidentId, incidentId));

function proposalsOf(db: Db | Tx, incidentId: string) {
  const deciders = alias(users, "deciders");
  return db
    .select({
      id: incidentProposals.id,
      what: incidentProposals.what,
      duty: incidentProposals.duty,
      reason: incidentProposals.reason,
      proposedBy: incidentProposals.proposedBy,
      proposedAt: incidentProposals.proposedAt,
      proposerName: users.name,
      decision: incidentProposals.decision,
      decidedBy: incidentProposals.decidedBy,
      decidedAt: incidentProposals.decidedAt,
      decisionReason: incidentProposals.decisionReason,
      deciderName: deciders.name,
      broadcastId: incidentProposals.broadcastId,
    })
    .from(incidentProposals)
    .innerJoin(users, eq(users.id, incidentProposals.proposedBy))
    .leftJoin(deciders, eq(deciders.id, incidentProposals.decidedBy))
    .where(eq(incidentProposals.incidentId, incidentId))
    .orderBy(desc(incidentProposals.proposedAt));
}

async function countTold(db: Db | Tx, incidentId: string): Promise<number> {
  const { people } = await readOneRow(db, z.object({ people: countColumn }))`
    select count(distinct d.user_id) as people
    from notices n join deliveries d on d.broadcast_id = n.broadcast_id
    join users u on u.id = d.user_id and u.erased_at is null
    where n.incident_id = ${incidentId} and n.published_at is not null
      and d.reason is distinct from ${HELD} and not exists (
      select from withdrawals w where w.subject_id = n.id and w.decision = 'approved'
    )`;
  return people;
}

/** What of the record makes an incident's course; of its edits those that gave it another owner. */
const COURSE = [
  "incident.opened",
  "incident.containment_begun",
  "incident.moved",
  "incident.proposal_approved",
] as const;
const OWNER_CHANGED = "incident.edited";
/** Of its notices: that one left by one person's word alone, and whether a second one looked. */
const SENDING = ["notice.sent_alone", "notice.looked_at", "notice.unseen"] as const;
const isOfCourse = z.enum([...COURSE, OWNER_CHANGED, ...SENDING]);

const moment = z.iso.datetime().pipe(z.coerce.date()).nullish();
const said = z.object({
  status: z.enum(INCIDENT_STATUSES).optional(),
  what: z.enum(PROPOSALS).optional(),
  verdict: z.enum(LOOK_VERDICTS).optional(),
  containmentBegunAt: moment,
  containedAt: moment,
  resolvedAt: moment,
});

async function eventsOf(db: Db | Tx, incidentId: string) {
  const owners = alias(users, "owners");
  const alone = await db
    .select({ id: emergencySendings.noticeId })
    .from(emergencySendings)
    .innerJoin(notices, eq(notices.id, emergencySendings.noticeId))
    .where(eq(notices.incidentId, incidentId));
  const noticeIds = alone.map(({ id }) => id);
  const rows = await db
    .select({
      seq: auditEntries.seq,
      action: auditEntries.action,
      at: auditEntries.at,
      after: auditEntries.after,
      by: users.name,
      ownerName: owners.name,
      /** Which of its notices it is about. */
      sequence: notices.sequence,
    })
    .from(auditEntries)
    .leftJoin(users, eq(sql`${users.id}::text`, auditEntries.actorId))
    .leftJoin(
      notices,
      and(
        eq(auditEntries.subjectType, "notice"),
        eq(sql`${notices.id}::text`, auditEntries.subjectId),
      ),
    )
    .leftJoin(owners, eq(sql`${owners.id}::text`, sql`${auditEntries.after} ->> 'ownerId'`))
    .where(
      or(
        and(
          eq(auditEntries.subjectType, "incident"),
          eq(auditEntries.subjectId, incidentId),
          or(
            inArray(auditEntries.action, [...COURSE]),
            and(
              eq(auditEntries.action, OWNER_CHANGED),
              sql`${auditEntries.before} ->> 'ownerId' <> ${auditEntries.after} ->> 'ownerId'`,
            ),
          ),
        ),
        and(
          eq(auditEntries.subjectType, "notice"),
          inArray(auditEntries.subjectId, noticeIds),
          inArray(auditEntries.action, [...SENDING]),
        ),
      ),
    )
    .orderBy(asc(auditEntries.seq));
  return rows.map(({ after, action, ...row }) => ({
    ...row,
    action: isOfCourse.parse(action),
    said: said.parse(after),
  }));
}
