import { and, eq, inArray } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { broadcasts, deliveries, incidentProposals, incidents } from "@/db/schema";
import type { Proposal, Visibility } from "@/db/vocabulary/incidents";
import { freezeAll, sendNextBatch } from "@/tests/support/broadcasts";
import { acting, beijing } from "@/tests/support/context";
import {
  givenAffected,
  givenIncident,
  givenNotice,
  givenNoticeDesk,
  noticeNow,
  type NoticeDesk,
  published,
  settlePlan,
  submitted,
} from "@/tests/support/notices";
import { givenStaff } from "@/tests/support/people";
import { recordOf } from "@/tests/support/record";
import { csafOf } from "@/wording/csaf";
import { osvOf } from "@/wording/osv";

import { readFactsAs } from "../broadcasts/facts";
import { ANONYMOUS } from "../context";
import { listInbox } from "../inbox/list";
import { findPopup } from "../inbox/popup";
import { listAppIncidents } from "./app-incidents";
import { beginContainment } from "./begin-containment";
import { approveProposal, refuseProposal } from "./decide-proposal";
import { draftNotice } from "./draft-notice";
import { findIncident } from "./find-incident";
import { findPublishedIncident } from "./find-published";
import { listPublishedIncidents } from "./list-published";
import { moveIncident } from "./move-incident";
import { listOpenAdvice } from "./open-advice";
import { proposeOfIncident } from "./propose";
import { readAdvisory } from "./read-advisory";
import { readCourse } from "./read-course";

const LATER = "2026-11-20 12:00";
const AFTER = "2026-11-20 13:00";
const REASON = "核实后确认是测试数据，没有外泄。";

/** An incident told in two notices to the people of two accounts, one of them in the second alone. */
async function givenTold(visibility: Visibility = "public") {
  const desk = await givenNoticeDesk();
  const near = await givenAffected(desk.productId, { platforms: { android: "8.0.0" } });
  const far = await givenAffected(desk.productId, { platforms: { android: "8.0.0" } });
  const incident = await givenIncident(desk, { visibility });
  const first = await published(
    desk,
    await givenNotice(desk, { incidentId: incident.id, audience: { named: near.app.sdkAppId } }),
  );
  const both = `${near.app.sdkAppId}\n${far.app.sdkAppId}`;
  const update = await givenNotice(desk, {
    ...{ incidentId: incident.id, type: "update", audience: { named: both }, at: LATER },
  });
  const second = await published(desk, update, { at: LATER, typedPeople: 2 });
  return { desk, incident, near, far, notices: [first, second] };
}

async function propose(
  desk: NoticeDesk,
  incidentId: string,
  what: Exclude<Proposal, "waiver"> = "false_alarm",
) {
  await proposeOfIncident(acting(desk.author, AFTER), { incidentId, what, reason: REASON });
  const { proposals } = await readCourse(acting(desk.author, AFTER), { incidentId });
  return { incidentId, proposalId: proposals.find(({ decision }) => decision === null)!.id };
}

const statusOf = async (id: string) =>
  (await db.select().from(incidents).where(eq(incidents.id, id)))[0]!;

test("P19: a false alarm is told to exactly those who were told of it, each once; whatever was told stands withdrawn", async () => {
  const { desk, incident, near, far, notices } = await givenTold();
  await freezeAll(beijing(LATER));
  while ((await sendNextBatch(beijing(LATER))).length > 0);
  expect(await findPopup(acting(near.owner, AFTER), {})).toMatchObject({
    told: { kind: "incident_notice" },
  });
  const proposal = await propose(desk, incident.id);
  expect((await readCourse(acting(desk.approver, AFTER), proposal)).people).toBe(2);
  const { people } = await approveProposal(acting(desk.approver, AFTER), proposal);
  expect(people).toBe(2);
  expect(await statusOf(incident.id)).toMatchObject({
    status: "false_alarm",
    falseAlarmAt: beijing(AFTER),
  });

  const pairs = async (kind: "incident_notice" | "withdrawal", subjects: string[]) => {
    const rows = await db
      .select({ userId: deliveries.userId, channel: deliveries.channel })
      .from(deliveries)
      .innerJoin(broadcasts, eq(broadcasts.id, deliveries.broadcastId))
      .where(and(inArray(broadcasts.subjectId, subjects), eq(broadcasts.kind, kind)));
    return rows.map(({ userId, channel }) => `${userId} ${channel}`).toSorted();
  };
  const told = await pairs(
    "incident_notice",
    notices.map(({ id }) => id),
  );
  expect(await pairs("withdrawal", [incident.id])).toEqual([...new Set(told)]);

  for (const { owner } of [near, far]) {
    expect(await findPopup(acting(owner, AFTER), {})).toBeNull();
    const { rows } = await listInbox(acting(owner, AFTER), { category: "incidents" });
    expect(rows[0]?.told).toMatchObject({
      kind: "withdrawal",
      facts: { reason: REASON, what: { kind: "incident", incidentNumber: incident.number } },
    });
    expect(rows.slice(1).every(({ withdrawnAt }) => withdrawnAt !== null)).toBe(true);
    expect(await listOpenAdvice(acting(owner, AFTER), {})).toEqual([]);
  }
  expect(await recordOf(incident.id)).toContain("incident.proposal_approved");
});

