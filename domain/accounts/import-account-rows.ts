import { sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { type Account, accounts } from "@/db/schema";
import { HOME_REGIONS } from "@/db/vocabulary/routes";

import type { Change } from "../audit/entries";
import { Conflict } from "../errors";
import { readRows } from "../rows";
import type { RecordedStep } from "../verb";
import type { AccountRow } from "./csv-rows";
import { regionOf } from "./input";
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

/** A row without a tier, a region or tags leaves those of a known account; null takes tier or region away. */
function fieldsOf({ name, tier, homeRegion, tags }: AccountRow, there?: Account): Field[] {
  return [
    ["name", there?.name ?? null, name],
    ...told("tier", there?.tier ?? null, tier),
    ...told("homeRegion", there?.homeRegion ?? null, homeRegion),
    ...tagsOf(tags, there),
  ];
}

const told = (
  field: "tier" | "homeRegion",
  was: string | null,
  is: string | null | undefined,
): Field[] => (is === undefined || (was ?? is) === null ? [] : [[field, was, is ?? ""]]);

const tagsOf = (tags: readonly string[] | undefined, there?: Account): Field[] =>
  tags ? [["tags", joined(there?.tags), tags.join("、")]] : [];

const joined = (tags: readonly string[] = []) => (tags.length > 0 ? tags.join("、") : null);

const enteredRow = z.object({
  id: z.string(),
  uin: z.string(),
  name: z.string(),
  tier: z.string().nullable(),
  tags: z.array(z.string()),
  homeRegion: z.enum(HOME_REGIONS).nullable(),
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
    insert into accounts (uin, name, tier, tags, home_region, created_at)
    select r.uin, r.name, r.tier, coalesce(r.tags, '{}'), r."homeRegion", ${now.toISOString()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(added.map(({ row }) => row))}::jsonb)
      as r(uin text, name text, tier text, tags text[], "homeRegion" text)
    on conflict do nothing
    returning id, uin, name, tier, tags, home_region as "homeRegion"`;
  if (entered.length !== added.length) throw new Conflict("accounts.errors.importMoved");
  await tx.execute(sql`
    update accounts set name = r.name,
      tier = case when r."isRanked" then r.tier else accounts.tier end,
      home_region = case when r."isPlaced" then r."homeRegion" else accounts.home_region end,
      tags = coalesce(r.tags, accounts.tags)
    from jsonb_to_recordset(${JSON.stringify(changed.map(asChange))}::jsonb)
      as r(id uuid, name text, tier text, tags text[], "homeRegion" text,
        "isRanked" boolean, "isPlaced" boolean)
    where accounts.id = r.id`);

  await recordEach(
    "account.created",
    entered.map(({ id, tier, tags, homeRegion, ...account }) => ({
      id,
      after: {
        ...{ ...account, ...(tier && { tier }), ...(tags.length > 0 && { tags }) },
        ...(homeRegion && { homeRegion }),
        importId,
      },
    })),
  );
  await recordEach(
    "account.edited",
    changed.flatMap((one) => edited(one, importId)),
  );
}

const asChange = ({ row, id }: Planned<AccountRow>) => ({
  ...{ ...row, id },
  ...{ isRanked: row.tier !== undefined, isPlaced: row.homeRegion !== undefined },
});

function edited(
  { row, id, changes }: Planned<AccountRow>,
  importId: string,
): Change<"account.edited">[] {
  if (id === null) return [];
  const was = new Map(changes.map(({ field, from }) => [field, from]));
  return [
    {
      id,
      before: { name: was.get("name") ?? row.name, ...before(was) },
      after: { name: row.name, ...after(was, row), importId },
    },
  ];
}

type Was = ReadonlyMap<Field[0], string | null>;

/** Tier, region and tags where they changed. */
const before = (was: Was) => ({
  ...(was.has("homeRegion") && { homeRegion: regionOf(was.get("homeRegion") ?? "") ?? null }),
  ...(was.has("tier") && { tier: was.get("tier") ?? null }),
  ...(was.has("tags") && { tags: was.get("tags")?.split("、") ?? [] }),
});

const after = (was: Was, { tier, homeRegion, tags }: AccountRow) => ({
  ...(was.has("homeRegion") && { homeRegion: homeRegion ?? null }),
  ...(was.has("tier") && { tier: tier ?? null }),
  ...(was.has("tags") && { tags: tags ?? [] }),
});
