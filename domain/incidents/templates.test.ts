import { eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { noticeTemplateVersions } from "@/db/schema";
import { acting } from "@/tests/support/context";
import {
  givenAnnouncement,
  givenIncident,
  givenNotice,
  givenNoticeDesk,
  NOTICE_DAY,
  noticeNow,
} from "@/tests/support/notices";
import { recordOf } from "@/tests/support/record";

import { findNotice } from "./find-notice";
import { faultIn, filled, variablesIn } from "./template-text";
import { findTemplate, listTemplates, retireTemplate, saveTemplate } from "./templates";
import { previewTemplate, useTemplate } from "./use-template";

const AT = NOTICE_DAY.written;

const MAINTENANCE = {
  use: "announcement" as const,
  name: "例行维护",
  title: { "zh-CN": "{{product}}例行维护", en: "{{product}} maintenance" },
  situation: {
    "zh-CN": "{{ product }}将于 {{goes_out_at}} 维护。\n起草于 {{today}}。",
    en: "Maintenance of {{product}} at {{goes_out_at}}.",
  },
};

async function given() {
  const desk = await givenNoticeDesk();
  const ctx = acting(desk.author, AT);
  const { templateId } = await saveTemplate(ctx, MAINTENANCE);
  return { ...desk, ctx, templateId };
}

test.each([
  ["{{product}}", null],
  ["起草于 {{ today }}，{product}", null],
  ["第一行\n尊敬的𠮷：{{prodct}}", { part: "{{prodct}}", line: 2, column: 6 }],
  ["{{产品}}", { part: "{{产品}}", line: 1, column: 1 }],
  ["{{}}", { part: "{{}}", line: 1, column: 1 }],
  ["a {{product", { part: "{{product", line: 1, column: 3 }],
  ["{{product\n}}", { part: "{{product", line: 1, column: 1 }],
  ["{{incident_number}}", { part: "{{incident_number}}", line: 1, column: 1 }],
] as const)(
  "%j: what is no variable of an announcement is found where it stands",
  (text, fault) => {
    expect(faultIn(text, "announcement")).toEqual(fault);
  },
);

test("each variable gets its value in the language of its text, and one without a value stays", () => {
  const texts = { "zh-CN": "{{product}} {{today}}", en: "{{product}} {{today}}" };
  const product = { "zh-CN": "即时通信", en: "Chat" };
  expect(filled(texts, "announcement", { product, today: null })).toEqual({
    "zh-CN": "即时通信 {{today}}",
    en: "Chat {{today}}",
  });
  expect(variablesIn([texts], "announcement")).toEqual(["product", "today"]);
});

test("an unknown variable is refused at its field with its place, and nothing is written", async () => {
  const { ctx, templateId } = await given();
  const situation = { ...MAINTENANCE.situation, en: "Of {{product}}\non {{day}}." };
  const saving = saveTemplate(ctx, { ...MAINTENANCE, templateId, number: 1, situation });

  await expect(saving).rejects.toMatchObject({
    fields: { "situation.en": ["notices.errors.template.variable"] },
    values: { part: "{{day}}", line: 2, column: 4 },
  });
  expect((await findTemplate(ctx, { templateId })).number).toBe(1);
  const empty = saveTemplate(ctx, { ...MAINTENANCE, title: { en: "Only English" } });
  await expect(empty).rejects.toMatchObject({ fields: { "title.zh-CN": expect.anything() } });
});

test("a draft shows the value of every variable before it takes the words, and says from which version they are", async () => {
  const { ctx, templateId, author, ...desk } = await given();
  const notice = await givenAnnouncement(
    { ...desk, author },
    { goesOutAt: "2026-11-23T09:00:00+08:00" },
  );
  const { revision, parts } = notice;

  const preview = await previewTemplate(ctx, { noticeId: notice.id, templateId });
  expect(preview.values.map(({ name, value }) => [name, value?.["zh-CN"]])).toEqual([
    ["product", expect.stringMatching(/./)],
    ["today", "2026年11月20日"],
    ["goes_out_at", expect.stringContaining("2026年11月23日")],
  ]);
  await useTemplate(ctx, { noticeId: notice.id, revision, templateId, number: 1 });

  const made = await noticeNow(notice.id);
  expect(made.parts).toEqual({ ...parts, title: preview.title, situation: preview.situation });
  expect(JSON.stringify(made.parts)).not.toContain("{{");
  expect(made.parts.situation["zh-CN"]).toContain("起草于 2026年11月20日。");
  expect(await recordOf(notice.id)).toContain("notice.template_used");
  await saveTemplate(ctx, { ...MAINTENANCE, templateId, number: 1, name: "停机维护" });
  const { template } = await findNotice(ctx, { noticeId: notice.id });
  expect(template).toEqual({ name: "停机维护", number: 1 });
  const stale = useTemplate(ctx, { noticeId: notice.id, revision, templateId, number: 2 });
  await expect(stale).rejects.toMatchObject({ messageKey: "notices.errors.editedMeanwhile" });
});

test("a variable without a value keeps a draft as it is; a template is for announcements or for incidents", async () => {
  const { ctx, templateId, ...desk } = await given();
  const { id: noticeId, revision } = await givenAnnouncement(desk);
  const { values } = await previewTemplate(ctx, { noticeId, templateId });
  expect(values.find(({ name }) => name === "goes_out_at")).toEqual({
    name: "goes_out_at",
    value: null,
  });
  await expect(
    useTemplate(ctx, { noticeId, revision, templateId, number: 1 }),
  ).rejects.toMatchObject({
    messageKey: "notices.errors.template.noValue",
    values: { part: "{{goes_out_at}}" },
  });

  const incident = await givenIncident(desk);
  const notice = await givenNotice(desk, { incidentId: incident.id });
  await expect(
    useTemplate(ctx, { noticeId: notice.id, revision: notice.revision, templateId, number: 1 }),
  ).rejects.toMatchObject({ name: "NotFound" });
  const { templateId: ofIncidents } = await saveTemplate(ctx, {
    ...{ use: "incident", name: "首次通知" },
    title: { "zh-CN": "{{incident_number}} 首次通知" },
    situation: { "zh-CN": "发现于 {{discovered_at}}，联系 {{contact}}。" },
  });
  await useTemplate(ctx, {
    ...{ noticeId: notice.id, revision: notice.revision, templateId: ofIncidents, number: 1 },
  });
  expect((await noticeNow(notice.id)).parts.title["zh-CN"]).toBe(`${incident.number} 首次通知`);
});

test("a draft is made from the words that were looked at, or not at all", async () => {
  const { ctx, templateId, ...desk } = await given();
  const {
    id: noticeId,
    revision,
    parts,
  } = await givenAnnouncement(desk, {
    goesOutAt: "2026-11-23T09:00:00+08:00",
  });
  const { template } = await previewTemplate(ctx, { noticeId, templateId });
  await saveTemplate(ctx, { ...MAINTENANCE, templateId, number: 1, name: "停机维护" });
  const { number } = template;
  await expect(useTemplate(ctx, { noticeId, revision, templateId, number })).rejects.toMatchObject({
    messageKey: "notices.errors.template.movedOn",
  });
  expect((await noticeNow(noticeId)).parts).toEqual(parts);
});

test("a version stays as it was written, two writers do not overwrite each other, and a retired one is offered no more", async () => {
  const { ctx, templateId, approver } = await given();
  const renamed = { ...MAINTENANCE, templateId, name: "停机维护" };
  await saveTemplate(ctx, { ...renamed, number: 1 });
  await saveTemplate(ctx, { ...renamed, number: 2 });
  const { versions, name } = await findTemplate(ctx, { templateId });
  expect([name, versions.map(({ number }) => number)]).toEqual(["停机维护", [2, 1]]);
  await expect(saveTemplate(ctx, { ...renamed, number: 1, name: "另一个" })).rejects.toMatchObject({
    messageKey: "notices.errors.template.movedOn",
  });
  await expect(saveTemplate(acting(approver, AT), MAINTENANCE)).rejects.toMatchObject({
    name: "NotAllowed",
  });
  const ofTemplate = eq(noticeTemplateVersions.templateId, templateId);
  await expect(
    db.update(noticeTemplateVersions).set({ number: 9 }).where(ofTemplate),
  ).rejects.toThrow();

  await retireTemplate(ctx, { templateId });
  expect((await listTemplates(ctx, {})).map(({ id }) => id)).not.toContain(templateId);
  await expect(retireTemplate(ctx, { templateId })).rejects.toMatchObject({
    messageKey: "notices.errors.template.retired",
  });
  expect(await recordOf(templateId)).toEqual([
    "template.saved",
    "template.saved",
    "template.retired",
  ]);
});
