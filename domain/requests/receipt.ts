import { eq } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { type disposals, type Request, requestReceipts, requests } from "@/db/schema";
import { BINDING_ROLES } from "@/db/vocabulary/access";
import {
  DATA_STORES,
  DISPOSAL_ACTIONS,
  HOLD_REASONS,
  REQUEST_DECISIONS,
  REQUEST_TYPES,
} from "@/db/vocabulary/requests";
import { hashOf } from "@/lib/hash";

import { may, person } from "../access/permissions";
import { proofAbout } from "../audit/proof";
import type { Actor } from "../context";
import { NotFound } from "../errors";
import { nextNumber } from "../next-number";
import { query } from "../query";
import type { RecordedStep } from "../verb";
import type { Decision } from "./answer";
import { requestNumber } from "./input";
import { countUsers, listUsers } from "./user-deletions";

/** What a deletion receipt says: stores, actions and times, nobody's identifier. */
const receiptFacts = z.object({
  receiptNumber: z.string(),
  requestNumber: z.string(),
  type: z.enum(REQUEST_TYPES),
  decision: z.enum(REQUEST_DECISIONS),
  subjectCount: z.number(),
  receivedAt: z.string(),
  issuedAt: z.string(),
  stores: z.array(
    z.object({
      store: z.enum(DATA_STORES),
      action: z.enum(DISPOSAL_ACTIONS),
      doneAt: z.string().nullable(),
      result: z.string().nullable(),
      holdReason: z.enum(HOLD_REASONS).nullable(),
      holdText: z.string().nullable().default(null),
      executor: z.string().nullable().default(null),
      backupsUntil: z.string().nullable().default(null),
    }),
  ),
  /** Of the stores whose users were deleted one by one: how many with which outcome, and the hash of the list. */
  users: z
    .array(
      z.object({
        ...{ disposalId: z.string(), store: z.enum(DATA_STORES), total: z.number() },
        ...{ deleted: z.number(), absent: z.number(), refused: z.number(), listHash: z.string() },
        /** Whom the interface gave up on, dealt with by somebody. */
        byHand: z.number().default(0),
      }),
    )
    .default([]),
});

export type DeletionReceipt = Awaited<ReturnType<typeof readReceipt>>;

type Issue = { request: Request; decision: Decision; plan: (typeof disposals.$inferSelect)[] };

/** Writes the receipt, hashed, once per request: after an appeal the first one stands. */
export async function issueReceipt(
  step: RecordedStep,
  { request, decision, plan: planned }: Issue,
): Promise<string> {
  if (request.receiptNumber) return request.receiptNumber;
  const { tx, now, record } = step;
  const plan = planned.toSorted(
    (one, other) => DATA_STORES.indexOf(one.store) - DATA_STORES.indexOf(other.store),
  );
  const number = await nextNumber(step, "deletion_receipt");
  const facts: z.output<typeof receiptFacts> = {
    receiptNumber: number,
    requestNumber: request.number,
    type: request.type,
    decision: decision.decision,
    subjectCount: request.subjectCount,
    receivedAt: request.receivedAt.toISOString(),
    issuedAt: now.toISOString(),
    stores: plan.map((one) => ({
      ...{ store: one.store, action: one.action, result: one.result, executor: one.executor },
      ...{ holdReason: one.holdReason, holdText: one.holdText, backupsUntil: one.backupsUntil },
      doneAt: one.doneAt?.toISOString() ?? null,
    })),
    users: await statedUsers(tx, plan),
  };
  const factsHash = hashOf(facts);
  await tx
    .insert(requestReceipts)
    .values({ number, requestId: request.id, facts, factsHash, issuedAt: now });
  await record("request.receipt_issued", {
    id: request.id,
    after: { number, factsHash },
  });
  return number;
}

async function statedUsers(tx: Tx, plan: Issue["plan"]) {
  const counts = await countUsers(
    tx,
    plan.map(({ id }) => id),
  );
  const stated = plan.map(async ({ id, store }) => {
    const counted = counts.get(id);
    const users = counted ? await listUsers(tx, id) : [];
    if (!counted || users.length === 0) return [];
    const { total, deleted, absent, refused, byHand } = counted;
    const listHash = hashOf(users.map(({ hash, outcome, code }) => [hash, outcome, code]));
    return [{ disposalId: id, store, total, deleted, absent, refused, byHand, listHash }];
  });
  return (await Promise.all(stated)).flat();
}

/**
 * What became of each user of a receipt, by salted hash. @throws NotFound like the receipt
 */
export const readReceiptUsers = query({
  may: "request.readOwn",
  input: z.object({ number: requestNumber }),

  async run({ db, actor }, { number }) {
    const [found] = await db
      .select({ receipt: requestReceipts, request: requests })
      .from(requestReceipts)
      .innerJoin(requests, eq(requests.id, requestReceipts.requestId))
      .where(eq(requests.number, number));
    if (!found || !mayRead(actor, found.request)) throw new NotFound("errors.notFound");
    const { users } = receiptFacts.parse(found.receipt.facts);
    const lists = users.map(async ({ disposalId }) => ({
      disposalId,
      users: await listUsers(db, disposalId),
    }));
    return Promise.all(lists);
  },
});

/**
 * The deletion receipt of a request, for its requester, the signatories of the account it was filed
 * for, and the case's people. @throws NotFound for everybody else
 */
export const readReceipt = query({
  may: "request.readOwn",
  input: z.object({ number: requestNumber }),

  async run({ db, actor }, { number }) {
    const [found] = await db
      .select({ receipt: requestReceipts, request: requests })
      .from(requestReceipts)
      .innerJoin(requests, eq(requests.id, requestReceipts.requestId))
      .where(eq(requests.number, number));
    if (!found || !mayRead(actor, found.request)) throw new NotFound("errors.notFound");
    const { facts, factsHash } = found.receipt;
    const isUnchanged = hashOf(facts) === factsHash;
    // What is sealed is what was written then; what came to it since is read as nothing.
    return { ...receiptFacts.parse(facts), stated: facts, factsHash, isUnchanged };
  },
});

/** That the receipt stands in the sealed record; null for the seconds until it is sealed. @throws NotFound like it */
export const readDeletionProof = query({
  may: "request.readOwn",
  input: z.object({ number: requestNumber }),

  async run({ db, actor }, { number }) {
    const [request] = await db.select().from(requests).where(eq(requests.number, number));
    if (!request?.receiptNumber || !mayRead(actor, request)) throw new NotFound("errors.notFound");
    const actions = ["request.receipt_issued"] as const;
    return proofAbout(db, { type: "request", id: request.id, actions });
  },
});

function mayRead(actor: Actor, request: Request): boolean {
  const reader = person(actor);
  const binds = reader.memberships.some(
    ({ accountId, role }) =>
      accountId === request.accountId && BINDING_ROLES.some((binding) => binding === role),
  );
  return (
    request.requesterId === reader.id ||
    (request.requesterKind === "developer" && binds) ||
    may(actor, "request.read")
  );
}
