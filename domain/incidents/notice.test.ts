import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { members } from "@/db/schema";
import { acting } from "@/tests/support/context";
import {
  audienceForm,
  composed,
  explainNoticeFindings,
  givenAffected,
  givenAnnouncement,
  givenIncident,
  givenNotice,
  givenNoticeDesk,
  noticeNow,
  PARTS,
  published,
  submitted,
} from "@/tests/support/notices";
import { recordOf } from "@/tests/support/record";
import { incidentWords } from "@/wording/incident-notice";

import { FACTS } from "../broadcasts/facts";
import { discardNotice } from "./discard-notice";
import { draftAnnouncement, draftNotice } from "./draft-notice";
import { editNotice } from "./edit-notice";
import { findIncident } from "./find-incident";
import { findNotice } from "./find-notice";
import { listIncidents } from "./list-incidents";
import { readNoticesAhead } from "./list-notices";
import { rejectNotice } from "./review-notice";
import { setAudience } from "./set-audience";
import { submitNotice } from "./submit-notice";

const LATER = "2026-11-20 12:00";

async function given() {
  const desk = await givenNoticeDesk();
  const { id: incidentId } = await givenIncident(desk);
  await givenAffected(desk.productId, { platforms: { android: "8.0.0" } });
  return { ...desk, incidentId, ctx: acting(desk.author, LATER) };
}

test("P20, P21, P22: a notice with empty parts cannot be submitted, and all of them are told at once", async () => {
  const { ctx, ...desk } = await given();
  const { id, revision } = await draftNotice(ctx, {
    incidentId: desk.incidentId,
    type: "initial",
    correctsId: null,
  });
  await expect(submitNotice(ctx, { noticeId: id, revision })).rejects.toMatchObject({
    messageKey: "notices.errors.incomplete",
    fields: {
      "situation.zh-CN": ["notices.errors.missing.situation"],
      measures: ["notices.errors.missing.measures"],
      adviceDevelopers: ["notices.errors.missing.adviceDevelopers"],
      "adviceEndUsers.zh-CN": ["notices.errors.missing.adviceEndUsers"],
    },
  });
  expect((await noticeNow(id)).status).toBe("draft");
});

test("an update takes over the parts and the audience of the notice before it, with a number of its own", async () => {
  const { ctx, ...desk } = await given();
  const first = await givenNotice(desk, {
    incidentId: desk.incidentId,
    audience: { platforms: ["android"], versionRange: ">=7.9.0 <8.1.0" },
  });
  await published(desk, first, { typedPeople: 1 });
  const { id } = await draftNotice(ctx, {
    incidentId: desk.incidentId,
    type: "update",
    correctsId: null,
  });
  expect(await noticeNow(id)).toMatchObject({
    sequence: 2,
    type: "update",
    status: "draft",
    parts: PARTS,
    audience: { platforms: ["android"], versionRange: ">=7.9.0 <8.1.0" },
  });
});

test("P20: a notice says which came before it, and of none that only some may know", async () => {
  const desk = await givenNoticeDesk();
  await givenAffected(desk.productId, { platforms: { android: "8.0.0" } });
  const saidBy = async (visibility: "affected" | "restricted") => {
    const { id: incidentId } = await givenIncident(desk, { visibility });
    await published(desk, await givenNotice(desk, { incidentId }), { typedPeople: 1 });
    const update = await givenNotice(desk, {
      ...{ incidentId, type: "update", audience: {}, at: "2026-11-20 10:00" },
    });
    const { facts } = await published(desk, update, {
      ...{ at: "2026-11-20 10:30", typedPeople: 1 },
    });
    return incidentWords(FACTS.incident_notice.parse(facts), "zh-CN").facts;
  };
  const before = {
    term: "此前的通知",
    value: "第 1 号：首次通知，2026年11月20日 09:50（北京时间）",
  };
  expect(await saidBy("affected")).toContainEqual(before);
  const terms = (await saidBy("restricted")).map(({ term }) => term);
  expect(terms).not.toContain(before.term);
});