test("every public place says that it was a false alarm, and nothing there is affected any more", async () => {
  const { desk, incident, near } = await givenTold();
  const anybody = { actor: ANONYMOUS, now: beijing(AFTER) };
  expect((await readAdvisory(anybody, { number: incident.number })).falseAlarm).toBeNull();
  await approveProposal(acting(desk.approver, AFTER), await propose(desk, incident.id));

  const falseAlarm = { at: beijing(AFTER), reason: REASON };
  expect(await findPublishedIncident(anybody, { number: incident.number })).toMatchObject({
    ...{ kind: "told", falseAlarm },
    notices: [{ withdrawn: falseAlarm }, { withdrawn: falseAlarm }],
  });
  const { rows } = await listPublishedIncidents(anybody, { state: "ended" });
  expect(rows.find(({ number }) => number === incident.number)).toMatchObject({
    ...{ status: "false_alarm", lastAt: beijing(AFTER) },
  });
  const advisory = await readAdvisory(anybody, { number: incident.number });
  expect(osvOf(advisory, "https://example.com")).toMatchObject({
    ...{ withdrawn: beijing(AFTER).toISOString(), affected: [] },
  });
  const publisher = { name: "云桥", namespace: "https://example.com", contact: "a@example.com" };
  const csaf = csafOf(advisory, {
    publisher,
    page: "https://example.com",
    self: "https://example.com",
  });
  expect(csaf.document.tracking).toMatchObject({
    ...{ status: "final", version: "3", current_release_date: beijing(AFTER).toISOString() },
  });
  expect(csaf.document.title).toContain("已撤回");
  expect(csaf).not.toHaveProperty("vulnerabilities");
  expect(
    await listAppIncidents(
      { actor: { kind: "token", id: "t", scopes: ["compliance_read"] }, now: beijing(AFTER) },
      { sdkAppId: near.app.sdkAppId },
    ),
  ).toEqual([]);
});

test("what of its mails has not left stays, and a notice on its way goes back and is not taken up again", async () => {
  const { desk, incident, notices } = await givenTold("affected");
  const ahead = await givenNotice(desk, {
    ...{ incidentId: incident.id, type: "update", at: LATER },
  });
  await submitted(desk, ahead, LATER);
  await approveProposal(acting(desk.approver, AFTER), await propose(desk, incident.id));

  const mails = await db
    .select({ status: deliveries.status })
    .from(deliveries)
    .where(
      and(
        inArray(
          deliveries.broadcastId,
          notices.map(({ broadcastId }) => broadcastId ?? ""),
        ),
        eq(deliveries.channel, "email"),
      ),
    );
  expect(mails.map(({ status }) => status)).toEqual(["cancelled", "cancelled", "cancelled"]);
  const draft = await noticeNow(ahead.id);
  expect(draft.status).toBe("draft");
  await expect(submitted(desk, draft, AFTER)).rejects.toMatchObject({
    messageKey: "notices.errors.falseAlarm",
  });
  await expect(
    draftNotice(acting(desk.author, AFTER), {
      ...{ incidentId: incident.id, type: "update", correctsId: null },
    }),
  ).rejects.toMatchObject({ messageKey: "notices.errors.falseAlarm" });
});

test("P17: a false alarm found within the limit was never due; one found after it stays a breach", async () => {
  const desk = await givenNoticeDesk();
  const approve = async (moment: string) => {
    const { id, number } = await givenIncident(desk, { severity: "larger" });
    await proposeOfIncident(acting(desk.author, moment), {
      ...{ incidentId: id, what: "false_alarm", reason: REASON },
    });
    const { proposals } = await readCourse(acting(desk.author, moment), { incidentId: id });
    await approveProposal(acting(desk.approver, moment), {
      ...{ incidentId: id, proposalId: proposals[0]!.id },
    });
    return (await findIncident(acting(desk.author, "2026-11-25 09:00"), { number })).clock.state;
  };
  expect(await approve("2026-11-20 12:59")).toBe("not_due");
  expect(await approve("2026-11-20 13:01")).toBe("breached");
});

