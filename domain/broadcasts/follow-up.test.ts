import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";

import { db } from "@/db/client";
import { deliveries, providerEvents, suppressions, unreachedAccounts, users } from "@/db/schema";
import {
  databaseClock,
  FACTS,
  freezeAll,
  givenMembers,
  mailsOf,
  providerReports,
  sendNextBatch,
  statusOf,
  tellProduct,
} from "@/tests/support/broadcasts";
import {
  givenAffected,
  givenContact,
  givenIncident,
  givenNotice,
  givenNoticeDesk,
  type NoticeDesk,
  published,
} from "@/tests/support/notices";
import { givenAccount, givenMember, givenProduct, givenStaff } from "@/tests/support/people";
import { recordOf } from "@/tests/support/record";
import { resetDatabase } from "@/tests/support/reset-database";

import { asJob, type Context } from "../context";
import { claimBatches } from "./claim-batch";
import { finishBroadcasts } from "./finish";
import { settleBatches } from "./settle-batch";

const now = new Date("2026-11-20T02:00:00Z");
/** Mails leave by the clock of the database, which several workers share. */
const later = async (hours: number) =>
  new Date((await databaseClock()).getTime() + hours * 3_600_000);
const follow = (at = now) => finishBroadcasts(asJob("deliver-mails", at), {});
let approver: Context;
let productId: string;

beforeEach(async () => {
  await resetDatabase();
  approver = { actor: await givenStaff("approver"), now };
  productId = (await givenProduct()).id;
});

/** Sends what waits; each mail is taken by the provider. */
async function send(): Promise<void> {
  await freezeAll(now);
  while ((await sendNextBatch(now)).length > 0);
}

const delivered = (address: string) => providerReports(address, "email.delivered", now);
const bounced = (address: string) => providerReports(address, "email.bounced", now);

const mailTo = async (userId: string) => {
  const rows = await db.select().from(deliveries).where(eq(deliveries.userId, userId));
  return rows.find(({ channel }) => channel === "email");
};

const tasks = () => db.select().from(unreachedAccounts);

test("a broadcast ends only when each of its mails is final", async () => {
  await givenMembers(productId, 3, "end");
  const { id } = await tellProduct(approver, productId);
  await follow();
  expect((await statusOf(id)).status).toBe("sending");
  await send();
  await delivered("end1@crowd.example");
  await delivered("end2@crowd.example");
  expect((await follow()).ended).toEqual([]);
  await delivered("end3@crowd.example");
  expect((await follow()).ended).toEqual([id]);
  expect(await statusOf(id)).toMatchObject({ status: "finished", finishedAt: now });
  expect(await recordOf(id)).toEqual(["broadcast.started", "broadcast.finished"]);
});

test("a mail without news for 72 hours is final as unconfirmed, and a later report still counts", async () => {
  await givenMembers(productId, 2, "quiet");
  const { id } = await tellProduct(approver, productId);
  await send();
  await follow(await later(71));
  expect(await mailsOf(id)).toEqual({ sent: 2 });
  await follow(await later(73));
  expect(await mailsOf(id)).toEqual({ unconfirmed: 2 });
  expect((await statusOf(id)).status).toBe("finished");
  expect(await tasks()).toEqual([]);

  await delivered("quiet1@crowd.example");
  expect(await mailsOf(id)).toEqual({ unconfirmed: 1, delivered: 1 });
  await providerReports("quiet2@crowd.example", "email.sent", now);
  expect(await mailsOf(id)).toEqual({ unconfirmed: 1, delivered: 1 });
});

test("an event that was stored while its mail was being settled is caught up with", async () => {
  await givenMembers(productId, 1, "race");
  const { id } = await tellProduct(approver, productId);
  await send();
  const [mail] = await db.select().from(deliveries).where(eq(deliveries.channel, "email"));
  await db.insert(providerEvents).values({
    id: "blind",
    type: "email.delivered",
    providerId: mail!.providerId,
    occurredAt: now,
    receivedAt: now,
  });
  expect((await follow()).ended).toEqual([id]);
  expect(await mailsOf(id)).toEqual({ delivered: 1 });
});

test("P18: a major change whose only mail bounces makes the account a task, recorded, and the broadcast ends with it", async () => {
  await givenMembers(productId, 2, "lone");
  const { id } = await tellProduct(approver, productId);
  await send();
  await delivered("lone1@crowd.example");
  await bounced("lone2@crowd.example");
  expect(await follow()).toEqual({ ended: [id], queued: 0 });
  const [task, ...others] = await tasks();
  expect(others).toEqual([]);
  expect(task).toMatchObject({ broadcastId: id, foundAt: now, settledAt: null });
  expect(await recordOf(task!.accountId)).toEqual(["unreached.found"]);
});

test("what is not mandatory has no fallback and makes no task", async () => {
  await givenMembers(productId, 1, "minor");
  const { id } = await tellProduct(approver, productId, { ...FACTS, isMajor: false });
  await send();
  await bounced("minor1@crowd.example");
  expect(await follow()).toEqual({ ended: [id], queued: 0 });
  expect(await tasks()).toEqual([]);
});

