import { and, eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { audienceParts, broadcasts, broadcastWaves, deliveries, staffRoles } from "@/db/schema";
import type { WavePlan } from "@/db/schema/waves";
import {
  freezeAll,
  givenMembers,
  prepareAll,
  sendNextBatch,
  watchWaves,
} from "@/tests/support/broadcasts";
import { acting, beijing } from "@/tests/support/context";
import {
  givenAnnouncement,
  givenIncident,
  givenNotice,
  givenNoticeDesk,
  published,
} from "@/tests/support/notices";
import { recordOf } from "@/tests/support/record";

import { cancelRemainder } from "../broadcasts/cancel-remainder";
import { findBroadcast } from "../broadcasts/find";
import { finishBroadcasts } from "../broadcasts/finish";
import { holdRest } from "../broadcasts/hold";
import { pauseBroadcast } from "../broadcasts/pause";
import { reconcile } from "../broadcasts/reconcile";
import { recordProviderEvents } from "../broadcasts/record-provider-events";
import { resumeBroadcast } from "../broadcasts/resume";
import { waveState } from "../broadcasts/wave-rules";
import { asJob } from "../context";
import { approveProposal } from "./decide-proposal";
import { draftNotice } from "./draft-notice";
import { findIncident } from "./find-incident";
import { proposeOfIncident } from "./propose";
import { readCourse } from "./read-course";

const [OUT, BEFORE, DUE] = ["2026-11-20 09:50", "2026-11-20 10:19", "2026-11-20 10:20"];
const [PEOPLE, FIRST] = [40, 10];
const PLAN: WavePlan = {
  ...{ by: "share", first: 25, waitMinutes: 30 },
  ...{ bounced: 10, refused: 10, complained: 0.3 },
};

/** An incident's first notice to forty people, of whom ten are told first; their mails have left. */
async function givenFirstWave(waves: WavePlan = PLAN) {
  const desk = await givenNoticeDesk();
  await givenMembers(desk.productId, PEOPLE, `wave-${crypto.randomUUID()}`);
  const incident = await givenIncident(desk);
  const draft = await givenNotice(desk, { incidentId: incident.id, waves });
  const notice = await published(desk, draft, { at: OUT, typedPeople: PEOPLE });
  const broadcastId = notice.broadcastId ?? "";
  const mails = await send(OUT);
  await watch(OUT);
  return { desk, incident, notice, broadcastId, mails };
}

type Given = Awaited<ReturnType<typeof givenFirstWave>>;

const watch = (at: string) => watchWaves(beijing(at));

async function send(at: string): Promise<string[]> {
  await prepareAll(beijing(at));
  await freezeAll(beijing(at));
  const ids: string[] = [];
  for (;;) {
    const more = await sendNextBatch(beijing(at));
    if (more.length === 0) return ids;
    ids.push(...more);
  }
}

const report = (mails: readonly string[], type: string) =>
  recordProviderEvents(asJob("resend-webhook", beijing(OUT)), {
    events: mails.map((providerId) => ({
      ...{ id: crypto.randomUUID(), type, providerId },
      ...{ occurredAt: beijing(OUT), detail: null },
    })),
  });

const wavesOf = async ({ broadcastId }: Pick<Given, "broadcastId">) =>
  (await db.select().from(broadcastWaves).where(eq(broadcastWaves.broadcastId, broadcastId)))[0];

/** How many people have been told in which way; nobody has a row twice. */
const told = async ({ broadcastId }: Given, channel: "inbox" | "email") =>
  db.$count(
    deliveries,
    and(
      ...[eq(deliveries.broadcastId, broadcastId), eq(deliveries.channel, channel)],
      sql`${deliveries.status} <> 'cancelled'`,
    ),
  );

const clockOf = async ({ desk, incident }: Given) =>
  (await findIncident(acting(desk.author, DUE), { number: incident.number })).clock;

const agree = async ({ desk, broadcastId }: Given) =>
  (await reconcile(acting(desk.approver, DUE), { id: broadcastId })).checks.filter(
    ({ expected, found }) => expected !== found,
  );

test("P17, P41: the first wave alone is told; when its time is over the rest of the same people follow, each once", async () => {
  const it = await givenFirstWave();
  expect(it.mails).toHaveLength(FIRST);
  expect(await told(it, "inbox")).toBe(FIRST);
  expect(await wavesOf(it)).toMatchObject({ first: FIRST, rest: PEOPLE - FIRST, releasedAt: null });
  expect(await clockOf(it)).toMatchObject({ toldAt: null });
  expect(await agree(it)).toEqual([]);

  await report(it.mails.slice(1), "email.delivered");
  await watch(BEFORE);
  await finishBroadcasts(asJob("deliver-mails", beijing(BEFORE)), {});
  expect(await wavesOf(it)).toMatchObject({ releasedAt: null, stoppedAt: null });
  expect(await told(it, "inbox")).toBe(FIRST);

  // Any number of workers may look at once.
  await Promise.all([watch(DUE), watch(DUE), watch(DUE)]);
  expect(await send(DUE)).toHaveLength(PEOPLE - FIRST);
  expect(await wavesOf(it)).toMatchObject({
    ...{ releasedAt: beijing(DUE), releasedBy: null },
    figures: { mails: FIRST, heard: FIRST - 1, bounced: 0, refused: 0, complained: 0 },
  });
  expect([await told(it, "inbox"), await told(it, "email")]).toEqual([PEOPLE, PEOPLE]);
  expect(await clockOf(it)).toMatchObject({ toldAt: beijing(DUE) });
  expect(await agree(it)).toEqual([]);
  expect(await recordOf(it.broadcastId)).toEqual(["broadcast.started", "broadcast.wave_followed"]);
});

const STOPS = [
  ["bounced", "email.bounced"],
  ["bounced", "email.bounced.temporary"],
  ["refused", "email.failed"],
  ["complained", "email.complained"],
  ["silent", "email.sent"],
] as const;

test.each(STOPS)(
  "P41: too much of %s (%s) stops it by itself, told to who wrote and who approved it; a person lets the rest go",
  async (cause, type) => {
    const it = await givenFirstWave();
    const { desk, broadcastId, mails } = it;
    await report(mails.slice(0, 2), type);
    await watch(cause === "silent" ? DUE : BEFORE);
    expect(await wavesOf(it)).toMatchObject({ stoppedFor: cause, releasedAt: null });
    const calls = await db
      .select({ userId: deliveries.userId, facts: broadcasts.facts })
      .from(broadcasts)
      .innerJoin(deliveries, eq(deliveries.broadcastId, broadcasts.id))
      .where(
        and(
          ...[eq(broadcasts.kind, "wave_stopped"), eq(broadcasts.subjectId, broadcastId)],
          eq(deliveries.channel, "email"),
        ),
      );
    expect(calls.map(({ userId }) => userId).toSorted()).toEqual(
      [desk.author.id, desk.approver.id].toSorted(),
    );
    expect(calls[0]?.facts).toMatchObject({ cause, rest: PEOPLE - FIRST, mails: FIRST });
    await watch("2026-11-21 10:00");
    expect(await told(it, "inbox")).toBe(FIRST);
    expect(await findBroadcast(acting(desk.author, DUE), { id: broadcastId })).toMatchObject({
      ...{ status: "paused", held: PEOPLE - FIRST, peopleAhead: 0 },
    });

    const goOn = (reason?: string) =>
      resumeBroadcast(acting(desk.author, DUE), { broadcastId, ...(reason && { reason }) });
    for (const none of [undefined, "  "])
      await expect(goOn(none)).rejects.toMatchObject({
        fields: { reason: ["broadcasts.errors.followReasonMissing"] },
      });
    await goOn("退回的是同一家停用的邮箱。");
    await send(DUE);
    expect(await told(it, "inbox")).toBe(PEOPLE);
    expect(await wavesOf(it)).toMatchObject({ releasedBy: desk.author.id, stoppedFor: cause });
    expect(await findBroadcast(acting(desk.author, DUE), { id: broadcastId })).toMatchObject({
      waves: { releaseReason: "退回的是同一家停用的邮箱。", releaserName: desk.author.name },
    });
    expect(await recordOf(broadcastId)).toEqual([
      ...["broadcast.started", "broadcast.paused", "broadcast.wave_stopped"],
      ...["broadcast.resumed", "broadcast.wave_followed"],
    ]);
  },
);

test("P41: within its limits nothing stops it: what is as much as a limit has not passed it", async () => {
  const it = await givenFirstWave();
  await report(it.mails.slice(0, 1), "email.bounced");
  await report(it.mails.slice(1, 6), "email.delivered");
  await watch(DUE);
  expect(await wavesOf(it)).toMatchObject({ stoppedAt: null, releasedAt: beijing(DUE) });
});

test("P41: stopped for good, the rest is told nothing, which stands beside each of them; a false alarm is told to the first alone", async () => {
  const it = await givenFirstWave();
  const { desk, broadcastId, incident } = it;
  const by = acting(desk.author, BEFORE);
  await pauseBroadcast(by, { broadcastId });
  await watch(DUE);
  expect(await wavesOf(it)).toMatchObject({ releasedAt: null });
  const held = await findBroadcast(by, { id: broadcastId });
  expect(waveState(held.waves!, held)).toBe("paused");
  const cancel = { broadcastId, typedMails: PEOPLE - FIRST, reason: "正文有误" };
  await expect(cancelRemainder(by, { ...cancel, typedMails: FIRST })).rejects.toMatchObject({
    values: { count: PEOPLE - FIRST },
  });
  expect(await cancelRemainder(by, cancel)).toBe(PEOPLE - FIRST);
  await send(DUE);

  expect([await told(it, "inbox"), await told(it, "email")]).toEqual([FIRST, FIRST]);
  const isHeld = and(eq(deliveries.broadcastId, broadcastId), eq(deliveries.reason, "held"));
  expect(await db.$count(deliveries, isHeld)).toBe(PEOPLE - FIRST);
  expect(await agree(it)).toEqual([]);
  expect(await clockOf(it)).toMatchObject({ toldAt: null });
  await report(it.mails, "email.delivered");
  await finishBroadcasts(asJob("deliver-mails", beijing(DUE)), {});
  const { status, unreachedAccounts } = await findBroadcast(by, { id: broadcastId });
  expect({ status, unreachedAccounts }).toEqual({ status: "finished", unreachedAccounts: 0 });

  const withdrawal = await takenBack(desk, incident.id);
  expect(withdrawal).toBe(FIRST);
});

test("P41: a false alarm while the rest is held back stops it, and is told to the first alone", async () => {
  const it = await givenFirstWave();
  expect(await takenBack(it.desk, it.incident.id)).toBe(FIRST);
  await send(DUE);
  expect(await told(it, "inbox")).toBe(FIRST);
  await watch(DUE);
  expect(await wavesOf(it)).toMatchObject({ releasedAt: null });
});

/** Two people agree that it was a false alarm. @returns how many people are told so */
async function takenBack(desk: Given["desk"], incidentId: string): Promise<number> {
  const author = acting(desk.author, DUE);
  await proposeOfIncident(author, { incidentId, what: "false_alarm", reason: "测试数据。" });
  const { proposals } = await readCourse(author, { incidentId });
  await approveProposal(acting(desk.approver, DUE), {
    ...{ incidentId, proposalId: proposals[0]!.id, typedPeople: FIRST },
  });
  const [withdrawal] = await db
    .select({ people: broadcasts.people })
    .from(broadcasts)
    .where(and(eq(broadcasts.kind, "withdrawal"), eq(broadcasts.subjectId, incidentId)));
  return withdrawal!.people;
}

test("what is killed while it decides has decided nothing, and the next one decides", async () => {
  const it = await givenFirstWave();
  await report(it.mails, "email.delivered");
  const killed = db.transaction(async (tx) => {
    await watchWaves(beijing(DUE), { ...asJob("deliver-mails", beijing(DUE)), tx });
    throw new Error("killed");
  });
  await expect(killed).rejects.toThrow("killed");
  expect(await wavesOf(it)).toMatchObject({ releasedAt: null });
  await watch(DUE);
  await watch(DUE);
  expect(await send(DUE)).toHaveLength(PEOPLE - FIRST);
});

test("a first wave to stopped addresses alone is silence: nothing was measured", async () => {
  const it = await givenFirstWave();
  await db
    .update(deliveries)
    .set({ status: "suppressed" as const, providerId: null })
    .where(and(eq(deliveries.broadcastId, it.broadcastId), eq(deliveries.channel, "email")));
  await watch(DUE);
  expect(await wavesOf(it)).toMatchObject({ stoppedFor: "silent", figures: { mails: 0 } });
});

test("a first wave of everybody is none", async () => {
  const it = await givenFirstWave({ ...PLAN, by: "people", first: PEOPLE });
  expect(await wavesOf(it)).toBeUndefined();
  expect(await told(it, "inbox")).toBe(PEOPLE);
});

test("waves belong to what is approved, and not to the next notice", async () => {
  const { desk, incident, notice } = await givenFirstWave();
  const next = await draftNotice(acting(desk.author, DUE), {
    ...{ incidentId: incident.id, type: "update", correctsId: null },
  });
  const plain = await givenFirstWave({ ...PLAN, first: 26 });
  expect(plain.notice.contentHash).not.toBe(notice.contentHash);
  const rows = await db.execute<{ waves: unknown }>(
    sql`select waves from notices where id = ${next.id}`,
  );
  expect(rows.rows).toEqual([{ waves: null }]);
});

test("an announcement whose first wave all read digests has measured nothing, and is not silent: the rest follows", async () => {
  const desk = await givenNoticeDesk();
  await givenMembers(desk.productId, PEOPLE, `daily-${crypto.randomUUID()}`);
  await db.execute(sql`
    update users set announcements_daily = true where id in (
      select m.user_id from members m join apps p on p.account_id = m.account_id
      where p.product_id = ${desk.productId})`);
  const draft = await givenAnnouncement(desk, { waves: PLAN });
  const { broadcastId } = await published(desk, draft, { at: OUT, typedPeople: PEOPLE });
  const it = { broadcastId: broadcastId ?? "" };
  expect(await send(OUT)).toEqual([]);
  await watch(OUT);
  await watch(DUE);
  expect(await wavesOf(it)).toMatchObject({
    ...{ stoppedAt: null, releasedAt: beijing(DUE) },
    figures: { mails: 0, heard: 0 },
  });
});

test("the mail that a wave stopped calls nobody who has left the staff", async () => {
  const it = await givenFirstWave();
  await db.delete(staffRoles).where(eq(staffRoles.userId, it.desk.author.id));
  await report(it.mails.slice(0, 2), "email.bounced");
  await watch(BEFORE);
  const called = await db
    .select({ userId: deliveries.userId })
    .from(deliveries)
    .innerJoin(broadcasts, eq(broadcasts.id, deliveries.broadcastId))
    .where(and(eq(broadcasts.kind, "wave_stopped"), eq(broadcasts.subjectId, it.broadcastId)));
  expect(new Set(called.map(({ userId }) => userId))).toEqual(new Set([it.desk.approver.id]));
});

test("the cut is exact, also within a part of the audience, and leaves nobody out; who comes first is the same for one broadcast, and others for another", async () => {
  const { broadcastId } = await givenFirstWave({ ...PLAN, by: "people", first: PEOPLE });
  const other = await givenFirstWave({ ...PLAN, by: "people", first: PEOPLE });
  const people = Array.from({ length: 24 }, () => crypto.randomUUID());
  const pairs = people.flatMap((user) => [user, user]);
  const accounts = pairs.map(() => crypto.randomUUID());
  const cut = async (of: string, first: number) =>
    db.transaction(async (tx) => {
      for (const part of [7, 9])
        await tx.insert(audienceParts).values({
          ...{ broadcastId: of, part, people: 12, mailed: null },
          userIds: part === 7 ? pairs.slice(0, 24) : pairs.slice(24),
          accountIds: part === 7 ? accounts.slice(0, 24) : accounts.slice(24),
        });
      expect(await holdRest(tx, { broadcastId: of, first })).toBe(24 - first);
      const parts = await tx.select().from(audienceParts).where(eq(audienceParts.broadcastId, of));
      await tx.delete(audienceParts).where(eq(audienceParts.broadcastId, of));
      const told = (isHeld: boolean) =>
        parts.filter(({ part }) => part >= 4096 === isHeld).flatMap(({ userIds }) => userIds);
      expect([...told(false), ...told(true)].toSorted()).toEqual(pairs.toSorted());
      expect(parts.flatMap(({ accountIds }) => accountIds).toSorted()).toEqual(accounts.toSorted());
      return [...new Set(told(false))].toSorted();
    });
  for (const first of [1, 11, 12, 13, 23]) {
    const sooner = await cut(broadcastId, first);
    expect(sooner).toHaveLength(first);
    expect(await cut(broadcastId, first)).toEqual(sooner);
  }
  // Of 24 people the same seven twice would be a chance of one in 346,104.
  expect(await cut(other.broadcastId, 7)).not.toEqual(await cut(broadcastId, 7));
});

test("the database keeps who has which wave, and that the rest is let go once", async () => {
  const it = await givenFirstWave();
  const change = (set: Partial<typeof broadcastWaves.$inferInsert>) =>
    db.update(broadcastWaves).set(set).where(eq(broadcastWaves.broadcastId, it.broadcastId));
  const refused = { cause: { code: "23001" } };
  await expect(change({ first: 11 })).rejects.toMatchObject(refused);
  await expect(change({ plan: { ...PLAN, bounced: 90 } })).rejects.toMatchObject(refused);
  await watch(DUE);
  await expect(change({ stoppedAt: null, stoppedFor: null, figures: null })).rejects.toMatchObject(
    refused,
  );
});