test("the first notice comes first and once, one at a time is on its way, a correction names what it corrects", async () => {
  const { ctx, ...desk } = await given();
  const { incidentId } = desk;
  const draft = (type: "initial" | "update" | "correction" | "final", correctsId?: string) =>
    draftNotice(ctx, { incidentId, type, correctsId: correctsId ?? null });
  await expect(draft("update")).rejects.toMatchObject({ messageKey: "notices.errors.noInitial" });
  const first = await givenNotice(desk, { incidentId });
  await expect(draft("update")).rejects.toMatchObject({
    messageKey: "notices.errors.anotherAhead",
  });
  await published(desk, first, { typedPeople: 1 });
  await expect(draft("initial")).rejects.toMatchObject({ messageKey: "notices.errors.hasInitial" });
  await expect(draft("correction")).rejects.toMatchObject({
    fields: { correctsId: ["notices.errors.missing.corrects"] },
  });
  const { id } = await draft("correction", first.id);
  expect(await noticeNow(id)).toMatchObject({ type: "correction", correctsId: first.id });
});

test("two drafts started at once: one is there, the other is told", async () => {
  const { ctx, incidentId } = await given();
  const draft = () => draftNotice(ctx, { incidentId, type: "initial", correctsId: null });
  const results = await Promise.allSettled(Array.from({ length: 10 }, draft));
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

test("an edit voids what waits for approval, and saving what is there changes nothing", async () => {
  const { ctx, ...desk } = await given();
  const notice = await submitted(desk, await givenNotice(desk, { incidentId: desk.incidentId }));
  await editNotice(ctx, composed(notice));
  expect((await noticeNow(notice.id)).status).toBe("in_review");
  await editNotice(ctx, composed(notice, { actionability: "information" }));
  expect(await noticeNow(notice.id)).toMatchObject({ status: "draft", contentHash: null });
  expect((await recordOf(notice.id)).slice(-2)).toEqual(["notice.returned", "notice.edited"]);
});

test("a change of the audience voids it too", async () => {
  const { ctx, ...desk } = await given();
  const notice = await submitted(desk, await givenNotice(desk, { incidentId: desk.incidentId }));
  await setAudience(ctx, audienceForm(notice, { platforms: ["android"] }));
  expect((await noticeNow(notice.id)).status).toBe("draft");
});

test("whoever saves second is told that somebody else did", async () => {
  const { ctx, ...desk } = await given();
  const notice = await givenNotice(desk, { incidentId: desk.incidentId });
  await editNotice(ctx, composed(notice, { actionability: "information" }));
  const stale = composed(notice, { actionability: "may_be_required" });
  await expect(editNotice(ctx, stale)).rejects.toMatchObject({
    messageKey: "notices.errors.editedMeanwhile",
    values: { time: "12:00" },
  });
});

test("a notice that concerns no app is refused, unless everybody may read it and nobody is told", async () => {
  const { ctx, ...desk } = await given();
  const nobody = { audience: { platforms: ["unity" as const] } };
  const submit = ({ id, revision }: { id: string; revision: number }) =>
    submitNotice(ctx, { noticeId: id, revision });

  const restricted = await givenNotice(desk, { incidentId: desk.incidentId, ...nobody });
  const empty = { fields: { audience: ["notices.errors.audience.empty"] } };
  await expect(submit(restricted)).rejects.toMatchObject(empty);
  const silent = { notifies: false, silentReason: "只作公示。" };
  await expect(submit(await givenAnnouncement(desk, nobody))).rejects.toMatchObject(empty);
  await expect(
    submit(await givenAnnouncement(desk, { ...nobody, ...silent, visibility: "affected" })),
  ).rejects.toMatchObject(empty);
  const announcement = await givenAnnouncement(desk, { ...nobody, ...silent });
  await explainNoticeFindings(ctx, announcement);
  await submit(announcement);
});

test("apps whose accounts have nobody cannot be notified; the refusal says so", async () => {
  const desk = await givenNoticeDesk();
  const { id: incidentId } = await givenIncident(desk);
  const { account } = await givenAffected(desk.productId, { platforms: { ios: "8.0.0" } });
  await db.update(members).set({ leftAt: new Date() }).where(eq(members.accountId, account.id));
  const { id, revision } = await givenNotice(desk, { incidentId });
  await expect(
    submitNotice(acting(desk.author, LATER), { noticeId: id, revision }),
  ).rejects.toMatchObject({ fields: { audience: ["notices.errors.audience.nobody"] } });
});

test("a draft is thrown away; what somebody has judged leaves every list and stays readable", async () => {
  const { ctx, ...desk } = await given();
  const one = await givenNotice(desk, { incidentId: desk.incidentId });
  await discardNotice(ctx, { noticeId: one.id, revision: one.revision });
  expect(await noticeNow(one.id)).toBeUndefined();
  expect((await recordOf(desk.incidentId)).at(-1)).toBe("notice.discarded");

  const two = await submitted(desk, await givenNotice(desk, { incidentId: desk.incidentId }));
  await rejectNotice(acting(desk.approver, LATER), {
    noticeId: two.id,
    contentHash: two.contentHash,
    reason: "影响范围没有写清。",
  });
  await discardNotice(ctx, { noticeId: two.id, revision: two.revision });
  expect(await readNoticesAhead(ctx, { ids: [two.id] })).toEqual([]);
  const [listed] = (await listIncidents(ctx, { shelf: "open", page: undefined })).rows.filter(
    ({ id }) => id === desk.incidentId,
  );
  const incident = await findIncident(ctx, { number: listed?.number ?? "" });
  expect([listed?.ahead, incident]).toMatchObject([null, { notices: [], mayDraft: true }]);
  const kept = await findNotice(acting(desk.approver, LATER), { noticeId: two.id });
  expect(kept).toMatchObject({
    notice: { status: "discarded", discardedBy: desk.author.id },
    reviews: [{ reason: "影响范围没有写清。" }],
    discarderName: desk.author.name,
  });
  await expect(
    db.execute(sql`update notices set parts = '{}' where id = ${two.id}`),
  ).rejects.toMatchObject({ cause: { code: "23001" } });
  await expect(
    discardNotice(ctx, { noticeId: two.id, revision: two.revision }),
  ).rejects.toMatchObject({ code: "conflict" });
  await givenNotice(desk, { incidentId: desk.incidentId });
});

test("the composer keeps to its limits: lines, times, numbers of parts", async () => {
  const { ctx, ...desk } = await given();
  const notice = await givenNotice(desk, { incidentId: desk.incidentId });
  const refused = async (wish: Parameters<typeof composed>[1], field: string, key: string) => {
    await expect(editNotice(ctx, composed(notice, wish))).rejects.toMatchObject({
      fields: { [field]: [key] },
    });
  };
  const measure = PARTS.measures[0]!;
  await refused({ title: { en: "two\nlines" } }, "title.en", "errors.field.oneLine");
  await refused({ title: { "zh-CN": "\u2067x" } }, "title.zh-CN", "errors.field.disguising");
  await refused({ situation: { "zh-CN": "\udc00" } }, "situation.zh-CN", "errors.field.unstorable");
  await refused(
    { situation: { "zh-CN": "字".repeat(5001) } },
    "situation.zh-CN",
    "errors.field.tooLong",
  );
  await refused({ measures: [{ ...measure, at: "昨天" }] }, "measures.0.at", "errors.field.moment");
  await refused({ measures: Array(21).fill(measure) }, "measures", "errors.field.tooMany");
  expect((await noticeNow(notice.id)).revision).toBe(notice.revision);

  const kept = { "zh-CN": "\u202bשלום\u202c\r\n第二行" };
  const { revision } = await editNotice(ctx, composed(notice, { situation: kept }));
  expect(await noticeNow(notice.id)).toMatchObject({
    revision,
    parts: { situation: { "zh-CN": "\u202bשלום\u202c\n第二行" } },
  });
});

test("an announcement belongs to a product that is there", async () => {
  const { ctx } = await given();
  await expect(
    draftAnnouncement(ctx, { productId: crypto.randomUUID(), title: "公告" }),
  ).rejects.toMatchObject({ fields: { productId: ["notices.errors.product"] } });
});
