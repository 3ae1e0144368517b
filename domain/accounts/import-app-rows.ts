import { sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { type Account, products } from "@/db/schema";
import { PLATFORMS, type Region, REGIONS } from "@/db/vocabulary/accounts";

import type { After } from "../audit/entries";
import { Conflict } from "../errors";
import { readRows } from "../rows";
import type { RecordedStep } from "../verb";
import type { AppRow } from "./csv-rows";
import { accountsByUin } from "./import-account-rows";
import { wanted } from "./save-app";
import { compare, type Planned, problemOf } from "./row-plan";
import type { Lined, Problem } from "./read-csv";

type PlannedApp = AppRow & { region: Region; accountId: string; productId: string };

export type AppPlan = {
  kind: "apps";
  planned: Planned<PlannedApp>[];
  problems: Problem[];
};

const knownApp = z.object({
  id: z.string(),
  sdkAppId: z.string(),
  uin: z.string(),
  name: z.string(),
  product: z.string(),
  region: z.enum(REGIONS),
  apiOnly: z.boolean(),
  closed: z.boolean(),
  accountId: z.string(),
  productId: z.string(),
  platforms: z.partialRecord(z.enum(PLATFORMS), z.string()),
});
type KnownApp = z.output<typeof knownApp>;

const writtenApp = z.object({ id: z.string(), sdkAppId: z.string() });

export async function planApps(db: Db | Tx, rows: readonly Lined<AppRow>[]): Promise<AppPlan> {
  const owners = await accountsByUin(
    db,
    rows.map(({ uin }) => uin),
  );
  const known = await appsBySdkAppId(
    db,
    rows.map(({ sdkAppId }) => sdkAppId),
  );
  const catalogue = await productsByWord(db);
  const planned: AppPlan["planned"] = [];
  const problems: Problem[] = [];
  for (const row of rows) {
    const owner = owners.get(row.uin);
    const product = catalogue.get(fold(row.product));
    const there = known.get(row.sdkAppId);
    const fault = ownerFault(row, owner) ?? appFault(row, { there, product });
    if (fault) problems.push(fault);
    else if (owner && product) {
      const { id: productId, slug } = product;
      planned.push(planOne({ ...row, accountId: owner.id, productId }, slug, there));
    }
  }
  return { kind: "apps", planned, problems };
}

const fold = (word: string) => word.normalize("NFKC").trim().toLowerCase();

/** "android 8.1.0; ios 8.0.2", as it is compared and shown. */
const platformText = (versions: readonly (readonly [string, string])[]) =>
  versions
    .map((one) => one.join(" "))
    .sort()
    .join("; ");

type Owned = Lined<AppRow> & { accountId: string; productId: string };

/** A row without a region leaves a known app where it is. */
function planOne(row: Owned, product: string, there: KnownApp | undefined): Planned<PlannedApp> {
  const whole = { ...row, region: row.region ?? there?.region ?? "cn" };
  const was = there && shownOf(there);
  const will = {
    name: row.name,
    product,
    region: whole.region,
    apiOnly: word(row.apiOnly),
    platforms: platformText(row.platforms.map((one) => [one.platform, one.sdkVersion])),
  };
  const fields = SHOWN.map((field) => [field, was ? was[field] : null, will[field]] as const);
  const reopened = there?.closed ? [["closed", "yes", "no"] as const] : [];
  return compare(whole, there?.id ?? null, [...fields, ...reopened]);
}

const SHOWN = ["name", "product", "region", "apiOnly", "platforms"] as const;

const shownOf = ({ name, product, region, apiOnly, platforms }: KnownApp) => ({
  name,
  product,
  region,
  apiOnly: word(apiOnly),
  platforms: platformText(Object.entries(platforms)),
});

const word = (yes: boolean) => (yes ? "yes" : "no");

/** The account a row names: there, and open. */
export function ownerFault(
  row: { line: number; uin: string },
  owner: Account | undefined,
): Problem | null {
  if (owner && !owner.closedAt) return null;
  const key = owner ? "accountClosed" : "unknownUin";
  return problemOf(row.line, { column: "uin", key, found: row.uin });
}

type Found = { there: KnownApp | undefined; product: unknown };

function appFault(row: Lined<AppRow>, { there, product }: Found): Problem | null {
  if (!product)
    return problemOf(row.line, { column: "product", key: "unknownProduct", found: row.product });
  if (there && there.uin !== row.uin)
    return problemOf(row.line, {
      column: "sdkAppId",
      key: "otherAccount",
      found: row.sdkAppId,
      values: { uin: there.uin },
    });
  return null;
}

async function productsByWord(db: Db | Tx) {
  const rows = await db.select().from(products);
  return new Map(
    rows.flatMap((product) =>
      [product.nameZh, product.nameEn, product.slug].map((one) => [fold(one), product] as const),
    ),
  );
}

async function appsBySdkAppId(db: Db | Tx, ids: readonly string[]) {
  const rows = await readRows(db, knownApp)`
    select p.id, p.sdk_app_id as "sdkAppId", a.uin, p.name, r.slug as product, p.region, p.api_only as "apiOnly",
      p.closed_at is not null as closed,
      p.account_id as "accountId", p.product_id as "productId",
      coalesce(
        (select jsonb_object_agg(f.platform, f.sdk_version) from app_platforms f where f.app_id = p.id),
        '{}'
      ) as platforms
    from apps p
    join accounts a on a.id = p.account_id
    join products r on r.id = p.product_id
    where p.sdk_app_id = any(${sql.param([...ids])}::text[])`;
  return new Map(rows.map((app) => [app.sdkAppId, app]));
}

/** Writes what was planned, set-wise. @throws Conflict when somebody entered one meanwhile */
export async function writeApps(
  { tx, now, recordEach }: RecordedStep,
  { planned }: AppPlan,
  importId: string,
): Promise<void> {
  const touched = planned.filter(({ state }) => state !== "unchanged");
  const rows = JSON.stringify(touched.map(({ row, id }) => ({ ...row, id })));
  const before = await appsBySdkAppId(
    tx,
    touched.map(({ row }) => row.sdkAppId),
  );
  const written = await readRows(tx, writtenApp)`
    with r as (
      select * from jsonb_to_recordset(${rows}::jsonb)
        as r(id uuid, "accountId" uuid, "productId" uuid, "sdkAppId" text, name text, region text, "apiOnly" boolean)
    ), changed as (
      update apps set product_id = r."productId", name = r.name, region = r.region, api_only = r."apiOnly", closed_at = null
      from r where apps.id = r.id
      returning apps.id, apps.sdk_app_id
    ), entered as (
      insert into apps (account_id, product_id, sdk_app_id, name, region, api_only, created_at)
      select "accountId", "productId", "sdkAppId", name, region, "apiOnly", ${now.toISOString()}::timestamptz
      from r where r.id is null
      on conflict do nothing
      returning id, sdk_app_id
    )
    select id, sdk_app_id as "sdkAppId" from (select * from changed union all select * from entered) as apps`;
  if (written.length !== touched.length) throw new Conflict("accounts.errors.importMoved");
  const ids = new Map(written.map((one) => [one.sdkAppId, one.id]));
  await writePlatforms(tx, touched, ids);

  await recordEach(
    "app.saved",
    touched.flatMap(({ row }) => {
      const id = ids.get(row.sdkAppId);
      if (id === undefined) return [];
      const was = before.get(row.sdkAppId);
      return { id, before: was && recorded(was), after: { ...wanted(row), importId } };
    }),
  );
}

function recorded(app: KnownApp): After<"app.saved"> {
  const { accountId, sdkAppId, name, productId, region, apiOnly, platforms, closed } = app;
  return { accountId, sdkAppId, name, productId, region, apiOnly, platforms, closed };
}

async function writePlatforms(
  tx: Tx,
  touched: AppPlan["planned"],
  ids: ReadonlyMap<string, string>,
): Promise<void> {
  const versions = touched.flatMap(({ row }) =>
    row.platforms.map((one) => ({ ...one, appId: ids.get(row.sdkAppId) })),
  );
  await tx.execute(sql`
    delete from app_platforms p where p.app_id = any(${sql.param([...ids.values()])}::uuid[])
      and not exists (
        select from jsonb_to_recordset(${JSON.stringify(versions)}::jsonb) as r("appId" uuid, platform text)
        where r."appId" = p.app_id and r.platform = p.platform
      )`);
  await tx.execute(sql`
    insert into app_platforms (app_id, platform, sdk_version)
    select "appId", platform, "sdkVersion"
    from jsonb_to_recordset(${JSON.stringify(versions)}::jsonb)
      as r("appId" uuid, platform text, "sdkVersion" text)
    on conflict (app_id, platform) do update set
      sdk_version = excluded.sdk_version, last_seen_at = null
      where app_platforms.sdk_version <> excluded.sdk_version`);
}
