import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";

import { db } from "@/db/client";
import * as tables from "@/db/schema";
import type { Person } from "@/domain/context";
import { seal } from "@/lib/seal";

import { beijing } from "./context";
import { givenAccount, givenMember } from "./people";
import { givenApproved, givenInForce } from "./policies";
import { givenRequest } from "./requests";

const AT = beijing("2026-10-01 10:00");

export type Planted = Awaited<ReturnType<typeof givenPlanted>>;
/** Where a value was planted ("requests.facts"), and the value, which stands nowhere else. */
export type Mark = { place: string; value: string };

let planted = 0;

/**
 * An account two owners, two members and a former one of which have a value of its own in every column where a
 * person's words, addresses or devices may stand; what belongs to the account is planted once.
 */
export async function givenPlanted() {
  const marks: Mark[] = [];
  const mark = (place: string): string => {
    planted += 1;
    const value = `planted${planted}z`;
    marks.push({ place, value });
    return value;
  };
  const desk = await givenInForce();
  const account = await givenAccount({ productId: desk.productId });
  const version = await givenApproved(desk, {
    ...{ label: "2.0", major: ["rights"], effectiveDate: "2026-03-20", at: "2026-03-02 10:00" },
  });
  const planting = { accountId: account.id, versionId: version.id, mark };
  const owner = await plantPerson(await givenMember(account.id, "owner"), planting);
  const second = await plantPerson(await givenMember(account.id, "owner"), planting);
  const member = await plantPerson(await givenMember(account.id, "member"), planting);
  const contact = await plantPerson(await givenMember(account.id, "viewer"), planting);
  const former = await plantPerson(await givenMember(account.id, "legal"), planting);
  await db.update(tables.members).set({ leftAt: AT }).where(eq(tables.members.userId, former.id));
  await plantAccount(owner, planting);
  return { account, versionId: version.id, owner, second, member, contact, marks };
}

type Planting = { accountId: string; versionId: string; mark: (place: string) => string };

/** Renames the person too: their name and address are planted. */
async function plantPerson(person: Person, { mark, ...where }: Planting): Promise<Person> {
  const email = `${mark("users.email")}@people.example`;
  const name = mark("users.name");
  await db.update(tables.users).set({ email, name }).where(eq(tables.users.id, person.id));
  const known = { ...person, email, name };
  await plantEntrances(known, mark);
  await plantTold(known, { mark, ...where });
  await plantRequest(known, { mark, ...where });
  return known;
}

async function plantEntrances({ id: userId, email }: Person, mark: Planting["mark"]) {
  const seen = (table: string) => ({
    network: mark(`${table}.network`),
    device: mark(`${table}.device`),
  });
  await db.insert(tables.formerAddresses).values({
    ...{ userId, changedAt: AT, address: `${mark("former_addresses.address")}@people.example` },
  });
  await db.insert(tables.oidcIdentities).values({
    ...{ userId, provider: "https://id.example", subject: mark("oidc_identities.subject") },
  });
  await db.insert(tables.factors).values({
    ...{ userId, kind: "passkey", name: mark("factors.name"), credentialId: randomUUID() },
    ...{ publicKey: mark("factors.public_key"), signCount: 0, createdAt: AT, confirmedAt: AT },
  });
  await db.insert(tables.recoveryCodes).values({
    ...{ userId, codeHash: mark("recovery_codes.code_hash"), createdAt: AT },
  });
  await db.insert(tables.sessions).values({
    ...{ userId, tokenHash: mark("sessions.token_hash"), createdAt: AT, ...seen("sessions") },
    expiresAt: beijing("2027-01-01"),
  });
  await db.insert(tables.signInRequests).values({
    ...{ email, locale: "zh-CN", returnPath: mark("sign_in_requests.return_path") },
    ...{ requestedAt: AT, expiresAt: AT, inboxKey: "inbox", browser: "" },
    network: mark("sign_in_requests.network"),
  });
  await db.insert(tables.securityEvents).values({
    ...{ userId, at: AT, kind: "signed_in", ...seen("security_events") },
    what: mark("security_events.what"),
  });
  await db.insert(tables.securityAlarms).values({
    ...{ userId, pattern: "person_refused", subject: userId, since: AT, count: 1, raisedAt: AT },
    network: mark("security_alarms.network"),
  });
}

