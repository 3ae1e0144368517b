import { and, eq, sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";

import {
  countOf,
  type DeliveryOutcome,
  outcomeOf,
  outcomesOf,
} from "@/components/broadcasts/delivery-counts";
import { db } from "@/db/client";
import { deliveries, mailBatches, suppressions } from "@/db/schema";
import type { Channel } from "@/db/vocabulary/broadcasts";
import {
  freezeAll,
  givenMembers,
  providerReports,
  sendNextBatch,
  tellProduct,
} from "@/tests/support/broadcasts";
import { acting, beijing } from "@/tests/support/context";
import { givenProduct, givenStaff } from "@/tests/support/people";
import { resetDatabase } from "@/tests/support/reset-database";
import { statementsOf } from "@/tests/support/statements";

import { cancelRemainder } from "./cancel-remainder";
import { readCourse } from "./course";
import { findBroadcast } from "./find";
import { pauseBroadcast } from "./pause";
import { resumeBroadcast } from "./resume";

const START = "2026-03-02 10:00";
type Board = Awaited<ReturnType<typeof boardOf>>;
let board: Board;

/**
 * Twelve people: one address stopped before, eight handed over (five delivered, one of them a complaint
 * later; one bounced; one of unknown outcome; one without news), two times paused, three cancelled.
 */
beforeAll(async () => {
  await resetDatabase();
  const product = await givenProduct();
  await givenMembers(product.id, 12, "crowd");
  const address = (n: number) => `crowd${n}@crowd.example`;
  await db.insert(suppressions).values({
    ...{ address: address(1), reason: "bounced" as const, since: beijing("2026-01-01 10:00") },
  });
  const [author, approver] = [await givenStaff("author"), await givenStaff("approver")];
  const { id } = await tellProduct(acting(approver, START), product.id);
  await freezeAll(beijing(START));
  // Batches are claimed in any order: the three English mails wait.
  const later = beijing("2099-01-01 00:00");
  await db.update(mailBatches).set({ nextAttemptAt: later }).where(eq(mailBatches.size, 3));
  expect(await sendNextBatch(beijing(START))).toHaveLength(8);
  const people = [2, 3, 5, 6, 7, 9, 10, 11].map(address);
  await pauseBroadcast(acting(author, "2026-03-02 10:05"), { broadcastId: id });
  await resumeBroadcast(acting(author, "2026-03-02 10:10"), { broadcastId: id });
  await pauseBroadcast(acting(author, "2026-03-02 10:20"), { broadcastId: id });
  await cancelRemainder(acting(author, "2026-03-02 10:25"), {
    ...{ broadcastId: id, typedMails: 3, reason: "正文有误" },
  });
  const reports = ["delivered", "delivered", "delivered", "delivered", "delivered", "bounced"];
  for (const [index, type] of reports.entries())
    await providerReports(people[index]!, `email.${type}`, beijing(`2026-03-02 10:1${index}`));
  await providerReports(people[0]!, "email.complained", beijing("2026-03-02 10:30"));
  await db
    .update(deliveries)
    .set({ status: "unknown" })
    .where(and(eq(deliveries.address, people[6]!), eq(deliveries.channel, "email")));
  await db
    .update(deliveries)
    .set({ readAt: beijing("2026-03-02 11:00") })
    .where(
      and(
        eq(deliveries.channel, "inbox"),
        sql`user_id in (select id from users where email in (${address(1)}, ${address(4)}))`,
      ),
    );
  board = await boardOf(id, approver);
}, 60_000);

async function boardOf(id: string, reader: Awaited<ReturnType<typeof givenStaff>>) {
  const ctx = acting(reader, "2026-03-02 11:00");
  const broadcast = await findBroadcast(ctx, { id });
  const of = (channel: Channel) => broadcast.totals.filter((one) => one.channel === channel);
  const course = await readCourse(ctx, broadcast);
  return { ctx, broadcast, course, mails: of("email"), messages: of("inbox") };
}

test("mails that arrived and messages read agree with the board's totals", () => {
  const { course, mails, messages } = board;
  const { arrived, unknown, cancelled, missed, underWay } = outcomesOf(mails);
  expect([countOf(mails), arrived, unknown, cancelled, missed, underWay]).toEqual([
    12, 5, 1, 3, 2, 1,
  ]);
  expect([countOf(messages), course.read]).toEqual([12, 2]);

  const came = (wanted: DeliveryOutcome) =>
    course.outcomes
      .filter(({ status }) => outcomeOf(status) === wanted)
      .reduce((sum, { count }) => sum + count, 0);
  expect([came("arrived"), came("missed"), came("unknown")]).toEqual([arrived, missed, 0]);
});

test("a mail arrived when it arrived, even if somebody complained of it later; pauses are those on the record", () => {
  const { course } = board;
  expect(course.outcomes.find(({ status }) => status === "complained")?.at).toEqual(
    beijing("2026-03-02 10:10"),
  );
  expect(course.pauses).toEqual([
    { from: beijing("2026-03-02 10:05"), to: beijing("2026-03-02 10:10") },
    { from: beijing("2026-03-02 10:20"), to: beijing("2026-03-02 10:25") },
  ]);
});

test("however many mails there are, the course is read by three statements and in at most 160 stretches", async () => {
  const { ctx, broadcast } = board;
  expect(await statementsOf(() => readCourse(ctx, broadcast))).toHaveLength(3);
  await db.execute(sql`
    insert into users (email, name, locale, created_at)
      select 'far' || n || '@crowd.example', '收件人', 'zh-CN', now() from generate_series(1, 400) n`);
  await db.execute(sql`
    insert into deliveries (broadcast_id, channel, user_id, account_ids, locale, status, created_at, settled_at)
      select ${broadcast.id}, 'email', id, '{}', locale, 'delivered', now(),
        ${broadcast.startedAt.toISOString()}::timestamptz + row_number() over (order by id) * interval '1 minute'
      from users where email like 'far%'`);
  const { outcomes } = await readCourse(ctx, broadcast);
  const delivered = outcomes.filter(({ status }) => status === "delivered");
  expect(delivered.length).toBeLessThanOrEqual(160);
  expect(delivered.reduce((sum, { count }) => sum + count, 0)).toBe(404);
});
