import { randomUUID } from "node:crypto";
import { expect } from "@playwright/test";
import { and, arrayContains, eq, sql } from "drizzle-orm";

import { db } from "@/db/client";
import {
  accountSyncProblems,
  accountSyncs,
  apps,
  broadcasts,
  deliveries,
  disposals,
  endpoints,
  members,
  policyDocuments,
  policyVersions,
  serviceEnds,
  suppressions,
  unreachedAccounts,
} from "@/db/schema";
import { requestSignIn } from "@/domain/access/request-sign-in";
import { ANONYMOUS } from "@/domain/context";
import { answerVersion } from "@/domain/policies/answer";
import { sha256Hex } from "@/lib/hash";
import { seal } from "@/lib/seal";
import { shanghaiDay } from "@/lib/shanghai";
import { givenVisitor } from "@/tests/support/door";

import { givenDeletion, givenWaitingRequest } from "./cases";
import { givenContactLink } from "./contacts";
import { givenPublishedIncident } from "./incidents";
import { givenNotices } from "./notices";
import { givenDeregistered } from "./deregistered";
import { contextOf, personOf } from "./people";
import { givenRequests } from "./requests";
import { givenSubscription } from "./subscriptions";
import { givenTicketLink } from "./tickets";

export type Records = Awaited<ReturnType<typeof givenRecords>>;

/** Waits until the worker has sealed and signed all that is on record by now. */
async function sealed(): Promise<void> {
  const { rows } = await db.execute(sql`select max(seq) as seq from audit_entries`);
  const proofs = sql`
    select from audit_leaves l join audit_checkpoints c on c.size > l.place
    where l.seq = ${rows[0]?.["seq"]} limit 1`;
  await expect.poll(async () => (await db.execute(proofs)).rowCount, { timeout: 60_000 }).toBe(1);
}

/** One record of each kind that an address may name, of the owner's account where it is somebody's. */
export async function givenRecords() {
  const owner = await personOf("owner");
  const accountId = owner.memberships[0]?.accountId ?? "";
  const [version] = await db.select().from(policyVersions).where(eq(policyVersions.label, "3.2"));
  const [waiting] = await db
    .select()
    .from(policyVersions)
    .where(eq(policyVersions.status, "in_review"));
  const [document] = await db
    .select()
    .from(policyDocuments)
    .where(eq(policyDocuments.id, version!.documentId));
  const answered = await answerVersion(await contextOf("owner"), {
    versionId: version!.id,
    accountId,
    answer: "acknowledged",
    confirmed: true,
    reason: null,
    contentHash: version!.contentHash!,
    statement: "已确认",
    locale: "en",
    userAgent: null,
  });
  const [message] = await db
    .select({ id: deliveries.id })
    .from(deliveries)
    .where(and(eq(deliveries.userId, owner.id), eq(deliveries.channel, "inbox")));
  const filed = await givenRequests(owner, accountId);
  const [broadcast] = await db
    .select({ id: broadcasts.id })
    .from(broadcasts)
    .innerJoin(deliveries, eq(deliveries.broadcastId, broadcasts.id))
    .where(
      and(eq(broadcasts.kind, "policy_change"), arrayContains(deliveries.accountIds, [accountId])),
    );
  const [toldMessage] = await db
    .select({ id: deliveries.id })
    .from(deliveries)
    .where(
      and(
        ...[eq(deliveries.broadcastId, broadcast!.id), eq(deliveries.userId, owner.id)],
        eq(deliveries.channel, "inbox"),
      ),
    );
  const [recipient] = await db
    .select({ id: deliveries.userId })
    .from(deliveries)
    .where(eq(deliveries.broadcastId, broadcast!.id));
  await db
    .insert(unreachedAccounts)
    .values({ broadcastId: broadcast!.id, accountId, foundAt: new Date() })
    .onConflictDoNothing();
  const [app] = await db.select().from(apps).where(eq(apps.accountId, accountId));
  const [member] = await db.select().from(members).where(eq(members.accountId, accountId));
  const { requestId } = await requestSignIn(
    { actor: ANONYMOUS, now: new Date() },
    {
      email: `nobody-${randomUUID()}@luming.example`,
      locale: "zh-CN",
      returnPath: "",
      visitor: givenVisitor(),
    },
  );
  const mail = await db.execute<{ id: string }>(
    sql`select provider_id as id from deliveries where provider_id is not null limit 1`,
  );
  const lockHandledRequest = await givenWaitingRequest();
  const incident = await givenPublishedIncident(app!.id);
  const told = await givenNotices();
  const deleted = await givenDeletion(owner);
  const gone = await givenDeregistered();
  await sealed();
  return {
    ...told,
    ...filed,
    ...lockHandledRequest,
    ...deleted,
    ticketLink: await givenTicketLink(),
    ...incident,
    ownerId: owner.id,
    ...gone,
    accountId,
    contactLink: await givenContactLink(accountId),
    ...(await givenSubscription()),
    endpointId: await givenEndpoint(accountId, owner.id),
    appId: app!.id,
    memberId: member!.id,
    broadcastId: broadcast!.id,
    recipientId: recipient!.id,
    unreachedAccountId: accountId,
    suppressionId: await givenSuppression(),
    documentId: document!.id,
    slug: document!.slug,
    label: version!.label,
    versionId: version!.id,
    waitingDocumentId: waiting!.documentId,
    waitingId: waiting!.id,
    messageId: message!.id,
    toldMessageId: toldMessage!.id,
    staffId: (await personOf("handler")).id,
    staffMessageId: await givenStaffMessage(),
    receiptNumber: answered.receiptNumber,
    requestId,
    mailId: mail.rows[0]?.id ?? "",
    syncId: await givenRefusedSync(),
    endId: await givenEnd(accountId, app!.id),
  };
}