/** What the person was told, by which mail, and what they answered and said. */
async function plantTold(person: Person, { accountId, versionId, mark }: Planting) {
  const { id: userId, email, name } = person;
  const [broadcast] = await db
    .insert(tables.broadcasts)
    .values({
      ...{ kind: "access_update", subjectId: userId, facts: {}, factsHash: "0", people: 1 },
      ...{ status: "finished", startedBy: "job", startedAt: AT },
    })
    .returning();
  const broadcastId = broadcast!.id;
  const [providerId, suppressionId] = [randomUUID(), randomUUID()];
  const [batch] = await db
    .insert(tables.mailBatches)
    .values({
      ...{ broadcastId, idempotencyKey: randomUUID(), size: 1, status: "sent", locale: "zh-CN" },
      ...{
        sender: "n@yunqiao.example",
        addresses: [email],
        names: [name],
        accounts: [""],
        apps: [""],
        nextAttemptAt: AT,
      },
      lastError: `${mark("mail_batches.last_error")}@people.example is full`,
    })
    .returning();
  await db.insert(tables.mailAttempts).values({
    ...{ batchId: batch!.id, number: 1, startedAt: AT, outcome: "refused" },
    detail: `${mark("mail_attempts.detail")}@people.example is full`,
  });
  const locale = "zh-CN" as const;
  const delivery = { broadcastId, userId, accountIds: [accountId], locale };
  await db.insert(tables.deliveries).values([
    { ...delivery, channel: "inbox", status: "placed", createdAt: AT },
    {
      ...{ ...delivery, channel: "email", status: "sent", createdAt: AT, providerId },
      ...{ batchId: batch!.id, batchIndex: 0, sentAt: AT },
      address: email,
      reason: `${mark("deliveries.reason")}@people.example is full`,
    },
  ]);
  await db.insert(tables.providerEvents).values({
    ...{ id: randomUUID(), type: "email.bounced", providerId, occurredAt: AT, receivedAt: AT },
    detail: mark("provider_events.detail"),
  });
  await db.insert(tables.suppressions).values({
    ...{ address: email, reason: "bounced", since: AT, broadcastId },
    detail: mark("suppressions.detail"),
  });
  await db.insert(tables.suppressionLifts).values({
    ...{ suppressionId, address: email, reason: "bounced", since: AT },
    ...{ liftedBy: userId, liftedAt: AT, note: mark("suppression_lifts.note") },
  });
  const entry = { at: AT, actorKind: "person", actorId: randomUUID() } as const;
  await db.insert(tables.auditEntries).values([
    {
      ...{ ...entry, action: "person.reset_factors", subjectType: "person", subjectId: userId },
      after: { reason: mark("audit_entries.reason") },
    },
    {
      ...{ ...entry, action: "suppression.lifted", subjectType: "suppression" },
      ...{ subjectId: suppressionId, after: { note: mark("audit_entries.note") } },
    },
  ]);
  await db.insert(tables.askMessages).values({
    ...{ versionId, accountId, userId, side: "account", writtenAt: AT },
    body: mark("ask_messages.body"),
  });
}

/** A request that was answered with its file, and a draft of another. */
async function plantRequest(person: Person, { accountId, mark }: Planting) {
  const sealed = (place: string, context: string) => seal(mark(place), context);
  const request = await givenRequest(person.id, {
    ...{ requesterKind: "developer", accountId, appName: mark("requests.app_name") },
    ...{ status: "fulfilled", answeredAt: AT, receivedAt: AT },
    facts: sealed("requests.facts", "request.facts"),
    subjects: sealed("requests.subjects", "request.subjects"),
    details: seal(JSON.stringify({ what: mark("requests.details") }), "request.details"),
    replyTo: sealed("requests.reply_to", "request.reply_to"),
    ...{ stopOrderedAt: AT, stoppedAt: AT, stopConfirmedAt: AT, stopConfirmedBy: person.id },
    stopWords: sealed("requests.stop_words", "request.stop"),
  });
  const requestId = request.id;
  await db.insert(tables.requestEvents).values({
    ...{ requestId, status: "fulfilled", byId: null, at: AT },
  });
  const [decision] = await db
    .insert(tables.requestDecisions)
    .values({
      ...{ requestId, decision: "fulfilled", proposedBy: person.id, proposedAt: AT },
      ...{ proposedFrom: "in_progress", reviewedAt: AT, verdict: "approved" },
      explanation: sealed("request_decisions.explanation", "request.explanation"),
    })
    .returning();
  await db.insert(tables.requestMessages).values({
    ...{ requestId, direction: "from_requester", authorId: person.id, at: AT },
    body: sealed("request_messages.body", "request.message"),
  });
  await db.insert(tables.requestMessages).values({
    ...{ requestId, direction: "internal", authorId: person.id, at: AT },
    body: sealed("request_messages.internal", "request.message"),
  });
  const file = { mediaType: "text/plain", size: 10, sha256: "0".repeat(64), uploadedAt: AT };
  await db.insert(tables.requestFiles).values([
    {
      ...{ requestId, ...file, uploadedBy: person.id, name: `${mark("request_files.name")}.txt` },
      content: sealed("request_files.content", "request.file"),
    },
    {
      ...{ requestId, decisionId: decision!.id, ...file, uploadedBy: person.id },
      name: `${mark("request_files.answer_name")}.txt`,
      content: sealed("request_files.answer", "request.file"),
    },
  ]);
  const answers = { accountId, facts: mark("request_drafts.answers") };
  await db.insert(tables.requestDrafts).values({
    ...{ ownerId: person.id, answers: seal(JSON.stringify(answers), "request.draft") },
    ...{ createdAt: AT, updatedAt: AT },
  });
}

