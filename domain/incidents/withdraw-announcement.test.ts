import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { broadcasts, deliveries, users } from "@/db/schema";
import { acting, beijing } from "@/tests/support/context";
import { freezeAll, sendNextBatch } from "@/tests/support/broadcasts";
import {
  givenAffected,
  givenAnnouncement,
  givenNoticeDesk,
  published,
} from "@/tests/support/notices";
import { givenMember } from "@/tests/support/people";

import { findAnnouncement } from "../broadcasts/find-announcement";
import { ANONYMOUS } from "../context";
import { listInbox } from "../inbox/list";
import { listPublicNotices } from "./list-public-notices";
import { proposeAnnouncementWithdrawal, withdrawAnnouncement } from "./withdraw-announcement";

const LATER = "2026-11-22 15:00";
const reason = "维护改期。";

test("a published announcement is withdrawn: the same people are told once, and it says so wherever it stands", async () => {
  const desk = await givenNoticeDesk();
  const { account, owner: reader } = await givenAffected(desk.productId, {});
  const quiet = await givenMember(account.id, "member");
  await db.update(users).set({ wantsAnnouncementMails: false }).where(eq(users.id, quiet.id));
  const notice = await published(desk, await givenAnnouncement(desk), { typedPeople: 2 });
  await freezeAll(beijing(LATER));
  while ((await sendNextBatch(beijing(LATER))).length > 0);

  await proposeAnnouncementWithdrawal(acting(desk.author, LATER), { noticeId: notice.id, reason });
  const { broadcastId, people } = await withdrawAnnouncement(acting(desk.approver, LATER), {
    noticeId: notice.id,
  });

  const rows = async (kind: "announcement" | "withdrawal") => {
    const found = await db
      .select({ userId: deliveries.userId, channel: deliveries.channel })
      .from(deliveries)
      .innerJoin(broadcasts, eq(broadcasts.id, deliveries.broadcastId))
      .where(and(eq(broadcasts.subjectId, notice.id), eq(broadcasts.kind, kind)));
    return found.map(({ userId, channel }) => `${userId} ${channel}`).toSorted();
  };
  expect(await rows("withdrawal")).toEqual(await rows("announcement"));
  expect(await rows("withdrawal")).not.toContain(`${quiet.id} email`);
  expect(people).toBe(new Set((await rows("announcement")).map((row) => row.split(" ")[0])).size);

  const anybody = { actor: ANONYMOUS, now: beijing(LATER) };
  expect(await findAnnouncement(anybody, { id: notice.broadcastId ?? "" })).toMatchObject({
    withdrawnAt: beijing(LATER),
    withdrawalId: broadcastId,
  });
  expect(await listPublicNotices(anybody, { limit: 5 })).toMatchObject([
    { id: notice.id, withdrawnAt: beijing(LATER) },
  ]);
  const inbox = await listInbox(acting(reader, LATER), {});
  expect(inbox.rows.map((one) => [one.told.kind, one.withdrawnAt])).toEqual([
    ["withdrawal", null],
    ["announcement", beijing(LATER)],
  ]);
});

test("a draft of an announcement is discarded, not withdrawn", async () => {
  const desk = await givenNoticeDesk();
  const draft = await givenAnnouncement(desk);

  await expect(
    proposeAnnouncementWithdrawal(acting(desk.author, LATER), { noticeId: draft.id, reason }),
  ).rejects.toMatchObject({ messageKey: "broadcasts.errors.noWithdrawal" });
});
