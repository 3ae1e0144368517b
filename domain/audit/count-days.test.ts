import { sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";

import { db } from "@/db/client";
import { acting } from "@/tests/support/context";
import { asOwner } from "@/tests/support/owner";
import { givenStaff } from "@/tests/support/people";
import { resetDatabase } from "@/tests/support/reset-database";
import { statementsOf } from "@/tests/support/statements";

import type { Context } from "../context";
import { countAuditDays } from "./count-days";
import { listAuditEntries } from "./list";

let auditor: Context;
beforeEach(async () => {
  await resetDatabase();
  auditor = acting(await givenStaff("auditor"), "2026-03-31 12:00");
});

/** Entries of one moment; `importId` makes them single changes of an import. */
const leave = (at: string, count: number, importId: string | null = null) =>
  db.execute(sql`
    insert into audit_entries (at, action, actor_kind, actor_id, subject_type, subject_id, after)
    select ${`${at}+08`}::timestamptz, 'account.edited', 'person', 'x', 'account', 's' || n,
      jsonb_build_object('importId', ${importId}::text) from generate_series(1, ${count}::int) n`);

test("thirty days of Beijing's calendar, each with as many entries as the list shows of it", async () => {
  await leave("2026-03-01 23:59", 9);
  await leave("2026-03-02 00:00", 2);
  await leave("2026-03-30 23:59", 3);
  await leave("2026-03-31 00:00", 1);
  await leave("2026-03-31 01:00", 5, "00000000-0000-4000-8000-000000000001");

  const days = await countAuditDays(auditor, {});
  expect(days).toHaveLength(30);
  expect(days[0]).toEqual({ day: "2026-03-02", count: 2 });
  expect(days.slice(-2).map(({ count }) => count)).toEqual([3, 1]);
  expect(days.filter(({ count }) => count === 0)).toHaveLength(27);
  for (const { day, count } of [days[0]!, days[28]!, days[29]!]) {
    const { rows } = await listAuditEntries(auditor, { from: day, to: day });
    expect(rows).toHaveLength(count ?? -1);
  }
});

test("no more than so many are looked at: a day that may not be whole, and what lies before, is not counted", async () => {
  await leave("2026-03-10 12:00", 4);
  await leave("2026-03-20 12:00", 4);
  await leave("2026-03-30 12:00", 4);

  const days = await countAuditDays(auditor, { most: 6 });
  const count = (wanted: string) => days.find(({ day }) => day === wanted)?.count;
  expect([count("2026-03-10"), count("2026-03-20"), count("2026-03-21")]).toEqual([null, null, 0]);
  expect(count("2026-03-30")).toBe(4);
});

test("it is one statement, which reads by the index of the moments and stops", async () => {
  await leave("2026-03-30 12:00", 3000);
  await leave("2025-03-30 12:00", 20000);
  await asOwner((own) => own.execute(sql`analyze audit_entries`));
  const asked = await statementsOf(() => countAuditDays(auditor, {}));
  expect(asked).toHaveLength(1);
  const { rows } = await db.execute<{ "QUERY PLAN": string }>(sql`
    explain select at from audit_entries
    where at >= '2026-03-02+08' and after ->> 'importId' is null order by at desc limit 20000`);
  const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
  expect(plan).toContain("audit_entries_at_index");
  expect(plan).not.toContain("Seq Scan");
});

test("who may not read the record may not count it", async () => {
  const support = acting(await givenStaff("support"), "2026-03-31 12:00");
  await expect(countAuditDays(support, {})).rejects.toMatchObject({ code: "not_allowed" });
});