test("two people agree, with a reason; whoever proposed it may take it back", async () => {
  const desk = await givenNoticeDesk();
  const { id } = await givenIncident(desk);
  const both = await givenStaff("author", "approver");
  const ctx = acting(both, AFTER);
  await expect(
    proposeOfIncident(ctx, { incidentId: id, what: "false_alarm", reason: " " }),
  ).rejects.toMatchObject({ fields: { reason: ["notices.errors.proposal.reason"] } });
  await expect(
    proposeOfIncident(ctx, { incidentId: id, what: "reopening", reason: REASON }),
  ).rejects.toMatchObject({ messageKey: "notices.errors.movedOn" });
  const proposal = await propose({ ...desk, author: both }, id);
  await expect(propose(desk, id)).rejects.toMatchObject({
    messageKey: "notices.errors.proposal.waits",
  });
  await expect(approveProposal(ctx, proposal)).rejects.toMatchObject({
    messageKey: "notices.errors.proposal.own",
  });
  await expect(approveProposal(acting(desk.author, AFTER), proposal)).rejects.toMatchObject({
    code: "not_allowed",
  });
  await expect(
    refuseProposal(acting(desk.author, AFTER), { ...proposal, reason: "否" }),
  ).rejects.toMatchObject({ code: "not_allowed" });
  await expect(refuseProposal(acting(desk.approver, AFTER), proposal)).rejects.toMatchObject({
    fields: { reason: ["notices.errors.missing.reason"] },
  });
  await refuseProposal(ctx, proposal);
  await expect(approveProposal(acting(desk.approver, AFTER), proposal)).rejects.toMatchObject({
    messageKey: "notices.errors.proposal.decided",
  });
  const own = db
    .update(incidentProposals)
    .set({ decision: "approved" })
    .where(eq(incidentProposals.id, proposal.proposalId));
  await expect(own).rejects.toThrow();
  const alone = db.update(incidents).set({ status: "false_alarm" }).where(eq(incidents.id, id));
  await expect(alone).rejects.toThrow();
  const forged = db
    .update(incidents)
    .set({ status: "false_alarm", falseAlarmAt: beijing(AFTER) })
    .where(eq(incidents.id, id));
  await expect(forged).rejects.toThrow();
});

test("P16: a reopened incident is contained anew and closed with another report; what was withdrawn stays so", async () => {
  const { desk, incident } = await givenTold();
  const { id, number } = incident;
  const author = acting(desk.author, AFTER);
  await beginContainment(author, {
    ...{ incidentId: id, revision: 1, containmentBegunAt: "2026-11-20T10:00:00+08:00" },
  });
  await settlePlan(author, id);
  await approveProposal(acting(desk.approver, AFTER), await propose(desk, id));
  await approveProposal(acting(desk.approver, AFTER), await propose(desk, id, "reopening"));
  expect(await statusOf(id)).toMatchObject({
    ...{ status: "reopened", round: 2, containmentBegunAt: null, falseAlarmAt: null },
  });
  const { plan } = await readCourse(author, { incidentId: id });
  expect(plan.every(({ settled }) => settled === null)).toBe(true);

  const { revision } = await statusOf(id);
  await moveIncident(author, {
    ...{ incidentId: id, revision, to: "resolved", at: "2026-11-20T12:59:00+08:00" },
    ...{ begunAt: "2026-11-20T12:40:00+08:00", containedAt: "2026-11-20T12:50:00+08:00" },
  });
  const night = "2026-11-20 20:00";
  const close = () =>
    moveIncident(acting(desk.author, night), {
      ...{ incidentId: id, revision: revision + 1, to: "closed", at: "2026-11-20T19:00:00+08:00" },
    });
  await expect(close()).rejects.toMatchObject({ messageKey: "notices.errors.noFinalReport" });
  await published(
    desk,
    await givenNotice(desk, { ...{ incidentId: id, type: "final", notifies: true, at: night } }),
    { at: night, typedPeople: 2 },
  );
  await expect(close()).rejects.toMatchObject({ messageKey: "notices.errors.stepsOpen" });
  await settlePlan(acting(desk.author, night), id);
  await close();
  const read = await findPublishedIncident({ actor: ANONYMOUS, now: beijing(night) }, { number });
  expect(read).toMatchObject({ falseAlarm: null });
  if (read.kind !== "told") throw new Error("it is public");
  expect(read.notices.map(({ withdrawn }) => withdrawn !== null)).toEqual([true, true, false]);
});

test("support learns of a restricted false alarm by its number, never by title or reason", async () => {
  const desk = await givenNoticeDesk();
  const { app } = await givenAffected(desk.productId, { platforms: { android: "8.0.0" } });
  const { id, number } = await givenIncident(desk, { visibility: "restricted" });
  await published(
    desk,
    await givenNotice(desk, { incidentId: id, audience: { named: app.sdkAppId } }),
    {
      typedPeople: 1,
    },
  );
  await approveProposal(acting(desk.approver, AFTER), await propose(desk, id));
  const [broadcast] = await db.select().from(broadcasts).where(eq(broadcasts.subjectId, id));
  expect(broadcast?.isPublic).toBe(false);
  const support = await givenStaff("support");
  expect(readFactsAs(support, "withdrawal", broadcast?.facts)).toMatchObject({
    facts: { reason: "", what: { title: {}, incidentNumber: number } },
  });
  const summary = await findPublishedIncident(
    { actor: ANONYMOUS, now: beijing(AFTER) },
    { number },
  );
  expect(summary).toMatchObject({ kind: "summary", withdrawnAt: beijing(AFTER) });
  expect(JSON.stringify(summary)).not.toContain(REASON);
});
