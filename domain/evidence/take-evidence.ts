import { and, arrayContains, asc, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { accounts, broadcastMails, broadcasts, deliveries, users } from "@/db/schema";
import { TOLD_BY_RULE, TOLD_TO_ACCOUNTS } from "@/db/vocabulary/broadcasts";
import { HELD } from "@/db/vocabulary/waves";

import { may, membershipIn } from "../access/permissions";
import { type AuditAction, isAuditAction } from "../audit/entries";
import { proofAbout, proofsOf, type SealedProof } from "../audit/proof";
import { readFacts } from "../broadcasts/facts";
import { postsTo } from "../broadcasts/posted";
import { eventsOf } from "../broadcasts/read-recipient";
import type { Actor } from "../context";
import { NotFound } from "../errors";
import { uuid } from "../input";
import { query } from "../query";
import { readRows } from "../rows";
import { verb } from "../verb";
import { isOpenTo, peopleOf } from "./gather";

/** What an account may hold of the record's entries about a telling; who may audit holds all of them. */
export const OPEN: readonly AuditAction[] = [
  "version.approved",
  "version.in_force",
  "version.archived",
  "version.withdrawn",
  "notice.approved",
  "notice.sent_alone",
  "notice.looked_at",
  "notice.withdrawn",
  "broadcast.started",
  "broadcast.rendered",
  "broadcast.posted",
  "broadcast.finished",
  "broadcast.cancelled",
  "broadcast.known",
  "acknowledgement.given",
  "acknowledgement.refused",
  "ask.deferred",
];
/** More than a telling and one account ever have; the file says so where it is reached. */
const MOST = 500;

const about = z.object({ broadcastId: uuid, accountId: uuid });
/** What was told, as its kind's facts say it. */
export type Seen = ReturnType<typeof readFacts>;
export type Evidence = Awaited<ReturnType<typeof readEvidence>>;

/**
 * What shows that an account was told something and what it answered: the frozen facts, the mail as
 * rendered, each person's delivery and its way, and the proofs of the record's entries about it. The
 * account's own members see no addresses and no work of operations. Who audits also gets what shows
 * that an account was not told, where a rule says why. @throws NotFound, also for what was told to others
 */
export const readEvidence = query({
  may: "evidence.take",
  input: about,

  async run({ db, actor, now }, { broadcastId, accountId }) {
    const isAuditor = mayAudit(actor, accountId);
    const [broadcast] = await db
      .select()
      .from(broadcasts)
      .where(
        and(
          eq(broadcasts.id, broadcastId),
          inArray(broadcasts.kind, TOLD_TO_ACCOUNTS),
          isOpenTo(actor, broadcasts),
        ),
      );
    const [account] = await db
      .select({ id: accounts.id, uin: accounts.uin, name: accounts.name })
      .from(accounts)
      .where(eq(accounts.id, accountId));
    const told = account && (await deliveriesTo(db, { broadcastId, accountId, isAuditor }));
    if (!broadcast || !account || !told) throw new NotFound("errors.notFound");
    const isExplained = isAuditor && TOLD_BY_RULE.some((one) => one === broadcast.kind);
    if (told.length === 0 && !isExplained) throw new NotFound("errors.notFound");
    const { kind, subjectId, facts, factsHash, people, startedAt, finishedAt } = broadcast;
    const entries = await entriesAbout(db, { broadcastId, accountId, subjectId });
    const wanted = entries.filter(({ action }) => isAuditor || OPEN.some((one) => one === action));
    const sealed = await proofsOf(
      db,
      wanted.map(({ seq }) => seq),
    );
    const proofs = wanted.flatMap(({ seq, action }) => {
      const proof = sealed.find(({ entry }) => entry.seq === seq);
      return proof ? [{ ...proof, action }] : [];
    });
    return {
      ...{ account, told, proofs, takenAt: now, isWhole: entries.length < MOST },
      /** Entries of the last seconds, which are not sealed yet. */
      waiting: wanted.length - proofs.length,
      broadcast: { id: broadcastId, kind, subjectId, people, startedAt, finishedAt, factsHash },
      facts,
      seen: readFacts(kind, facts),
      posted: await postsTo(db, { broadcastId, accountId }),
      mails: await db
        .select({
          locale: broadcastMails.locale,
          subject: broadcastMails.subject,
          html: broadcastMails.html,
          text: broadcastMails.text,
          shown: broadcastMails.shown,
        })
        .from(broadcastMails)
        .where(
          and(
            eq(broadcastMails.broadcastId, broadcastId),
            inArray(broadcastMails.locale, [...new Set(told.map(({ locale }) => locale))]),
          ),
        )
        .orderBy(asc(broadcastMails.locale)),
    };
  },
});

/**
 * That a telling and its facts stand in the sealed record, for the members of an account it went to and
 * for who audits; null for the seconds until it is sealed. @throws NotFound, also for what was told to others
 */
export const readTellingProof = query({
  may: "evidence.take",
  input: about,

  async run({ db, actor }, { broadcastId, accountId }): Promise<SealedProof | null> {
    mayAudit(actor, accountId);
    const [told] = await db
      .select({ id: broadcasts.id })
      .from(broadcasts)
      .innerJoin(deliveries, eq(deliveries.broadcastId, broadcasts.id))
      .where(
        and(
          eq(broadcasts.id, broadcastId),
          inArray(broadcasts.kind, TOLD_TO_ACCOUNTS),
          isOpenTo(actor, broadcasts),
          toAccount(accountId),
          sql`${deliveries.reason} is distinct from ${HELD}`,
        ),
      )
      .limit(1);
    if (!told) throw new NotFound("errors.notFound");
    return proofAbout(db, { type: "broadcast", id: told.id, actions: ["broadcast.started"] });
  },
});

/** Puts on the record who took the file, and which: `manifestHash` is over its list of files. */
export const noteEvidence = verb({
  may: "evidence.take",
  input: about.extend({ manifestHash: z.string().regex(/^[0-9a-f]{64}$/) }),

  async run({ actor, record }, { broadcastId, accountId, manifestHash }) {
    mayAudit(actor, accountId);
    await record("evidence.taken", { id: broadcastId, after: { accountId, manifestHash } });
  },
});

/** Whether the actor may see everybody's evidence. @throws NotFound where it is not even theirs */
function mayAudit(actor: Actor, accountId: string): boolean {
  const isAuditor = may(actor, "audit.read");
  if (!isAuditor) membershipIn(actor, accountId);
  return isAuditor;
}

/** Deliveries to an account, found by its people: of a telling to a million they are a few. */
const toAccount = (accountId: string) =>
  and(
    sql`${deliveries.userId} in (${peopleOf(accountId)})`,
    arrayContains(deliveries.accountIds, [accountId]),
  );

const who = { id: users.id, name: users.name };

/**
 * Each delivery to the account's people, in the order in which it was written, with its way; none where
 * all of them were held back for a wave that never left.
 */
async function deliveriesTo(
  db: Db | Tx,
  { broadcastId, accountId, isAuditor }: z.output<typeof about> & { isAuditor: boolean },
) {
  const rows = await db
    .select({ delivery: deliveries, person: who })
    .from(deliveries)
    .innerJoin(users, eq(users.id, deliveries.userId))
    .where(and(eq(deliveries.broadcastId, broadcastId), toAccount(accountId)))
    .orderBy(deliveries.createdAt, deliveries.userId, deliveries.channel);
  if (rows.every(({ delivery }) => delivery.reason === HELD)) return [];
  return Promise.all(
    rows.map(async ({ delivery, person }) => ({
      ...{ person, channel: delivery.channel, locale: delivery.locale, status: delivery.status },
      ...(isAuditor && { address: delivery.address }),
      providerId: delivery.providerId,
      // What a provider says may hold an address, and who stood in for whom is another's.
      events: (await eventsOf(db, delivery)).map(({ at, kind, detail, count }) => ({
        ...{ at, kind },
        ...(isAuditor && { detail, count }),
      })),
    })),
  );
}

const entryRow = z.object({
  seq: z.coerce.number(),
  action: z.custom<AuditAction>((word) => typeof word === "string" && isAuditAction(word)),
});

/** The entries about a telling, what it tells of, and how the account stood to it. */
const entriesAbout = (
  db: Db | Tx,
  { broadcastId, accountId, subjectId }: z.output<typeof about> & { subjectId: string },
) => readRows(db, entryRow)`
  select seq, action from audit_entries
  where (subject_type = 'broadcast' and subject_id = ${broadcastId} and action <> 'evidence.taken')
    or (subject_type in ('version', 'notice') and subject_id = ${subjectId})
    or (subject_type = 'acknowledgement' and subject_id in (
      select id::text from policy_acknowledgements
      where version_id = ${subjectId} and account_id = ${accountId}))
    or (subject_type = 'account' and subject_id = ${accountId}
      and (after ->> 'versionId' = ${subjectId} or after ->> 'broadcastId' = ${broadcastId}))
  order by seq limit ${MOST}`;