/** What belongs to the account, as its owner said and chose it. */
async function plantAccount({ id: by }: Person, { accountId, versionId, mark }: Planting) {
  const [app] = await db.select().from(tables.apps).where(eq(tables.apps.accountId, accountId));
  const said = { appId: app!.id, versionId };
  await db.insert(tables.contacts).values({
    ...{ accountId, kind: "security", userId: by, addedBy: by, addedAt: AT },
    name: mark("contacts.name"),
  });
  await db.insert(tables.memberInvitations).values({
    ...{ accountId, email: `${mark("member_invitations.email")}@people.example`, role: "viewer" },
    ...{ inbox: mark("member_invitations.inbox"), locale: "zh-CN", invitedBy: by },
    ...{ invitedAt: AT, sentAt: AT, expiresAt: beijing("2027-01-01") },
  });
  await db.insert(tables.policyAcknowledgements).values({
    ...{ receiptNumber: `A-2026-${randomUUID()}`, versionId, accountId, userId: by },
    ...{ memberRole: "owner", accountName: "公司", answer: "disagreed", contentHash: "0" },
    ...{ statement: "不同意", locale: "zh-CN", answeredAt: AT },
    personName: mark("policy_acknowledgements.person_name"),
    reason: mark("policy_acknowledgements.reason"),
    userAgent: mark("policy_acknowledgements.user_agent"),
    network: mark("policy_acknowledgements.network"),
    visitSalt: mark("policy_acknowledgements.visit_salt"),
  });
  const ask = { versionId, accountId };
  await db.insert(tables.askTasks).values({
    ...{ ...ask, kind: "disagreed", openedAt: AT, note: mark("ask_tasks.note") },
  });
  await db.insert(tables.askWaivers).values({
    ...{ ...ask, reason: mark("ask_waivers.reason"), waivedBy: by, waivedAt: AT },
  });
  const words = (action: string, place: string) => ({
    ...{ at: AT, actorKind: "person" as const, actorId: randomUUID(), action },
    ...{ subjectType: "account", subjectId: accountId, after: { reason: mark(place) } },
  });
  await db.insert(tables.auditEntries).values([words("ask.waived", "audit_entries.waived")]);
  await db.insert(tables.appStops).values({
    ...{ appId: app!.id, place: "web", stoppedOn: "2026-09-01", statedBy: by, statedAt: AT },
    appVersion: mark("app_stops.app_version"),
  });
  await db.insert(tables.kitTakes).values({
    ...{ ...said, locale: "zh-CN", text: mark("kit_takes.text"), takenBy: by, takenAt: AT },
  });
  await db.insert(tables.ownPolicyUpdates).values({
    ...{ ...said, url: `https://${mark("own_policy_updates.url")}.example/` },
    ...{ statedBy: by, statedAt: AT },
  });
  const [endpoint] = await db
    .insert(tables.endpoints)
    .values({
      ...{ accountId, channel: "webhook", name: mark("endpoints.name"), addressHash: randomUUID() },
      address: seal(`https://${mark("endpoints.address")}.example/`, "endpoint.address"),
      secret: seal(mark("endpoints.secret"), "endpoint.secret"),
      ...{ host: mark("endpoints.host"), topics: ["policies"], locale: "zh-CN" },
      ...{ addedBy: by, addedAt: AT },
    })
    .returning();
  const [dispatch] = await db
    .insert(tables.dispatches)
    .values({
      ...{ endpointId: endpoint!.id, status: "failed", nextAttemptAt: AT, createdAt: AT },
      ...{ body: mark("dispatches.body"), reason: mark("dispatches.reason") },
    })
    .returning();
  await db.insert(tables.dispatchAttempts).values({
    ...{ dispatchId: dispatch!.id, number: 1, startedAt: AT, outcome: "failed" },
    detail: mark("dispatch_attempts.detail"),
  });
}
