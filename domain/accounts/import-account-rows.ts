import { sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { type Account, accounts } from "@/db/schema";

import type { Change } from "../audit/entries";
import { Conflict } from "../errors";
import { readRows } from "../rows";
import type { RecordedStep } from "../verb";
import type { AccountRow } from "./csv-rows";
import { compare, type Field, type Planned, problemOf } from "./row-plan";
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
    else planned.push(compare(row, there?.id ?? null, fieldsOf(row, there)));
  }
  return { kind: "accounts", planned, problems };
}

/** A row without a tier leaves a known account where it is; null takes its tier away. */
function fieldsOf({ name, tier }: AccountRow, there?: Account): Field[] {
  const was = there?.tier ?? null;
  const ranked: Field[] =
    tier === undefined || (was ?? tier) === null ? [] : [["tier", was, tier ?? ""]];
  return [["name", there?.name ?? null, name], ...ranked];
}

const enteredRow = z.object({
  id: z.string(),
  uin: z.string(),
  name: z.string(),
  tier: z.string().nullable(),
});

/** Writes what was planned, set-wise. @throws Conflict when somebody entered one meanwhile */
export async function writeAccounts(
  { tx, now, recordEach }: RecordedStep,
  { planned }: AccountPlan,
  importId: string,
): Promise<void> {
  const added = planned.filter(({ state }) => state === "added");
  const changed = planned.filter(({ state }) => state === "changed");

  const entered = await readRows(tx, enteredRow)`
    insert into accounts (uin, name, tier, created_at)
    select r.uin, r.name, r.tier, ${now.toISOString()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(added.map(({ row }) => row))}::jsonb)
      as r(uin text, name text, tier text)
    on conflict do nothing
    returning id, uin, name, tier`;
  if (entered.length !== added.length) throw new Conflict("accounts.errors.importMoved");
  await tx.execute(sql`
    update accounts set name = r.name,
      tier = case when r."isRanked" then r.tier else accounts.tier end
    from jsonb_to_recordset(${JSON.stringify(changed.map(({ row, id }) => ({ ...row, id, isRanked: row.tier !== undefined })))}::jsonb)
      as r(id uuid, name text, tier text, "isRanked" boolean)
    where accounts.id = r.id`);

  await recordEach(
    "account.created",
    entered.map(({ id, tier, ...account }) => ({
      id,
      after: { ...account, ...(tier && { tier }), importId },
    })),
  );
  await recordEach(
    "account.edited",
    changed.flatMap((one) => edited(one, importId)),
  );
}

function edited(
  { row, id, changes }: Planned<AccountRow>,
  importId: string,
): Change<"account.edited">[] {
  if (id === null) return [];
  const ranked = changes.find(({ field }) => field === "tier");
  const before = changes.find(({ field }) => field === "name")?.from ?? row.name;
  return [
    {
      id,
      before: { name: before, ...(ranked && { tier: ranked.from }) },
      after: { name: row.name, ...(ranked && { tier: ranked.to || null }), importId },
    },
  ];
}
