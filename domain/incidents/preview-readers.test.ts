import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";

import { db } from "@/db/client";
import { mailBatches } from "@/db/schema";
import { freezeAll } from "@/tests/support/broadcasts";
import { acting, beijing } from "@/tests/support/context";
import {
  givenAffected,
  givenIncident,
  givenNotice,
  givenNoticeDesk,
  NOTICE_DAY,
  noticeNow,
  published,
} from "@/tests/support/notices";
import { givenAccount, givenMember } from "@/tests/support/people";
import { resetDatabase } from "@/tests/support/reset-database";

import { listNoticeReaders } from "./preview-readers";

beforeEach(resetDatabase);

async function given() {
  const desk = await givenNoticeDesk();
  const { account, owner } = await givenAffected(desk.productId, {});
  const incident = await givenIncident(desk);
  const notice = await givenNotice(desk, { incidentId: incident.id });
  return { desk, account, owner, notice, author: acting(desk.author, NOTICE_DAY.written) };
}

test("a preview names a recipient, their accounts and apps in the very words of the mail that leaves later", async () => {
  const { desk, account, owner, notice, author } = await given();
  const [reader] = await listNoticeReaders(author, { noticeId: notice.id, uin: account.uin });
  expect(reader).toMatchObject({ id: owner.id, name: owner.name });

  await published(desk, notice, { typedPeople: 1 });
  const now = beijing("2026-11-20 10:00");
  expect(await freezeAll(now)).toBe(1);
  const { broadcastId } = await noticeNow(notice.id);
  const batches = await db
    .select()
    .from(mailBatches)
    .where(eq(mailBatches.broadcastId, broadcastId ?? ""));
  expect(batches.map(({ names, accounts, apps }) => [names, accounts, apps])).toEqual([
    [[reader?.name], [reader?.accounts], [reader?.apps]],
  ]);
});

test("an account that the notice does not concern has no readers", async () => {
  const { notice, author } = await given();
  const other = await givenAccount({});
  await givenMember(other.id, "owner");
  expect(await listNoticeReaders(author, { noticeId: notice.id, uin: other.uin })).toEqual([]);
});
