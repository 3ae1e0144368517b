import { and, asc, eq, exists, inArray, isNull, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import {
  accounts,
  apps,
  broadcasts,
  deliveries,
  members,
  policyAcknowledgements,
  policyDocuments,
  type PolicyVersion,
  policyVersions,
  users,
} from "@/db/schema";
import { BINDING_ROLES } from "@/db/vocabulary/access";
import type { DeliveryStatus } from "@/db/vocabulary/broadcasts";
import { LOCALES } from "@/db/vocabulary/languages";
import { ASK_STATES } from "@/db/vocabulary/policies";

import { membershipIn, person } from "../access/permissions";
import { proofAbout } from "../audit/proof";
import { askedVersions, askJoins, askState, deferredUntil, MAY_ASK } from "../broadcasts/asks";
import { NotFound } from "../errors";
import { pageInput, uuid } from "../input";
import { down, readPage } from "../page";
import { query } from "../query";
import { readRow, readRows } from "../rows";
import { answersOfAccounts } from "./integration";
import { hashOfToday } from "./corrections";
import { findPublicWithDocument, versionTitles } from "./find";

const columns = {
  id: policyAcknowledgements.id,
  receiptNumber: policyAcknowledgements.receiptNumber,
  answer: policyAcknowledgements.answer,
  answeredAt: policyAcknowledgements.answeredAt,
  personName: policyAcknowledgements.personName,
  accountId: policyAcknowledgements.accountId,
  accountName: policyAcknowledgements.accountName,
  label: policyVersions.label,
  versionId: policyVersions.id,
  version: {
    titleZh: policyVersions.titleZh,
    titleEn: policyVersions.titleEn,
    status: policyVersions.status,
  },
  document: policyDocuments,
};

const NEWEST = [
  down("moment", policyAcknowledgements.answeredAt),
  down("uuid", policyAcknowledgements.id),
];

export const listOwnAnswers = query({
  may: "policy.readOwnAnswers",
  input: z.object(pageInput),

  async run({ db, actor }, { page }) {
    const accountIds = person(actor).memberships.map(({ accountId }) => accountId);
    const { rows, ...turns } = await readPage({ keys: NEWEST, size: 50, page }, (slice) =>
      db
        .select({ ...columns, cursor: slice.cursor })
        .from(policyAcknowledgements)
        .innerJoin(policyVersions, eq(policyVersions.id, policyAcknowledgements.versionId))
        .innerJoin(policyDocuments, eq(policyDocuments.id, policyVersions.documentId))
        .where(and(inArray(policyAcknowledgements.accountId, accountIds), slice.beyond))
        .orderBy(slice.order)
        .limit(slice.limit),
    );
    const given = rows.map(({ document, version, ...row }) => ({
      ...row,
      slug: document.slug,
      titles: versionTitles(version, document),
      isWithdrawn: version.status === "withdrawn",
    }));
    return { rows: given, ...turns };
  },
});

/**
 * The reader's accounts that a version concerns, each with how it stands to it and the answers it has
 * given, in order; `newer` is the later major version that asks in this one's place.
 */
export const listOwnAccountsFor = query({
  may: "policy.readOwnAnswers",
  input: z.object({ versionId: z.uuid() }),

  async run({ db, actor, now }, { versionId }) {
    const { version, document } = await findPublicWithDocument(db, versionId);
    const { slug, productId } = document;
    const accountIds = person(actor).memberships.map(({ accountId }) => accountId);
    const isIntegrated = exists(
      db
        .select({ id: apps.id })
        .from(apps)
        .where(
          and(
            eq(apps.accountId, accounts.id),
            eq(apps.productId, productId),
            isNull(apps.closedAt),
          ),
        ),
    );
    const [own, answers, binders, standings, newer] = await Promise.all([
      db
        .select({ id: accounts.id, name: accounts.name, uin: accounts.uin })
        .from(accounts)
        .where(and(inArray(accounts.id, accountIds), isIntegrated))
        .orderBy(asc(accounts.name)),
      answersOfAccounts(db, { versionId, accountIds }),
      bindersOf(db, accountIds),
      standingsOf({ db, now }, { versionId, accountIds }),
      newerAsk(db, version),
    ]);
    const concerned = own.map((account) => ({
      ...account,
      role: membershipIn(actor, account.id).role,
      ...(standings.find(({ accountId }) => accountId === account.id) ?? NOT_ASKED),
      answers: answers.filter(({ accountId }) => accountId === account.id),
      binders: binders.filter(({ accountId }) => accountId === account.id).map(({ name }) => name),
    }));
    const contentHash = await hashOfToday(db, version);
    return { version: { ...version, contentHash }, slug, productId, accounts: concerned, newer };
  },
});

const standingRow = z.object({
  accountId: z.string(),
  state: z.enum(ASK_STATES),
  deferredUntil: z.string().nullable(),
  waiverReason: z.string().nullable(),
});
const NOT_ASKED = { state: "not_asked" as const, deferredUntil: null, waiverReason: null };

type Standing = { versionId: string; accountIds: readonly string[] };

const standingsOf = (
  { db, now }: { db: Db | Tx; now: Date },
  { versionId, accountIds }: Standing,
) =>
  readRows(db, standingRow)`
    with v as materialized (${askedVersions(sql`v.id = ${versionId}`)})
    select a.id as "accountId", ${askState(now)} as state, ${deferredUntil} as "deferredUntil",
      w.reason as "waiverReason"
    from accounts a cross join v ${askJoins}
    where a.id = any(${sql.param([...accountIds])}::uuid[])`;

const newerRow = z.object({ versionId: z.string(), label: z.string() });

/** The latest major version of the document that asks for answers, where it is another one than this. */
const newerAsk = (db: Db | Tx, { id, documentId }: Pick<PolicyVersion, "id" | "documentId">) =>
  readRow(db, newerRow)`
    select n.id as "versionId", n.label
    from (${askedVersions(sql`v.document_id = ${documentId} and ${MAY_ASK}`)}) v
    join policy_versions n on n.id = v.id
    where v.asks and not v.is_superseded and v.id <> ${id}
      and v.effective_at > (select effective_at from policy_versions where id = ${id})`;

/**
 * The names that the sentence beside the box mentions: the same for the page that shows it and for
 * the proof that keeps it. @throws NotFound for a version or account that is not the reader's.
 */
export const readStatementFacts = query({
  may: "policy.readOwnAnswers",
  input: z.object({ versionId: uuid, accountId: uuid, locale: z.enum(LOCALES) }),

  async run({ db, actor }, { versionId, accountId, locale }) {
    membershipIn(actor, accountId);
    const { version, document } = await findPublicWithDocument(db, versionId);
    const [account] = await db
      .select({ name: accounts.name })
      .from(accounts)
      .where(eq(accounts.id, accountId));
    if (!account) throw new NotFound("errors.notFound");
    const contentHash = await hashOfToday(db, version);
    return {
      label: version.label,
      title: versionTitles(version, document)[locale],
      account: account.name,
      contentHash: contentHash ?? "",
    };
  },
});

const bindersOf = (db: Db | Tx, accountIds: readonly string[]) =>
  db
    .select({ accountId: members.accountId, name: users.name })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(
      and(
        inArray(members.accountId, [...accountIds]),
        inArray(members.role, BINDING_ROLES),
        isNull(members.leftAt),
      ),
    )
    .orderBy(asc(members.joinedAt));

export type Receipt = Awaited<ReturnType<typeof findReceipt>>;

/** One receipt of the reader's own accounts. @throws NotFound, also for somebody else's */
export const findReceipt = query({
  may: "policy.readOwnAnswers",
  input: z.object({ receiptNumber: z.string().max(40) }),

  async run({ db, actor }, { receiptNumber }) {
    const [found] = await db
      .select({
        receipt: policyAcknowledgements,
        version: policyVersions,
        document: policyDocuments,
        uin: accounts.uin,
      })
      .from(policyAcknowledgements)
      .innerJoin(policyVersions, eq(policyVersions.id, policyAcknowledgements.versionId))
      .innerJoin(policyDocuments, eq(policyDocuments.id, policyVersions.documentId))
      .innerJoin(accounts, eq(accounts.id, policyAcknowledgements.accountId))
      .where(eq(policyAcknowledgements.receiptNumber, receiptNumber));
    if (!found) throw new NotFound("errors.notFound");
    membershipIn(actor, found.receipt.accountId);
    const { userAgent: browser, network, visitSalt, ...receipt } = found.receipt;
    const isOwn = receipt.userId === person(actor).id;
    return {
      ...receipt,
      /** What `visitHash` commits to: for who answered alone, and nobody's once it is erased. */
      visit: visitSalt ? (isOwn ? { browser, network, salt: visitSalt } : VEILED) : ERASED,
      mail: await mailOf(db, { subjectId: found.receipt.id, userId: person(actor).id }),
      uin: found.uin,
      /** Whether the version was put right since: what was answered is the text under the receipt's own fingerprint. */
      isCorrectedSince: (await hashOfToday(db, found.version)) !== found.receipt.contentHash,
      label: found.version.label,
      effectiveAt: found.version.effectiveAt,
      slug: found.document.slug,
      productId: found.document.productId,
      titles: versionTitles(found.version, found.document),
      withdrawal:
        found.version.status === "withdrawn"
          ? { at: found.version.withdrawnAt, reason: found.version.withdrawalReason ?? "" }
          : null,
    };
  },
});

/**
 * That the answer stands in the sealed record; null for the seconds until it is sealed.
 * @throws NotFound, also for somebody else's
 */
export const readReceiptProof = query({
  may: "policy.readOwnAnswers",
  input: z.object({ receiptNumber: z.string().max(40) }),

  async run({ db, actor }, { receiptNumber }) {
    const [found] = await db
      .select({ id: policyAcknowledgements.id, accountId: policyAcknowledgements.accountId })
      .from(policyAcknowledgements)
      .where(eq(policyAcknowledgements.receiptNumber, receiptNumber));
    if (!found) throw new NotFound("errors.notFound");
    membershipIn(actor, found.accountId);
    return proofAbout(db, {
      ...{ type: "acknowledgement", id: found.id },
      actions: ["acknowledgement.given", "acknowledgement.refused"],
    });
  },
});

const VEILED = "visitHash" as const;
const ERASED = "visitErased" as const;

type Mail = { address: string; state: "sent" | "waiting" | "unknown" | "failed" };

/** What became of the mail of a receipt to this reader; null where none was for them. */
async function mailOf(
  db: Db | Tx,
  { subjectId, userId }: { subjectId: string; userId: string },
): Promise<Mail | null> {
  const [mail] = await db
    .select({ address: deliveries.address, status: deliveries.status })
    .from(deliveries)
    .innerJoin(broadcasts, eq(broadcasts.id, deliveries.broadcastId))
    .where(
      and(
        eq(broadcasts.kind, "acknowledgement_receipt"),
        eq(broadcasts.subjectId, subjectId),
        eq(deliveries.userId, userId),
        eq(deliveries.channel, "email"),
      ),
    );
  if (!mail?.address) return null;
  return { address: mail.address, state: MAIL_STATES[mail.status] };
}

const MAIL_STATES: Record<DeliveryStatus, Mail["state"]> = {
  queued: "waiting",
  sent: "sent",
  unknown: "unknown",
  unconfirmed: "sent",
  placed: "sent",
  delivered: "sent",
  deferred: "failed",
  bounced: "failed",
  complained: "sent",
  suppressed: "failed",
  failed: "failed",
  cancelled: "failed",
};
