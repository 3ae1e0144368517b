import { sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { accounts } from "@/db/schema";

import type { Change } from "../audit/entries";
import { Conflict } from "../errors";
import { readRows } from "../rows";
import type { RecordedStep } from "../verb";
import type { AccountRow } from "./csv-rows";
import { compare, type Planned, problemOf } from "./row-plan";
import type { Lined, Problem } from "./read-csv";

export type AccountPlan = {
  kind: "accounts";
  planned: Planned<AccountRow>[];
  problems: Problem[];
};

export async function accountsByUin(db: Db | Tx, uins: readonly string[]) {
  const rows = await db
    .select()
    .from(accounts)
    .where(sql`${accounts.uin} = any(${sql.param([...new Set(uins)])}::text[])`);
  return new Map(rows.map((account) => [account.uin, account]));
}

export async function planAccounts(
  db: Db | Tx,
  rows: readonly Lined<AccountRow>[],
): Promise<AccountPlan> {
  const known = await accountsByUin(
    db,
    rows.map(({ uin }) => uin),
  );
  const planned: Planned<AccountRow>[] = [];
  const problems: Problem[] = [];
  for (const row of rows) {
    const there = known.get(row.uin);
    if (there?.closedAt)
      problems.push(problemOf(row.line, { column: "uin", key: "accountClosed", found: row.uin }));
    else planned.push(compare(row, there?.id ?? null, [["name", there?.name ?? null, row.name]]));
  }
  return { kind: "accounts", planned, problems };
}

const enteredRow = z.object({ id: z.string(), uin: z.string(), name: z.string() });

/** Writes what was planned, set-wise. @throws Conflict when somebody entered one meanwhile */
export async function writeAccounts(
  { tx, now, recordEach }: RecordedStep,
  { planned }: AccountPlan,
  importId: string,
): Promise<void> {
  const added = planned.filter(({ state }) => state === "added");
  const changed = planned.filter(({ state }) => state === "changed");

  const entered = await readRows(tx, enteredRow)`
    insert into accounts (uin, name, created_at)
    select r.uin, r.name, ${now.toISOString()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(added.map(({ row }) => row))}::jsonb)
      as r(uin text, name text)
    on conflict do nothing
    returning id, uin, name`;
  if (entered.length !== added.length) throw new Conflict("accounts.errors.importMoved");
  await tx.execute(sql`
    update accounts set name = r.name
    from jsonb_to_recordset(${JSON.stringify(changed.map(({ row, id }) => ({ ...row, id })))}::jsonb)
      as r(id uuid, name text)
    where accounts.id = r.id`);

  await recordEach(
    "account.created",
    entered.map(({ id, ...account }) => ({ id, after: { ...account, importId } })),
  );
  await recordEach(
    "account.edited",
    changed.flatMap((one) => renamed(one, importId)),
  );
}

function renamed(
  { row, id, changes }: Planned<AccountRow>,
  importId: string,
): Change<"account.edited">[] {
  const before = changes.find(({ field }) => field === "name")?.from;
  if (id === null || !before) return [];
  return [{ id, before: { name: before }, after: { name: row.name, importId } }];
}
