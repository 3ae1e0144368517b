import { and, eq, sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";

import { db } from "@/db/client";
import { audienceParts, deliveries, members, users } from "@/db/schema";
import {
  givenMembers,
  mailsOf,
  prepareAll,
  statusOf,
  tellProduct,
} from "@/tests/support/broadcasts";
import { givenProduct, givenStaff } from "@/tests/support/people";
import { resetDatabase } from "@/tests/support/reset-database";

import { asJob, type Context } from "../context";
import { Conflict } from "../errors";
import { cancelRemainder } from "./cancel-remainder";
import { findBroadcast } from "./find";
import { finishBroadcasts } from "./finish";
import { pauseBroadcast } from "./pause";
import { endPreparing, prepareNext } from "./prepare";

const PEOPLE = 1200;
const now = new Date("2026-03-02T02:00:00Z");
const later = new Date("2026-03-02T02:01:00Z");
const worker = asJob("prepare-broadcasts", later);
let author: Context;
let productId: string;
let broadcastId: string;

/** Too many to have their deliveries with the approval. */
beforeEach(async () => {
  await resetDatabase();
  productId = (await givenProduct()).id;
  await givenMembers(productId, PEOPLE, "crowd");
  author = { actor: await givenStaff("author"), now };
  const told = await tellProduct({ actor: await givenStaff("approver"), now }, productId);
  expect(told.people).toBe(PEOPLE);
  broadcastId = told.id;
});

const prepare = () => prepareAll(later);
const board = () => findBroadcast(author, { id: broadcastId });
const [inbox, mail] = [eq(deliveries.channel, "inbox"), eq(deliveries.channel, "email")];
const someone = async (n: number) => {
  const [person] = await db
    .select()
    .from(users)
    .where(eq(users.email, `crowd${n}@crowd.example`));
  return person!.id;
};

test("P41: a large audience is frozen with the approval: who joins later is not in, who leaves or is erased stays counted", async () => {
  expect(await db.$count(deliveries)).toBe(0);
  await givenMembers(productId, 5, "late");
  const [leaver, erased] = [await someone(1), await someone(2)];
  await db.update(members).set({ leftAt: later }).where(eq(members.userId, leaver));
  await db.execute(sql`
    update users set erased_at = now(), name = 'U-' || left(id::text, 8), email = id::text || '@erased.invalid'
    where id = ${erased}`);
  await prepare();

  expect(await db.$count(deliveries, inbox)).toBe(PEOPLE);
  expect(await mailsOf(broadcastId)).toEqual({ queued: PEOPLE - 1, cancelled: 1 });
  const told = await db
    .select()
    .from(deliveries)
    .where(and(mail, eq(deliveries.userId, leaver)));
  expect(told).toMatchObject([{ status: "queued", address: "crowd1@crowd.example" }]);
  const gone = await db
    .select()
    .from(deliveries)
    .where(and(mail, eq(deliveries.userId, erased)));
  expect(gone).toMatchObject([{ status: "cancelled", address: null, settledAt: later }]);
  expect(await db.$count(audienceParts)).toBe(0);
});

test("the board says how far the preparing is, and at its end that it is over", async () => {
  expect(await board()).toMatchObject({ people: PEOPLE, peopleAhead: PEOPLE, preparedAt: null });
  const written = await prepareNext(worker, {});
  expect(written).toBeGreaterThan(500);
  expect(written).toBeLessThan(PEOPLE);
  expect(await board()).toMatchObject({ peopleAhead: PEOPLE - written, preparedAt: null });
  await endPreparing(worker, {});
  expect(await statusOf(broadcastId)).toMatchObject({ preparedAt: null });
  await prepare();
  expect(await board()).toMatchObject({ peopleAhead: 0, preparedAt: later });
});

test("whoever is killed has written nothing; workers at once write each person once, for each of their accounts", async () => {
  await db.execute(sql`
    insert into members (account_id, user_id, role, joined_at)
    select a.id, ${await someone(1)}, 'legal', now() from accounts a where a.uin = 'crowd-crowd9@crowd.example'`);
  const second = await tellProduct({ actor: await givenStaff("approver"), now }, productId);
  const killed = db.transaction(async (tx) => {
    expect(await prepareNext({ ...worker, tx }, {})).toBeGreaterThan(0);
    throw new Error("killed");
  });
  await expect(killed).rejects.toThrow("killed");
  expect(await db.$count(deliveries)).toBe(0);

  await Promise.all([prepare(), prepare(), prepare(), prepare()]);
  await prepare();
  for (const id of [broadcastId, second.id]) {
    expect(await mailsOf(id)).toEqual({ queued: PEOPLE });
    expect(await statusOf(id)).toMatchObject({ preparedAt: later });
  }
  const both = await db
    .select({ accounts: sql<number>`cardinality(account_ids)` })
    .from(deliveries)
    .where(and(mail, eq(deliveries.userId, await someone(1))));
  expect(both.map(({ accounts }) => accounts).sort()).toEqual([1, 2]);
});

test("while it is prepared it may be paused, but neither ends nor loses its remainder", async () => {
  await finishBroadcasts(worker, {});
  expect(await statusOf(broadcastId)).toMatchObject({ status: "sending" });
  await pauseBroadcast(author, { broadcastId });
  const cancel = { broadcastId, typedMails: 0, reason: "正文有误" };
  await expect(cancelRemainder(author, cancel)).rejects.toThrow(
    new Conflict("broadcasts.errors.stillPreparing"),
  );
  await prepare();
  expect(await mailsOf(broadcastId)).toEqual({ queued: PEOPLE });
});

test("what deliveries name is never deleted, though no foreign key keeps it", async () => {
  await prepare();
  for (const [table, id] of [
    ["users", await someone(1)],
    ["broadcasts", broadcastId],
  ])
    await expect(
      db.execute(sql`delete from ${sql.identifier(table!)} where id = ${id}`),
    ).rejects.toMatchObject({ cause: { code: "23001" } });
});

test("P41: what is smaller is prepared before what was told earlier to more", async () => {
  const { id: fewer } = await givenProduct();
  await givenMembers(fewer, 1001, "fewer");
  const told = await tellProduct({ actor: await givenStaff("approver"), now }, fewer);
  await prepareNext(worker, {});
  expect(await db.$count(deliveries, eq(deliveries.broadcastId, told.id))).toBeGreaterThan(0);
  expect(await db.$count(deliveries, eq(deliveries.broadcastId, broadcastId))).toBe(0);
});
