import { eq, isNull, sql } from "drizzle-orm";
import pg from "pg";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { deregistrations, members } from "@/db/schema";
import { env } from "@/lib/env";
import {
  deregistrationOf,
  givenCoolingOff,
  givenSmallAccount,
  isClosed,
} from "@/tests/support/deregistration";
import { recordOf } from "@/tests/support/record";
import { givenWorkers, until } from "@/tests/support/worker";

/** Nothing listens there: the last mail waits, which is not what this test is about. */
const NOBODY = "http://127.0.0.1:9";
const startWorker = givenWorkers();

/** Whether anybody waits for the suppressions, which are looked at after most has been done. */
async function isHeld(): Promise<boolean> {
  const waiting = await db.execute(sql`
    select 1 from pg_locks where relation = 'suppressions'::regclass and not granted`);
  return waiting.rows.length > 0;
}

/** Whether the account's row is free again: no transaction of a dead worker holds it. */
async function isFree(accountId: string): Promise<boolean> {
  const free = await db.execute(
    sql`select 1 from accounts where id = ${accountId} for update skip locked`,
  );
  return free.rows.length > 0;
}

test("P33: a worker killed in the middle of closing an account has done nothing; the next one does all of it, once", async () => {
  const { account, owner } = await givenSmallAccount();
  const { id } = await givenCoolingOff(account, owner);

  // Somebody holds a table the worker needs late, so that it stops half-way.
  const holder = new pg.Client({ connectionString: env().DATABASE_URL });
  await holder.connect();
  await holder.query("begin");
  await holder.query("lock table suppressions in access exclusive mode");
  const first = startWorker(NOBODY);
  // Sending looks at that table too, beside it: what is waited for is that the closing does.
  await until(
    async () => (await isHeld()) && !(await isFree(account.id)),
    "the worker to be half-way",
  );
  first.kill("SIGKILL");
  await holder.query("commit");
  await holder.end();

  await until(() => isFree(account.id), "the dead worker's transaction to end");
  expect(await isClosed(account.id)).toBe(false);
  expect(await deregistrationOf(account.id)).toMatchObject({ status: "cooling_off" });
  expect(await db.$count(members, isNull(members.leftAt))).toBe(2);

  startWorker(NOBODY);
  await until(async () => isClosed(account.id), "the account to be closed");
  const completed = (await recordOf(id)).filter((one) => one === "deregistration.completed");
  expect(completed).toHaveLength(1);
  const told = await db.execute(sql`
    select 1 from broadcasts where subject_id = ${id} and facts ->> 'event' = 'completed'`);
  expect(told.rows).toHaveLength(1);
  expect(await db.$count(deregistrations, eq(deregistrations.status, "completed"))).toBe(1);
}, 120_000);
