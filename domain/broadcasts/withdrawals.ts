import { aliasedTable, and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import {
  type Broadcast,
  broadcasts,
  notices,
  policyDocuments,
  policyVersions,
  users,
  withdrawals,
} from "@/db/schema";
import type { Withdrawable } from "@/db/vocabulary/broadcasts";

import { authorize, person } from "../access/permissions";
import { Conflict } from "../errors";
import { prose, uuid } from "../input";
import { query } from "../query";
import { countColumn, readOneRow } from "../rows";
import { assertAnother, assertCountTyped, assertReason } from "../reviews/rules";
import { type RecordedStep, verb } from "../verb";
import { stopMails } from "./cancel-remainder";
import { readFacts, type WithdrawalFacts } from "./facts";
import { startBroadcast } from "./start";

type Subject = { subjectType: Withdrawable; subjectId: string };

/**
 * Asks a second person to withdraw what was announced, with the reason everybody will read.
 * @throws Invalid without a reason; Conflict while another wish waits, or once it is withdrawn
 */
export async function proposeWithdrawal(
  { tx, actor, now, record }: RecordedStep,
  { subjectType, subjectId, reason }: Subject & { reason: string },
): Promise<void> {
  assertReason(reason, "broadcasts.errors.withdrawalReason");
  const earlier = await tx
    .select({ decision: withdrawals.decision })
    .from(withdrawals)
    .where(eq(withdrawals.subjectId, subjectId));
  if (earlier.some(({ decision }) => decision === null || decision === "approved"))
    throw new Conflict("broadcasts.errors.withdrawalWaits");
  await tx.insert(withdrawals).values({
    subjectType,
    subjectId,
    reason: reason.trim(),
    proposedBy: person(actor).id,
    proposedAt: now,
  });
  await record(`${subjectType}.withdrawal_proposed`, {
    id: subjectId,
    after: { reason: reason.trim() },
  });
}

type Approval = Subject & { typedPeople: number | undefined };

/**
 * A second person's yes, as part of the verb that withdraws the thing itself: what has not left of
 * its mails stays, and exactly the people who were told of it are told once more. What corrected an
 * announcement, added to it or ended it is withdrawn with it.
 * @throws Conflict where nothing waits, it is one's own wish, what told of it is still being prepared,
 * or the number of people was not typed
 */
export async function approveWithdrawal(
  step: RecordedStep,
  { subjectType, subjectId, typedPeople }: Approval,
) {
  const deciderId = person(step.actor).id;
  const { id, reason, proposedBy, proposedAt } = await lockOpen(step.tx, subjectId);
  assertAnother(deciderId, [proposedBy], "broadcasts.errors.ownWithdrawal");

  const { broadcastId, people } = await tellOf(step, { subjectId, reason });
  assertCountTyped({ people, typed: typedPeople }, "broadcasts.errors.withdrawalCount");
  const decided = {
    ...{ decision: "approved" as const, decidedBy: deciderId, decidedAt: step.now },
    broadcastId,
  };
  await step.tx.update(withdrawals).set(decided).where(eq(withdrawals.id, id));
  const following = await followingOf(step.tx, subjectId);
  if (following.length > 0)
    await step.tx.insert(withdrawals).values(
      following.map((followId) => ({
        ...{ subjectType, subjectId: followId, reason, proposedBy, proposedAt, ...decided },
      })),
    );
  await step.record(`${subjectType}.withdrawn`, {
    id: subjectId,
    after: { reason, people, broadcastId },
  });
  return { reason, broadcastId, people };
}

/** A second person says no, with a reason; or whoever wished it takes the wish back. @throws Conflict, Invalid */
export const refuseWithdrawal = verb({
  may: "withdrawal.propose",
  input: z.object({ subjectId: uuid, reason: prose(2000) }),

  async run({ tx, actor, now, record }, { subjectId, reason }) {
    const open = await lockOpen(tx, subjectId);
    if (open.proposedBy !== person(actor).id) {
      authorize(actor, "withdrawal.review");
      assertReason(reason, "broadcasts.errors.refusalReason");
    }
    await tx
      .update(withdrawals)
      .set({
        decision: "rejected",
        decidedBy: person(actor).id,
        decidedAt: now,
        decisionReason: reason.trim() || null,
      })
      .where(eq(withdrawals.id, open.id));
    await record(`${open.subjectType}.withdrawal_refused`, {
      id: subjectId,
      after: { reason: reason.trim() || null },
    });
  },
});

const proposer = aliasedTable(users, "proposer");
const decider = aliasedTable(users, "decider");

export type Withdrawal = Awaited<ReturnType<typeof findWithdrawals>>["withdrawals"][number];

/** Every wish to withdraw a thing, the oldest first, and how many people were told of it. */
export const findWithdrawals = query({
  may: "broadcast.read",
  input: z.object({ subjectId: uuid }),

  async run({ db }, { subjectId }) {
    const rows = await db
      .select({
        id: withdrawals.id,
        reason: withdrawals.reason,
        proposedBy: withdrawals.proposedBy,
        proposedAt: withdrawals.proposedAt,
        proposerName: proposer.name,
        decision: withdrawals.decision,
        decidedAt: withdrawals.decidedAt,
        decisionReason: withdrawals.decisionReason,
        deciderName: decider.name,
        deciderId: withdrawals.decidedBy,
        broadcastId: withdrawals.broadcastId,
      })
      .from(withdrawals)
      .leftJoin(proposer, eq(proposer.id, withdrawals.proposedBy))
      .leftJoin(decider, eq(decider.id, withdrawals.decidedBy))
      .where(eq(withdrawals.subjectId, subjectId))
      .orderBy(asc(withdrawals.proposedAt));
    const told = await readOneRow(db, z.object({ people: countColumn }))`
      select count(distinct d.user_id) as people from deliveries d
      join broadcasts b on b.id = d.broadcast_id join users u on u.id = d.user_id
      where b.subject_id = ${subjectId} and b.kind in ('policy_change', 'announcement')
        and u.erased_at is null`;
    return { withdrawals: rows, told: told.people };
  },
});

/** What the queue of reviews shows of the open wishes it names, each with what it is about, in no order. */
export const listOpenWithdrawals = query({
  may: "broadcast.read",
  input: z.object({ ids: z.array(uuid) }),

  async run({ db }, { ids }) {
    const rows = await db
      .select({
        id: withdrawals.id,
        subjectId: withdrawals.subjectId,
        proposedBy: withdrawals.proposedBy,
        proposedAt: withdrawals.proposedAt,
        proposerName: users.name,
        version: policyVersions,
        document: policyDocuments,
        announced: notices.parts,
      })
      .from(withdrawals)
      .leftJoin(users, eq(users.id, withdrawals.proposedBy))
      .leftJoin(policyVersions, eq(policyVersions.id, withdrawals.subjectId))
      .leftJoin(policyDocuments, eq(policyDocuments.id, policyVersions.documentId))
      .leftJoin(notices, eq(notices.id, withdrawals.subjectId))
      .where(and(inArray(withdrawals.id, ids), isNull(withdrawals.decision)));
    return rows.map(({ version, document, announced, ...row }) => ({
      ...row,
      version: version &&
        document && {
          documentId: document.id,
          label: version.label,
          titles: {
            "zh-CN": version.titleZh ?? document.titleZh,
            en: version.titleEn ?? document.titleEn,
          },
        },
      /** Of an announcement. */
      titles: announced?.title ?? {},
    }));
  },
});

async function lockOpen(tx: Tx, subjectId: string) {
  const [open] = await tx
    .select()
    .from(withdrawals)
    .where(and(eq(withdrawals.subjectId, subjectId), isNull(withdrawals.decision)))
    .for("update");
  if (!open) throw new Conflict("broadcasts.errors.noWithdrawal");
  return open;
}

/** What was published to follow an announcement. */
async function followingOf(tx: Tx, subjectId: string): Promise<string[]> {
  const rows = await tx
    .select({ id: notices.id })
    .from(notices)
    .where(and(eq(notices.followsId, subjectId), eq(notices.status, "published")));
  return rows.map(({ id }) => id);
}

type Stopping = { subjectId: string; reason: string };

/** Stops its mails, its reminders and those of what followed it. @returns the broadcast that announced it */
async function stopAnnouncing(step: RecordedStep, { subjectId, reason }: Stopping) {
  const all = await step.tx
    .select({ id: broadcasts.id })
    .from(broadcasts)
    .where(
      and(
        inArray(broadcasts.subjectId, [subjectId, ...(await followingOf(step.tx, subjectId))]),
        inArray(broadcasts.kind, ["policy_change", "announcement", "acknowledgement_reminder"]),
      ),
    )
    .orderBy(asc(broadcasts.startedAt));
  let announcing: Broadcast | null = null;
  for (const { id } of all) {
    const broadcast = await stopMails(step, { broadcastId: id, reason });
    if (broadcast.kind !== "acknowledgement_reminder") announcing ??= broadcast;
  }
  return announcing;
}

async function tellOf(step: RecordedStep, { subjectId, reason }: Stopping) {
  const announcing = await stopAnnouncing(step, { subjectId, reason });
  if (!announcing) return { broadcastId: null, people: 0 };
  const { id, isPublic, startedAt } = announcing;
  const { id: broadcastId, people } = await startBroadcast(step, {
    kind: "withdrawal",
    subjectId,
    facts: {
      what: whatOf(announcing),
      announcementId: isPublic ? id : null,
      announcedAt: startedAt.toISOString(),
      reason,
      withdrawnAt: step.now.toISOString(),
    },
    audience: { broadcastIds: [id] },
    isPublic,
  });
  return { broadcastId, people };
}

function whatOf({ kind, facts }: Broadcast): WithdrawalFacts["what"] {
  const told = readFacts(kind, facts);
  if (told.kind === "policy_change") {
    const { versionId, documentSlug, documentTitle, label, previousLabel, effectiveAt } =
      told.facts;
    const staysLabel = previousLabel;
    return {
      kind: "version",
      versionId,
      documentSlug,
      documentTitle,
      label,
      staysLabel,
      effectiveAt,
    };
  }
  if (told.kind !== "announcement") throw new Error(`a ${kind} cannot be withdrawn`);
  const { noticeId, title } = told.facts;
  return { kind: "announcement", noticeId, title };
}

const itsWithdrawal = sql`from withdrawals w
  where w.subject_id = ${broadcasts.subjectId} and w.decision = 'approved'
    and ${broadcasts.kind} <> 'withdrawal'`;

/**
 * When what a broadcast tells of was withdrawn, as a column of `broadcasts`; null while it holds. The
 * message that tells of the withdrawal holds itself.
 */
export const withdrawnAt = sql<string | null>`(select w.decided_at ${itsWithdrawal})`;

/** Whether it holds: as a condition that leaves an index to find the broadcasts. */
export const isNotWithdrawn = sql`not exists (select ${itsWithdrawal})`;