test("P41: a bounced major change goes to the account's next contact in the order written down, each only once", async () => {
  const account = await givenAccount({ productId });
  const owner = await givenMember(account.id, "owner");
  const { id } = await tellProduct(approver, productId);
  // They were not among the people told when it started.
  const technical = await givenContact(account.id, "technical");
  const legal = await givenMember(account.id, "legal");
  const second = await givenMember(account.id, "owner");
  const security = await givenContact(account.id, "security");
  const unproven = await givenContact(account.id, "security", false);

  const order = [owner, security, second, legal, technical];
  for (const [index, person] of order.entries()) {
    await send();
    expect((await mailsOf(id)).sent).toBe(1);
    await providerReports(person.email, "email.bounced", new Date(now.getTime() + index));
    const { queued, ended } = await follow();
    const isLast = index === order.length - 1;
    expect(queued).toBe(isLast ? 0 : 1);
    expect(ended).toEqual(isLast ? [id] : []);
    // A second look finds nothing new to tell.
    if (!isLast) expect((await follow()).queued).toBe(0);
  }
  expect(await mailTo(unproven.id)).toBeUndefined();
  expect(await mailsOf(id)).toEqual({ bounced: 5 });
  const chain = await Promise.all(order.map(({ id: userId }) => mailTo(userId)));
  for (const [index, mail] of chain.entries())
    expect(mail?.fallbackOf).toBe(index === 0 ? null : chain[index - 1]!.id);
  expect(await tasks()).toMatchObject([{ accountId: account.id, settledAt: null }]);
});

test("the next contact gets the in-site message too, for the account and in their language; whoever arrives ends the search", async () => {
  const account = await givenAccount({ productId });
  const owner = await givenMember(account.id, "owner");
  const { id } = await tellProduct(approver, productId);
  const legal = await givenMember(account.id, "legal", { locale: "en" });
  await send();
  await bounced(owner.email);
  await follow();
  const rows = await db.select().from(deliveries).where(eq(deliveries.userId, legal.id));
  expect(rows).toHaveLength(2);
  for (const row of rows) expect(row).toMatchObject({ accountIds: [account.id], locale: "en" });
  await send();
  await delivered(legal.email);
  expect((await follow()).ended).toEqual([id]);
  expect(await tasks()).toEqual([]);
});

test("nobody more is told while somebody else of the account got it, may still get it, or has read it on the site", async () => {
  const account = await givenAccount({ productId });
  const owner = await givenMember(account.id, "owner");
  const legal = await givenMember(account.id, "legal");
  const { id } = await tellProduct(approver, productId);
  await givenContact(account.id, "security");
  await send();
  await bounced(owner.email);
  expect((await follow()).queued).toBe(0);
  await bounced(legal.email);
  await db.update(deliveries).set({ readAt: now }).where(eq(deliveries.channel, "inbox"));
  expect(await follow()).toEqual({ ended: [id], queued: 0 });
  expect(await tasks()).toEqual([]);
});

test("a suppressed next contact is written down as tried, and the one after it is told at once", async () => {
  const account = await givenAccount({ productId });
  const owner = await givenMember(account.id, "owner");
  const { id } = await tellProduct(approver, productId);
  const security = await givenContact(account.id, "security");
  const legal = await givenMember(account.id, "legal");
  await db.insert(suppressions).values({ address: security.email, reason: "bounced", since: now });
  await send();
  await bounced(owner.email);
  expect((await follow()).queued).toBe(1);
  expect(await mailTo(security.id)).toMatchObject({ status: "suppressed", reason: "bounced" });
  expect(await mailTo(legal.id)).toMatchObject({ status: "queued" });
  expect(await mailsOf(id)).toEqual({ bounced: 1, suppressed: 1, queued: 1 });
});

test("a person of two accounts who bounces is followed up for both; one next contact of both gets one mail", async () => {
  const [one, two] = [await givenAccount({ productId }), await givenAccount({ productId })];
  const owner = await givenMember(one.id, "owner");
  await givenMember(two.id, "owner", { also: owner });
  const { id } = await tellProduct(approver, productId);
  const legal = await givenMember(one.id, "legal");
  await givenMember(two.id, "legal", { also: legal });
  await send();
  await bounced(owner.email);
  expect((await follow()).queued).toBe(1);
  const mail = await mailTo(legal.id);
  expect(new Set(mail!.accountIds)).toEqual(new Set([one.id, two.id]));
  expect((await mailsOf(id)).queued).toBe(1);
});

