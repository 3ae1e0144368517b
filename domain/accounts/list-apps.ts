import { and, asc, eq, ilike, inArray, isNull, or, type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { accounts, appPlatforms, apps, products } from "@/db/schema";

import { NotFound } from "../errors";
import { pageInput, searchText, uuid } from "../input";
import { readPage, up } from "../page";
import { query } from "../query";
import { declarationHistory, latestOf, NOTHING_DECLARED } from "./declarations";

const PAGE = 50;

const ORDER = [
  up("uuid", apps.accountId),
  up("flag", sql`(${apps.closedAt} is not null)`),
  up("text", apps.sdkAppId),
];

export type AccountApp = Awaited<ReturnType<typeof findApp>>["app"];

type Wanted = {
  accountIds: readonly string[];
  search?: string;
  page: string | undefined;
  onlyOpen?: boolean;
};

/** A page of the apps of some accounts, with their platforms; of each account the closed ones last. */
export async function appsOf(db: Db | Tx, { accountIds, page, ...wanted }: Wanted) {
  const { rows, ...turns } = await readPage({ keys: ORDER, size: PAGE, page }, (slice) =>
    db
      .select({ cursor: slice.cursor, app: apps, product: products })
      .from(apps)
      .innerJoin(products, eq(products.id, apps.productId))
      .where(
        and(
          inArray(apps.accountId, [...accountIds]),
          wanted.onlyOpen ? isNull(apps.closedAt) : undefined,
          matching(wanted.search),
          slice.beyond,
        ),
      )
      .orderBy(slice.order)
      .limit(slice.limit),
  );
  return { rows: await withPlatforms(db, rows), ...turns };
}

function matching(search: string | undefined): SQL | undefined {
  if (!search) return undefined;
  const literal = search.normalize("NFKC").replaceAll(/[\\%_]/g, "\\$&");
  return or(ilike(apps.name, `%${literal}%`), ilike(apps.sdkAppId, `${literal}%`));
}

type Row = { app: typeof apps.$inferSelect; product: typeof products.$inferSelect };

async function withPlatforms(db: Db | Tx, rows: readonly Row[]) {
  const ids = rows.map(({ app }) => app.id);
  const platforms = await db
    .select()
    .from(appPlatforms)
    .where(inArray(appPlatforms.appId, ids))
    .orderBy(asc(appPlatforms.platform));
  const declared = await latestOf(db, ids);
  return rows.map(({ app, product }) => ({
    ...app,
    declarations: declared.get(app.id) ?? NOTHING_DECLARED,
    productNames: { "zh-CN": product.nameZh, en: product.nameEn },
    platforms: platforms
      .filter(({ appId }) => appId === app.id)
      .map(({ platform, sdkVersion, lastSeenAt }) => ({ platform, sdkVersion, lastSeenAt })),
  }));
}

/** The apps of an account, 50 a page, also those that were closed, each marked by that moment. */
export const listApps = query({
  may: "account.read",
  input: z.object({ accountId: uuid, search: searchText, ...pageInput }),

  run: ({ db }, { accountId, search, page }) =>
    appsOf(db, { accountIds: [accountId], search, page }),
});

/** An app with its account and what was declared of it. @throws NotFound */
export const findApp = query({
  may: "account.read",
  input: z.object({ accountId: uuid, appId: uuid }),

  async run({ db }, { accountId, appId }) {
    const found = await appById(db, and(eq(apps.id, appId), eq(apps.accountId, accountId)));
    return { ...found, history: await declarationHistory(db, appId) };
  },
});

/** @throws NotFound */
export async function appById(db: Db | Tx, which: SQL | undefined) {
  const [found] = await db
    .select({ app: apps, product: products, account: accounts })
    .from(apps)
    .innerJoin(products, eq(products.id, apps.productId))
    .innerJoin(accounts, eq(accounts.id, apps.accountId))
    .where(which);
  const [app] = found ? await withPlatforms(db, [found]) : [];
  if (!found || !app) throw new NotFound("errors.notFound");
  return { account: found.account, app };
}
