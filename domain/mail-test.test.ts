import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { z } from "zod";

import { db } from "@/db/client";
import { renderTestMail } from "@/emails/render";
import { SAMPLE_SENDER } from "@/emails/_components/samples";
import { acting } from "@/tests/support/context";
import { givenAnnouncement, givenNoticeDesk, NOTICE_DAY } from "@/tests/support/notices";
import { givenPerson, givenStaff } from "@/tests/support/people";
import { givenDesk, givenDraft } from "@/tests/support/policies";
import { recordOf } from "@/tests/support/record";

import { readFacts } from "./broadcasts/facts";
import { readTestPeople } from "./broadcasts/test-mail";
import { asJob } from "./context";
import { mailNoticeTest } from "./incidents/mail-test";
import { mailVersionTest } from "./policies/mail-test";
import { readRows } from "./rows";

const { written } = NOTICE_DAY;

const payload = z.object({
  payload: z.object({
    userId: z.string(),
    byId: z.string(),
    locale: z.string(),
    kind: z.enum(["announcement", "policy_change"]),
    facts: z.string(),
  }),
});

const mailsBy = async (byId: string) =>
  (
    await readRows(db, payload)`
      select payload from graphile_worker._private_jobs where payload ->> 'byId' = ${byId}`
  ).map((row) => row.payload);

async function givenNotice() {
  const desk = await givenNoticeDesk();
  const { id } = await givenAnnouncement(desk, { situation: { "zh-CN": "第一句。" } });
  const ask = (userIds: string[], by = desk.author) =>
    mailNoticeTest(acting(by, written), { noticeId: id, userIds, mailLocale: "zh-CN" });
  return { ...desk, id, ask };
}

test("a test goes to oneself and colleagues, marked in subject and body, on record, and to nobody else", async () => {
  const { author, approver, id, ask } = await givenNotice();
  expect(await ask([author.id, approver.id])).toEqual({ people: 2 });
  expect(await recordOf(id)).toContain("notice.test_mailed");

  const mails = await mailsBy(author.id);
  expect(mails.map(({ userId }) => userId).sort()).toEqual([author.id, approver.id].sort());
  const [mail] = mails;
  const people = await readTestPeople(asJob("mail-test", new Date(0)), {
    userId: author.id,
    byId: author.id,
  });
  expect(people).toEqual({ name: author.name, email: author.email, by: author.name });
  const { subject, text, html } = await renderTestMail({
    told: readFacts(mail?.kind ?? "announcement", JSON.parse(mail?.facts ?? "")),
    sender: { ...SAMPLE_SENDER, locale: "zh-CN", test: { by: author.name } },
    reader: author.name,
  });
  expect(subject).toMatch(/^\[测试\] /);
  for (const body of [text, html]) {
    expect(body).toContain("这是一封测试邮件");
    expect(body).toContain("第一句。");
    expect(body).not.toContain("%%");
  }
});

test("nobody who may not read drafts gets one, no sixth person, and no thirteenth test within an hour", async () => {
  const { author, approver, ask } = await givenNotice();
  const strangers = [await givenPerson("外人"), await givenStaff("handler")];
  for (const { id } of strangers)
    await expect(ask([author.id, id])).rejects.toMatchObject({
      fields: { userIds: ["broadcasts.errors.testStranger"] },
    });
  const many = Array.from({ length: 6 }, () => author.id);
  await expect(ask(many)).rejects.toMatchObject({
    fields: { userIds: ["broadcasts.errors.testTooMany"] },
  });
  await expect(ask([])).rejects.toMatchObject({ code: "invalid" });
  await expect(ask([approver.id], approver)).rejects.toMatchObject({ code: "not_allowed" });
  expect(await mailsBy(author.id)).toEqual([]);

  for (let count = 0; count < 12; count += 1) await ask([author.id]);
  await expect(ask([author.id])).rejects.toMatchObject({
    messageKey: "broadcasts.errors.testsOften",
  });
});

test("a version says what its notice would, once its day is set", async () => {
  const desk = await givenDesk();
  const { id } = await givenDraft(desk);
  const input = { versionId: id, userIds: [desk.author.id], mailLocale: "en" as const };
  await mailVersionTest(acting(desk.author, "2026-01-05 10:30"), input);
  expect(await mailsBy(desk.author.id)).toMatchObject([{ kind: "policy_change", locale: "en" }]);

  await db.execute(sql`update policy_versions set effective_date = null where id = ${id}`);
  await expect(
    mailVersionTest(acting(desk.author, "2026-01-05 10:31"), input),
  ).rejects.toMatchObject({ messageKey: "policies.errors.noTestYet" });
});