test("a mail refused for its address falls back; a batch refused as a whole waits for a retry, and the account is a task until then", async () => {
  const account = await givenAccount({ productId });
  const owner = await givenMember(account.id, "owner");
  const { id } = await tellProduct(approver, productId);
  const legal = await givenMember(account.id, "legal");
  const worker = asJob("deliver-mails", now);
  type Settling = Parameters<typeof settleBatches>[1]["settlings"][number];
  const settle = async (outcome: Settling["outcome"]) => {
    await freezeAll(now);
    const [batch] = await claimBatches(worker, {});
    await settleBatches(worker, { settlings: [{ batchId: batch!.id, attempt: 1, outcome }] });
  };
  const errors = [{ index: 0, message: "Invalid `to` field" }];
  await settle({ kind: "accepted", ids: [null], errors });
  expect((await follow()).queued).toBe(1);
  await settle({ kind: "refused", reason: "The domain is not verified" });
  expect(await follow()).toEqual({ ended: [id], queued: 0 });
  expect(await tasks()).toMatchObject([{ accountId: account.id, settledAt: null }]);

  const { retryFailed } = await import("./retry-failed");
  expect(await retryFailed({ actor: await givenStaff("author"), now }, { broadcastId: id })).toBe(
    1,
  );
  await send();
  await delivered(legal.email);
  await follow();
  expect(await tasks()).toMatchObject([{ settledAt: now, settledBy: null, note: null }]);
  expect(await mailTo(owner.id)).toMatchObject({ status: "failed" });
});

test("a bounce that comes after the end still finds the next contact", async () => {
  const account = await givenAccount({ productId });
  const owner = await givenMember(account.id, "owner");
  const { id } = await tellProduct(approver, productId);
  await send();
  await follow(await later(73));
  expect((await statusOf(id)).status).toBe("finished");
  const legal = await givenMember(account.id, "legal");
  await bounced(owner.email);
  expect((await statusOf(id)).status).toBe("sending");
  expect((await follow()).queued).toBe(1);
  expect(await mailTo(legal.id)).toMatchObject({ status: "queued" });
});

test("50 workers that follow up at once tell the next contact once", async () => {
  const account = await givenAccount({ productId });
  const owner = await givenMember(account.id, "owner");
  const { id } = await tellProduct(approver, productId);
  for (let more = 0; more < 3; more += 1) await givenMember(account.id, "legal");
  await send();
  await bounced(owner.email);
  const all = await Promise.all(Array.from({ length: 50 }, () => follow()));
  expect(all.reduce((sum, { queued }) => sum + queued, 0)).toBe(1);
  expect(await mailsOf(id)).toEqual({ bounced: 1, queued: 1 });
});

test("an account that integrates and has nobody to tell is a task from the start", async () => {
  const account = await givenAccount({ productId });
  const { id } = await tellProduct(approver, productId);
  expect(await tasks()).toMatchObject([{ broadcastId: id, accountId: account.id }]);
});

test("what was cancelled falls back to nobody and makes no task", async () => {
  await givenMembers(productId, 1, "stop");
  const { id } = await tellProduct(approver, productId);
  const author = { actor: await givenStaff("author"), now };
  const { pauseBroadcast } = await import("./pause");
  const { cancelRemainder } = await import("./cancel-remainder");
  await pauseBroadcast(author, { broadcastId: id });
  await cancelRemainder(author, { broadcastId: id, typedMails: 1, reason: "发错了" });
  expect(await follow()).toEqual({ ended: [id], queued: 0 });
  expect(await tasks()).toEqual([]);
});

/** A restricted incident that concerns one account with an owner, a legal member and a security contact. */
async function givenRestricted() {
  const desk: NoticeDesk = await givenNoticeDesk();
  const { account, owner } = await givenAffected(desk.productId, {
    platforms: { android: "8.0.0" },
  });
  const legal = await givenMember(account.id, "legal");
  const security = await givenContact(account.id, "security");
  const incident = await givenIncident(desk, { visibility: "restricted" });
  const notice = await givenNotice(desk, { incidentId: incident.id });
  const { broadcastId } = await published(desk, notice, { typedPeople: 1 });
  return { account, owner, legal, security, broadcastId: broadcastId! };
}

test("P18: a restricted incident falls back from the security contact to the owner, with the affected apps, and to nobody else", async () => {
  const { account, owner, legal, security, broadcastId } = await givenRestricted();
  await send();
  expect(await mailTo(owner.id)).toBeUndefined();
  await bounced(security.email);
  expect((await follow()).queued).toBe(1);
  const [first, next] = [await mailTo(security.id), await mailTo(owner.id)];
  expect(next).toMatchObject({ fallbackOf: first!.id, appIds: first!.appIds });
  await send();
  await bounced(owner.email);
  expect(await follow()).toEqual({ ended: [broadcastId], queued: 0 });
  expect(await mailTo(legal.id)).toBeUndefined();
  expect(await tasks()).toMatchObject([{ accountId: account.id, broadcastId }]);
});

test("P18: a fallback reads the address of today, not of another person", async () => {
  const { owner, security } = await givenRestricted();
  await send();
  await bounced(security.email);
  await db.update(users).set({ email: "new@people.example" }).where(eq(users.id, owner.id));
  await follow();
  expect(await mailTo(owner.id)).toMatchObject({ address: "new@people.example" });
});
