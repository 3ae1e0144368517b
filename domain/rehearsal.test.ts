import { and, eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";

import { db } from "@/db/client";
import {
  accounts,
  broadcasts,
  calls,
  deliveries,
  incidentDuties,
  incidents,
  members,
  rehearsalReports,
  unreachedAccounts,
} from "@/db/schema";
import { acting, beijing } from "@/tests/support/context";
import {
  audienceForm,
  editForm,
  givenAffected,
  givenIncident,
  givenNotice,
  givenNoticeDesk,
  noticeNow,
  published,
} from "@/tests/support/notices";
import { givenAccount, givenMember, givenStaff } from "@/tests/support/people";
import { recordOf } from "@/tests/support/record";
import { resetDatabase } from "@/tests/support/reset-database";

import { FACTS } from "./broadcasts/facts";
import { setRehearsals } from "./accounts/set-rehearsals";
import { escalateUnopened } from "./broadcasts/escalate-unopened";
import { readRehearsalClock } from "./broadcasts/rehearsal-due";
import { ANONYMOUS, asJob } from "./context";
import { listOpenAdvice } from "./incidents/open-advice";
import { listDownstream } from "./incidents/downstream";
import { draftNotice } from "./incidents/draft-notice";
import { editIncident } from "./incidents/edit-incident";
import { endRehearsal } from "./incidents/end-rehearsal";
import { findIncident } from "./incidents/find-incident";
import { findPublishedIncident } from "./incidents/find-published";
import { listIncidents } from "./incidents/list-incidents";
import { listPublishedIncidents } from "./incidents/list-published";
import { listRehearsable } from "./incidents/list-rehearsable";
import { proposeOfIncident } from "./incidents/propose";
import { listAdvisories } from "./incidents/read-advisory";
import { exportRehearsed, listRehearsed, readRehearsal } from "./incidents/rehearsal-report";
import { saveAudience, useAudience } from "./incidents/save-audience";
import { readSelection } from "./incidents/selection";
import { setAudience } from "./incidents/set-audience";
import { raiseAlarms } from "./security/raise-alarms";

const [OPENED, LATER] = ["2026-11-20 09:20", "2026-11-20 12:00"];
beforeEach(resetDatabase);

/** Ten accounts that use the product, and a rehearsal opened for it. */
async function givenRehearsal() {
  const desk = await givenNoticeDesk();
  const affected = [];
  for (let one = 0; one < 10; one += 1) affected.push(await givenAffected(desk.productId, {}));
  const incident = await givenIncident(desk, {
    ...{ isRehearsal: true, visibility: "public", severity: "very_major" },
  });
  return { desk, affected, first: affected[0]!, incident };
}

async function givenTold() {
  const given = await givenRehearsal();
  const { desk, first, incident } = given;
  const draft = await givenNotice(desk, {
    ...{ incidentId: incident.id, audience: { accountIds: [first.account.id] } },
  });
  const { broadcastId } = await published(desk, draft);
  const [broadcast] = await db.select().from(broadcasts).where(eq(broadcasts.id, broadcastId!));
  return { ...given, broadcast: broadcast!, noticeId: draft.id };
}

const incidentNow = async (id: string) =>
  (await db.select().from(incidents).where(eq(incidents.id, id)))[0]!;

describe("a rehearsal is opened", () => {
  test("with a number of its own, for its audience alone, and begins no duty and no clock", async () => {
    const { desk, incident } = await givenRehearsal();
    expect(incident.number).toMatch(/^E-2026-\d{6}$/);
    expect(await incidentNow(incident.id)).toMatchObject({
      ...{ isRehearsal: true, visibility: "affected", operator: "other", concernsEea: false },
    });
    expect(await db.$count(incidentDuties)).toBe(0);
    const ctx = acting(desk.author, "2026-11-22 09:00");
    expect((await findIncident(ctx, incident)).clock.state).toBe("not_due");
    expect((await listIncidents(ctx, {})).rows).toEqual([]);
    const { rows, counts } = await listIncidents(ctx, { shelf: "rehearsal" });
    expect(rows.map(({ number }) => number)).toEqual([incident.number]);
    expect(counts).toMatchObject({ open: 0, investigating: 0, rehearsal: 1 });
  });

  test("and stays one: no edit, no move and no statement makes a real incident of it, or one of a real incident", async () => {
    const { desk, incident } = await givenRehearsal();
    const real = await givenIncident(desk);
    for (const [id, isRehearsal] of [
      [incident.id, false],
      [real.id, true],
    ] as const)
      await expect(
        db.update(incidents).set({ isRehearsal }).where(eq(incidents.id, id)),
      ).rejects.toMatchObject({ cause: { code: "23514" } });
    await editIncident(acting(desk.author, LATER), {
      ...editForm(desk, incident, { visibility: "public", severity: "very_major" }),
      title: { "zh-CN": "改过的标题" },
    });
    expect(await incidentNow(incident.id)).toMatchObject({
      isRehearsal: true,
      visibility: "affected",
    });
    await expect(
      proposeOfIncident(acting(desk.author, LATER), {
        ...{ incidentId: incident.id, what: "false_alarm", reason: "没有发生" },
      }),
    ).rejects.toThrow("notices.errors.rehearsal");
  });
});

describe("its notice is told", () => {
  test("after a second person's approval, to its audience alone, and says in its facts that it is a rehearsal", async () => {
    const { first, affected, broadcast } = await givenTold();
    expect(broadcast).toMatchObject({ kind: "incident_notice", isPublic: false, people: 1 });
    expect(FACTS.incident_notice.parse(broadcast.facts).rehearsal).toBe(true);
    const told = await db.select().from(deliveries);
    expect(new Set(told.map(({ userId }) => userId))).toEqual(new Set([first.owner.id]));
    expect(told.map(({ channel }) => channel).toSorted()).toEqual(["email", "inbox"]);
    expect(affected).toHaveLength(10);
  });

  test("and to nobody else: no list, no feed, no advisory, no bulletin, no advice, no duty of an account", async () => {
    const { incident, first, desk } = await givenTold();
    const readers = [{ actor: ANONYMOUS, now: beijing(LATER) }, acting(first.owner, LATER)];
    for (const ctx of [...readers, acting(desk.author, LATER)])
      expect((await listPublishedIncidents(ctx, {})).rows).toEqual([]);
    const [anybody, owner] = readers;
    await expect(findPublishedIncident(anybody!, incident)).rejects.toThrow("errors.notFound");
    expect(await findPublishedIncident(owner!, incident)).toMatchObject({ isPublic: false });
    expect(await listAdvisories(anybody!, {})).toEqual([]);
    expect(await db.$count(broadcasts, eq(broadcasts.kind, "bulletin"))).toBe(0);
    expect(await listOpenAdvice(owner!, {})).toEqual([]);
    await expect(listDownstream(owner!, incident)).rejects.toThrow("errors.notFound");
  });

  test("and nobody is called, or told in another's place, because of it", async () => {
    const { desk, incident } = await givenRehearsal();
    const empty = await givenAffected(desk.productId, {});
    await db.execute(
      sql`update members set left_at = now() where account_id = ${empty.account.id}`,
    );
    const { account } = await givenAffected(desk.productId, {});
    const draft = await givenNotice(desk, {
      ...{ incidentId: incident.id, audience: { accountIds: [account.id, empty.account.id] } },
    });
    await published(desk, draft);
    await escalateUnopened(asJob("escalate-unopened", beijing("2026-11-23 09:00")), {
      ...{ hours: 24, followHours: 24 },
    });
    expect(await db.$count(calls)).toBe(0);
    expect(await db.$count(unreachedAccounts)).toBe(0);
  });
});

describe("its audience", () => {
  test("leaves out whoever takes no part, however it was chosen, and says so; a real notice tells them as before", async () => {
    const { desk, first, affected, incident } = await givenRehearsal();
    await setRehearsals(acting(first.owner, OPENED), { accountId: first.account.id, takes: false });
    expect(await recordOf(first.account.id)).toContain("account.rehearsals_set");
    const draft = await givenNotice(desk, { incidentId: incident.id, audience: null });
    const ctx = acting(desk.author, LATER);
    const offered = await listRehearsable(ctx, { noticeId: draft.id });
    expect(offered.map(({ id }) => id).toSorted()).toEqual(
      affected
        .slice(1)
        .map(({ account }) => account.id)
        .toSorted(),
    );
    const named = affected
      .slice(0, 2)
      .map(({ app }) => app.sdkAppId)
      .join("\n");
    await setAudience(ctx, audienceForm(draft, { named }));
    await published(desk, await noticeNow(draft.id), { at: LATER });
    const told = await db.select().from(deliveries).where(eq(deliveries.channel, "inbox"));
    expect(told.map(({ userId }) => userId)).toEqual([affected[1]!.owner.id]);
    const auditor = acting(await givenStaff("auditor"), LATER);
    const asked = { broadcastId: told[0]!.broadcastId, accountId: first.account.id };
    const { apps, isTold } = await readSelection(auditor, asked);
    expect([isTold, apps.map(({ leftOut }) => leftOut)]).toEqual([false, ["rehearsal"]]);

    const real = await givenIncident(desk);
    const notice = await givenNotice(desk, { incidentId: real.id, audience: { named } });
    const really = await published(desk, notice, { at: LATER });
    expect(await db.$count(deliveries, eq(deliveries.broadcastId, really.broadcastId!))).toBe(4);
  });

  test("a saved audience serves rehearsals and real notices, each by its own rule", async () => {
    const { desk, first, affected, incident } = await givenRehearsal();
    await setRehearsals(acting(first.owner, OPENED), { accountId: first.account.id, takes: false });
    const ctx = acting(desk.author, LATER);
    const named = affected
      .slice(0, 2)
      .map(({ app }) => app.sdkAppId)
      .join("\n");
    const rehearsed = await givenNotice(desk, { incidentId: incident.id, audience: { named } });
    const saved = await saveAudience(ctx, {
      ...{ noticeId: rehearsed.id, revision: rehearsed.revision, name: "首批" },
    });
    const real = await givenIncident(desk);
    const notice = await givenNotice(desk, { incidentId: real.id, audience: null });
    await useAudience(ctx, { ...saved, noticeId: notice.id, revision: notice.revision });
    expect((await noticeNow(notice.id)).audience.rehearsal).toBeUndefined();
    const again = await givenIncident(desk, { isRehearsal: true });
    const next = await givenNotice(desk, { incidentId: again.id, audience: null });
    await useAudience(ctx, { ...saved, noticeId: next.id, revision: next.revision });
    expect((await noticeNow(next.id)).audience.rehearsal).toBe(true);
  });

  test("to more than a small share of the accounts, whoever approves types how many people it tells", async () => {
    const { desk, affected, incident } = await givenRehearsal();
    const ofFirst = (count: number) => affected.slice(0, count).map(({ account }) => account.id);
    const draft = await givenNotice(desk, {
      ...{ incidentId: incident.id, audience: { accountIds: ofFirst(3) } },
    });
    await expect(published(desk, draft)).rejects.toThrow("notices.errors.countDiffers");
    await setAudience(
      acting(desk.author, LATER),
      audienceForm(await noticeNow(draft.id), { accountIds: ofFirst(2) }),
    );
    expect((await published(desk, await noticeNow(draft.id))).status).toBe("published");
  });

  test("only who may bind the account decides whether it takes part", async () => {
    const { account } = await givenAffected((await givenNoticeDesk()).productId, {});
    const viewer = await givenMember(account.id, "viewer");
    const wish = { accountId: account.id, takes: false };
    await expect(setRehearsals(acting(viewer, OPENED), wish)).rejects.toThrow();
    const other = await givenMember((await givenAccount()).id, "owner");
    await expect(setRehearsals(acting(other, OPENED), wish)).rejects.toThrow();
    const [row] = await db.select().from(accounts).where(eq(accounts.id, account.id));
    expect(row!.takesRehearsals).toBe(true);
  });
});

describe("its report", () => {
  const hours = 24;

  test("says whom it reached by what and after how long, whom not and why, and what would have followed; ended, it is kept for good", async () => {
    const { desk, affected, incident } = await givenRehearsal();
    const [arrived, back] = [affected[0]!, affected[1]!];
    const accountIds = [arrived, back].map(({ account }) => account.id);
    const draft = await givenNotice(desk, { incidentId: incident.id, audience: { accountIds } });
    const { broadcastId } = await published(desk, draft, { at: "2026-11-20 10:00" });
    const mailOf = (userId: string) =>
      and(eq(deliveries.userId, userId), eq(deliveries.channel, "email"));
    const settle = (userId: string, status: "delivered" | "bounced", at: string) =>
      db
        .update(deliveries)
        .set({ status, settledAt: beijing(at) })
        .where(mailOf(userId));
    await settle(arrived.owner.id, "delivered", "2026-11-20 10:02");
    await settle(back.owner.id, "bounced", "2026-11-20 10:01");
    const opened = and(eq(deliveries.userId, arrived.owner.id), eq(deliveries.channel, "inbox"));
    await db
      .update(deliveries)
      .set({ readAt: beijing("2026-11-20 11:00") })
      .where(opened);

    const ctx = acting(desk.author, "2026-11-22 12:00");
    const { report, before, told, kept } = await readRehearsal(ctx, { ...incident, hours });
    expect([before, kept, told.length]).toEqual([null, null, 1]);
    expect(told[0]).toMatchObject({
      authorName: desk.author.name,
      approverName: desk.approver.name,
    });
    expect(report).toMatchObject({
      ...{ apps: 2, accounts: 2, people: 2, reached: 1, opened: 1, openedWithin: 1 },
      ...{ openedAfter: { median: 3600, ninetieth: 3600 }, wouldTask: 0 },
      ...{ wouldTellNext: 1, wouldCall: 1, causes: [{ cause: "bounced", accounts: 1 }] },
    });
    expect(report.channels).toMatchObject([
      { channel: "email", all: 2, arrived: 1, failed: 1, median: 120, ninetieth: 120 },
      { channel: "inbox", all: 2, arrived: 2, failed: 0 },
    ]);
    const { rows } = await listRehearsed(ctx, incident);
    expect(rows.map(({ accountId, mailed, causes }) => [accountId, mailed, causes])).toEqual([
      [back.account.id, null, ["bounced"]],
      [arrived.account.id, 120, []],
    ]);
    expect(await exportRehearsed(ctx, incident)).toMatchObject(rows);
    // A mail that its region's route kept back went to no stopped address.
    const became = (status: "suppressed" | "bounced", reason: string | null) =>
      db.update(deliveries).set({ status, reason }).where(mailOf(back.owner.id));
    await became("suppressed", "no_route:cn:no_basis");
    expect((await readRehearsal(ctx, { ...incident, hours })).report.causes).toEqual([
      { cause: "no_route", accounts: 1 },
    ]);
    await became("bounced", null);
    const early = acting(desk.author, "2026-11-20 12:00");
    expect((await readRehearsal(early, { ...incident, hours })).report).toMatchObject({
      ...{ wouldTellNext: null, wouldCall: null },
    });

    const end = { incidentId: incident.id, revision: 1 };
    await expect(endRehearsal(ctx, end)).rejects.toThrow("notices.errors.rehearsalLeaving");
    await db.update(broadcasts).set({ status: "finished" }).where(eq(broadcasts.id, broadcastId!));
    await expect(endRehearsal(acting(desk.approver, LATER), end)).rejects.toThrow();
    await endRehearsal(ctx, end);
    expect(await recordOf(incident.id)).toContain("incident.rehearsal_ended");
    await db.update(deliveries).set({ status: "delivered" }).where(mailOf(back.owner.id));
    const after = await readRehearsal(ctx, { ...incident, hours });
    expect(after.kept?.byName).toBe(desk.author.name);
    expect(after.report).toEqual(report);
    for (const change of [
      db.update(rehearsalReports).set({ keptAt: new Date() }),
      db.delete(rehearsalReports),
    ])
      await expect(change).rejects.toThrow();
    await expect(endRehearsal(ctx, { ...end, revision: 2 })).rejects.toThrow(
      "notices.errors.movedOn",
    );
    await expect(
      draftNotice(ctx, { incidentId: incident.id, type: "update", correctsId: null }),
    ).rejects.toThrow("notices.errors.rehearsalEnded");

    const next = await givenIncident(desk, { isRehearsal: true });
    const again = await readRehearsal(ctx, { ...next, hours });
    expect(again.before).toMatchObject({ number: incident.number, report });
    expect(again.report).toMatchObject({ accounts: 0, toldAt: null });
  });

  test("says of an account that has nobody so, and there is none of a real incident", async () => {
    const { desk, affected, incident } = await givenRehearsal();
    const { account, owner } = affected[0]!;
    await db
      .update(members)
      .set({ leftAt: beijing(OPENED) })
      .where(eq(members.userId, owner.id));
    const accountIds = [account.id, affected[1]!.account.id];
    const draft = await givenNotice(desk, { incidentId: incident.id, audience: { accountIds } });
    await published(desk, draft);
    const ctx = acting(desk.author, LATER);
    expect((await readRehearsal(ctx, { ...incident, hours })).report).toMatchObject({
      wouldTask: 1,
      causes: [
        { cause: "nobody", accounts: 1 },
        { cause: "unconfirmed", accounts: 1 },
      ],
    });
    const real = await givenIncident(desk);
    await expect(readRehearsal(ctx, { ...real, hours })).rejects.toThrow("errors.notFound");
    await expect(listRehearsed(ctx, real)).rejects.toThrow("errors.notFound");
    await expect(exportRehearsed(ctx, real)).rejects.toThrow("errors.notFound");
  });
});

describe("the next one", () => {
  test("is due a quarter after the last; past it whoever rehearses and administrators are told, once", async () => {
    const { desk } = await givenTold();
    const admin = await givenStaff("admin");
    const raise = (at: string) => raiseAlarms(asJob("raise-alarms", beijing(at)), {});
    const ctx = (at: string) => acting(desk.author, at);
    const soon = await readRehearsalClock(ctx("2027-02-19 09:00"), {});
    expect(soon).toMatchObject({ daysAgo: 90, isOverdue: false });
    expect(await raise("2027-02-19 09:00")).toMatchObject({ raised: 0 });
    const late = "2027-02-21 12:00";
    expect(await readRehearsalClock(ctx(late), {})).toMatchObject({ daysAgo: 93, isOverdue: true });
    expect(await raise(late)).toMatchObject({ raised: 1 });
    const told = await db
      .select({ userId: deliveries.userId })
      .from(deliveries)
      .innerJoin(broadcasts, eq(broadcasts.id, deliveries.broadcastId))
      .where(and(eq(broadcasts.kind, "security_alarm"), eq(deliveries.channel, "email")));
    expect(told.map(({ userId }) => userId).toSorted()).toEqual(
      [admin.id, desk.author.id].toSorted(),
    );
    for (const again of ["2027-02-21 15:00", "2027-02-22 12:00", "2027-04-01 12:00"])
      expect(await raise(again)).toMatchObject({ raised: 0 });
  });

  test("has no day before the first", async () => {
    const { desk } = await givenRehearsal();
    expect(await readRehearsalClock(acting(desk.author, "2028-01-01 09:00"), {})).toBeNull();
    const raised = await raiseAlarms(asJob("raise-alarms", beijing("2028-01-01 09:00")), {});
    expect(raised).toMatchObject({ raised: 0 });
  });
});
