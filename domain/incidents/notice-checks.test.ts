import { beforeAll, expect, test } from "vitest";

import { env } from "@/lib/env";
import { acting } from "@/tests/support/context";
import {
  explainNoticeFindings,
  givenAffected,
  givenAnnouncement,
  givenNoticeDesk,
  NOTICE_DAY,
  type NoticeDesk,
  noticeNow,
  submitted,
} from "@/tests/support/notices";
import { givenStaff } from "@/tests/support/people";
import { recordOf } from "@/tests/support/record";

import { explainNotice } from "./explain-notice";
import { findNotice } from "./find-notice";
import { listNoticeChecks, MOST_MAIL_BYTES } from "./notice-checks";
import { approveNotice } from "./review-notice";
import { submitNotice } from "./submit-notice";

let desk: NoticeDesk;
const author = () => acting(desk.author, NOTICE_DAY.written);
const both = (zh: string, en = "Words.") => ({ "zh-CN": zh, en });
/** Complete in both languages, so that nothing is found but what a test writes. */
const whole = (situation: ReturnType<typeof both>) =>
  givenAnnouncement(desk, {
    ...{ title: both("标题"), situation, measures: [], adviceDevelopers: [], adviceEndUsers: {} },
    visibility: "affected",
  });
const found = async (noticeId: string, mails = {}) =>
  (await listNoticeChecks(author(), { noticeId, mails })).map(({ check, findings }) => ({
    check,
    ...findings[0],
  }));

beforeAll(async () => {
  desk = await givenNoticeDesk();
  await givenAffected(desk.productId, { platforms: { android: "8.0.0" } });
});

test("a notice whole in both languages has no finding, and is submitted without a word", async () => {
  const { id: noticeId, revision } = await whole(both("全部如常。见 https://docs.example/a 。"));
  expect(await found(noticeId)).toEqual([]);
  await submitNotice(author(), { noticeId, revision });
});

test.each([
  ["variables", "自{{开始时间}}起"],
  ["links", "见 http://docs.example/a"],
  ["identities", "号码 11010519491231002X"],
])(
  "%s are only mended: no word lets them through, and the refusal stands at its check",
  async (check, text) => {
    const { id: noticeId, revision } = await whole(both(text));
    const [result] = await listNoticeChecks(author(), { noticeId });
    expect(result).toMatchObject({ check, isBlocking: true });
    const explanations = { [check]: { digest: result?.digest ?? "", reason: "就这样。" } };
    await expect(
      explainNotice(author(), { noticeId, revision, explanations }),
    ).rejects.toMatchObject({
      messageKey: "notices.errors.foundOtherwise",
    });
    await expect(submitNotice(author(), { noticeId, revision })).rejects.toMatchObject({
      fields: { [`explanations.${check}`]: ["notices.errors.missing.mend"] },
    });
  },
);

test("a link to a document that the portal does not have is dead; one to a page of it is not", async () => {
  const at = (path: string) => `见 [指引](${env().APP_ORIGIN}${path})`;
  for (const path of ["/zh-CN/policies/nowhere", "/policies/nowhere"]) {
    const dead = await whole(both(at(path)));
    expect(await found(dead.id)).toEqual([
      { ...{ check: "links", place: "situation.zh-CN" }, words: `${env().APP_ORIGIN}${path}` },
    ]);
  }
  // What names no language is led on to the reader's.
  for (const path of ["/zh-CN/announcements", "/announcements"]) {
    const there = await whole(both(at(path)));
    expect(await found(there.id)).toEqual([]);
  }
});

test("personal data are explained in words, which the second person reads and the record keeps in part", async () => {
  const { id: noticeId, revision } = await whole(both("请打 13812345678", "Call 13812345678"));
  await expect(submitNotice(author(), { noticeId, revision })).rejects.toMatchObject({
    fields: { "explanations.personal": ["notices.errors.missing.explanation"] },
  });
  await explainNoticeFindings(author(), { id: noticeId, revision });
  const again = { noticeId, revision, explanations: {} };
  expect(await explainNotice(author(), again)).toEqual({ explained: 0 });
  expect(
    (await recordOf(noticeId)).filter((one) => one === "notice.checks_explained"),
  ).toHaveLength(1);
  await submitNotice(author(), { noticeId, revision });

  const reviewer = acting(desk.approver, NOTICE_DAY.approved);
  const [seen] = await listNoticeChecks(reviewer, { noticeId });
  expect(seen).toMatchObject({
    check: "personal",
    explanation: { reason: "译文随后补上。", by: desk.author.id },
    findings: [{ words: "138****678" }, { words: "138****678" }],
  });
});

test("who explains is a writer, and may not approve", async () => {
  const other = await givenStaff("author");
  const { id: noticeId, revision } = await whole(both("请打 13812345678"));
  const [{ digest = "" } = {}] = await listNoticeChecks(author(), { noticeId });
  await explainNotice(acting(other, NOTICE_DAY.written), {
    ...{ noticeId, revision },
    explanations: { personal: { digest, reason: "是公开的客服号码。" } },
  });
  const { contentHash } = await submitted(desk, { id: noticeId, revision });
  expect((await noticeNow(noticeId)).writerIds).toContain(other.id);
  const approving = { ...other, staffRoles: ["approver" as const] };
  await expect(
    approveNotice(acting(approving, NOTICE_DAY.approved), { noticeId, contentHash }),
  ).rejects.toMatchObject({ messageKey: "notices.errors.ownWork" });
});

test("a language without words is told, and readers get the binding text once its author says so", async () => {
  const { id: noticeId } = await whole({ "zh-CN": "只有中文。", en: "" });
  expect(await found(noticeId)).toEqual([
    { check: "language", place: "situation.en", words: null },
  ]);
});

test("a mail of more than 102 kB is refused by its words, and explained where a reader's many apps make it so", async () => {
  const { id: noticeId, revision } = await whole(both("全部如常。"));
  const mails = { "zh-CN": MOST_MAIL_BYTES + 1, en: 20_000 };
  expect(await found(noticeId, mails)).toEqual([
    { check: "mail_too_large", place: "zh-CN", words: "103" },
  ]);
  await expect(submitNotice(author(), { noticeId, revision, mails })).rejects.toMatchObject({
    fields: { "explanations.mail_too_large": ["notices.errors.missing.mend"] },
  });
  const near = { "zh-CN": MOST_MAIL_BYTES - 5, en: 20_000 };
  expect(await found(noticeId, near)).toEqual([
    { check: "mail_clipped", place: "zh-CN", words: "103" },
  ]);
  const most = { en: MOST_MAIL_BYTES };
  await expect(submitNotice(author(), { noticeId, revision, mails: most })).rejects.toMatchObject({
    fields: { "explanations.mail_clipped": ["notices.errors.missing.explanation"] },
  });
});

test("what was explained of other findings counts no more", async () => {
  const { id, revision } = await whole(both("请打 13812345678"));
  await explainNoticeFindings(author(), { id, revision });
  const { notice } = await findNotice(author(), { noticeId: id });
  expect(Object.keys(notice.explanations)).toEqual(["personal"]);
  const other = await whole(both("请打 13912345670"));
  const [{ explanation } = {}] = await listNoticeChecks(author(), { noticeId: other.id });
  expect(explanation).toBeNull();
});
