import { eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { broadcasts, reviews } from "@/db/schema";
import { acting } from "@/tests/support/context";
import {
  composed,
  givenAffected,
  givenIncident,
  givenNotice,
  givenNoticeDesk,
  NOTICE_DAY,
  noticeNow,
  submitted,
} from "@/tests/support/notices";

import { editNotice } from "./edit-notice";
import { approveNotice } from "./review-notice";

const AT = NOTICE_DAY.approved;
const ANDROID = { platforms: ["android" as const], versionRange: ">=7.9.0 <8.1.0" };

/** A product with one affected account and one that is not. */
async function given() {
  const desk = await givenNoticeDesk();
  const { id: incidentId } = await givenIncident(desk);
  await givenAffected(desk.productId, { platforms: { android: "8.0.1" } });
  await givenAffected(desk.productId, { platforms: { android: "8.1.0" } });
  return { ...desk, incidentId, approve: acting(desk.approver, AT) };
}

test("fifty approvals at once publish once and tell once", async () => {
  const { approve, ...desk } = await given();
  const notice = await submitted(
    desk,
    await givenNotice(desk, { incidentId: desk.incidentId, audience: ANDROID }),
  );
  const seen = { noticeId: notice.id, contentHash: notice.contentHash };
  const results = await Promise.allSettled(
    Array.from({ length: 50 }, () => approveNotice(approve, seen)),
  );
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  for (const result of results)
    if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "conflict" });
  expect(await db.$count(broadcasts, eq(broadcasts.subjectId, notice.id))).toBe(1);
  expect(await db.$count(reviews, eq(reviews.subjectId, notice.id))).toBe(1);
});

test("approve and edit at once: one wins and the other is told", async () => {
  for (let round = 0; round < 6; round += 1) {
    const { approve, ...desk } = await given();
    const notice = await submitted(
      desk,
      await givenNotice(desk, { incidentId: desk.incidentId, audience: ANDROID }),
    );
    const acts = [
      () => approveNotice(approve, { noticeId: notice.id, contentHash: notice.contentHash }),
      () =>
        editNotice(
          acting(desk.author, AT),
          composed(notice, { adviceEndUsers: { "zh-CN": "换了一句。" } }),
        ),
    ];
    if (round % 2) acts.reverse();
    const results = await Promise.allSettled(acts.map((act) => act()));
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const lost = results.find((result) => result.status === "rejected");
    expect(lost?.reason).toMatchObject({ code: "conflict" });
    const { status } = await noticeNow(notice.id);
    const told = await db.$count(broadcasts, eq(broadcasts.subjectId, notice.id));
    expect([status, told]).toEqual(status === "published" ? ["published", 1] : ["draft", 0]);
  }
});
