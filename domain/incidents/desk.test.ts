import { beforeEach, describe, expect, test } from "vitest";

import { acting } from "@/tests/support/context";
import {
  composed,
  explainNoticeFindings,
  givenAffected,
  givenIncident,
  givenNotice,
  givenNoticeDesk,
  NOTICE_DAY,
  type NoticeDesk,
  published,
  submitted,
} from "@/tests/support/notices";

import { editNotice } from "./edit-notice";
import { findNotice } from "./find-notice";
import { listIncidents } from "./list-incidents";
import { readNoticesAhead } from "./list-notices";
import { rejectNotice } from "./review-notice";
import { submitNotice } from "./submit-notice";

let desk: NoticeDesk;
let incident: { id: string };

beforeEach(async () => {
  desk = await givenNoticeDesk();
  incident = await givenIncident(desk);
  await givenAffected(desk.productId, { platforms: { android: "8.0.1" } });
});

const author = () => acting(desk.author, NOTICE_DAY.written);
const approver = () => acting(desk.approver, NOTICE_DAY.approved);
const REASON = "请写明影响的版本。";

async function sentBack() {
  const draft = await givenNotice(desk, { incidentId: incident.id });
  const { id, revision, contentHash } = await submitted(desk, draft);
  await rejectNotice(approver(), { noticeId: id, contentHash, reason: REASON });
  return { id, revision };
}

describe("what a reviewer compares with", () => {
  test("is what was sent back, word by word", async () => {
    const { id, revision } = await sentBack();
    await editNotice(
      acting(desk.author, "2026-11-20 10:10"),
      composed({ id, revision }, { situation: { "zh-CN": "影响 7.9 至 8.0。" } }),
    );

    const { reviews, notice } = await findNotice(author(), { noticeId: id });
    expect(reviews).toMatchObject([
      {
        decision: "rejected",
        judged: {
          parts: { situation: { "zh-CN": "缓存文件的权限过宽。" } },
          incident: { severity: expect.any(String), discoveredAt: expect.stringMatching(/Z$/) },
        },
      },
    ]);
    expect(notice.parts.situation).toEqual({ "zh-CN": "影响 7.9 至 8.0。" });
  });

  test("is also the notice before it; nothing for the first", async () => {
    const first = await givenNotice(desk, { incidentId: incident.id });
    expect((await findNotice(author(), { noticeId: first.id })).beneath).toBeNull();
    await published(desk, first, { typedPeople: 1 });

    const next = await givenNotice(desk, { incidentId: incident.id, type: "update" });
    expect((await findNotice(author(), { noticeId: next.id })).beneath).toMatchObject({
      sequence: 1,
    });
  });
});

test("a draft that has come back carries the reviewer's words until somebody changes it", async () => {
  const { id, revision } = await sentBack();
  const words = async () =>
    (await readNoticesAhead(author(), { ids: [id] })).find((one) => one.id === id)?.rejection;
  expect(await words()).toBe(REASON);

  await editNotice(
    acting(desk.author, "2026-11-20 10:10"),
    composed({ id, revision }, { situation: { "zh-CN": "改过了。" } }),
  );
  expect(await words()).toBeNull();
});

test("an audience of nobody stands among what is missing, and is not submitted", async () => {
  const { id, revision } = await givenNotice(desk, {
    incidentId: incident.id,
    audience: { platforms: ["unity"] },
  });
  const audience = ["notices.errors.audience.empty"];

  expect((await findNotice(author(), { noticeId: id })).missing).toEqual({ audience });
  await expect(submitNotice(author(), { noticeId: id, revision })).rejects.toMatchObject({
    fields: { audience },
  });
});

test("fifty submissions at once leave one notice in review, with one fingerprint", async () => {
  const { id, revision } = await givenNotice(desk, { incidentId: incident.id });
  await explainNoticeFindings(author(), { id, revision });

  const hashes = await Promise.all(
    Array.from({ length: 50 }, () => submitNotice(author(), { noticeId: id, revision })),
  );

  expect(new Set(hashes.map(({ contentHash }) => contentHash)).size).toBe(1);
  expect((await findNotice(author(), { noticeId: id })).notice.status).toBe("in_review");
});

test("each shelf counts its incidents and lists them", async () => {
  const { rows, counts } = await listIncidents(author(), { shelf: "investigating" });

  expect(rows.map(({ id }) => id)).toContain(incident.id);
  expect(counts.investigating).toBeGreaterThanOrEqual(1);
  expect(counts.open).toBe(
    counts.investigating + counts.reopened + counts.contained + counts.resolved,
  );
  expect((await listIncidents(author(), { shelf: "closed" })).rows).not.toContainEqual(
    expect.objectContaining({ id: incident.id }),
  );
});