/** What an app that was closed left, in one store. */
async function givenEnd(accountId: string, appId: string): Promise<string> {
  const now = new Date();
  const [end] = await db
    .insert(serviceEnds)
    .values({ cause: "app_closed", accountId, appId, endedAt: now, openedAt: now })
    .returning();
  const dueDate = shanghaiDay(now);
  await db
    .insert(disposals)
    .values({ endId: end!.id, store: "profile", action: "delete", dueDate, createdAt: now });
  return end!.id;
}

/** A bulk of the console's with an error in one line; its token is one that has gone. */
async function givenRefusedSync(): Promise<string> {
  const now = new Date();
  const [sync] = await db
    .insert(accountSyncs)
    .values({
      ...{ createdBy: "gone", createdAt: now, finishedAt: now, state: "refused", isDryRun: true },
      ...{ idempotencyKey: randomUUID(), lines: 2, linesDone: 2, problemCount: 1 },
    })
    .returning();
  await db.insert(accountSyncProblems).values({
    ...{ syncId: sync!.id, line: 2, uin: "100000000001", pointer: "/revision", values: {} },
    messageKey: "accounts.errors.sync.revision",
  });
  return sync!.id;
}

/** A webhook of the owner's account. */
async function givenEndpoint(accountId: string, addedBy: string): Promise<string> {
  const address = `https://${randomUUID()}.example/hook`;
  const [endpoint] = await db
    .insert(endpoints)
    .values({
      ...{ accountId, addedBy, channel: "webhook", name: "回调", locale: "zh-CN" },
      ...{ host: new URL(address).host, topics: ["policies"], addedAt: new Date() },
      ...{ address: seal(address, "endpoint.address"), addressHash: sha256Hex(address) },
      secret: seal("whsec_AAAA", "endpoint.secret"),
    })
    .returning({ id: endpoints.id });
  return endpoint!.id;
}

/** A message in the handler's inbox, of something that was told of a request. */
async function givenStaffMessage(): Promise<string> {
  const handler = await personOf("handler");
  const [told] = await db
    .select({ id: broadcasts.id })
    .from(broadcasts)
    .where(eq(broadcasts.kind, "request_update"));
  const [message] = await db
    .insert(deliveries)
    .values({
      broadcastId: told!.id,
      channel: "inbox",
      userId: handler.id,
      accountIds: [],
      locale: "zh-CN",
      status: "placed",
      createdAt: new Date(),
    })
    .onConflictDoUpdate({
      target: [deliveries.broadcastId, deliveries.userId, deliveries.channel],
      set: { status: "placed" },
    })
    .returning({ id: deliveries.id });
  return message!.id;
}

/** An address that no mail goes to. */
async function givenSuppression(): Promise<string> {
  const [row] = await db
    .insert(suppressions)
    .values({
      address: `gone-${randomUUID()}@luming.example`,
      reason: "bounced",
      since: new Date(),
    })
    .returning({ id: suppressions.id });
  return row!.id;
}
