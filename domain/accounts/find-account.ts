import { asc, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { accounts, appPlatforms, apps, members, products, users } from "@/db/schema";

import { NotFound } from "../errors";
import { uuid } from "../input";
import { query } from "../query";
import { contactsOf } from "./contacts-of";

export type AccountDetail = Awaited<ReturnType<typeof findAccount>>;
export type AccountMember = AccountDetail["members"][number];
export type AccountApp = AccountDetail["apps"][number];

/**
 * An account with all its members and apps, also those who left and what was closed, each marked by
 * its moment, and its contacts of now. @throws NotFound
 */
export const findAccount = query({
  may: "account.read",
  input: z.object({ accountId: uuid }),

  async run({ db, now }, { accountId }) {
    const [account] = await db.select().from(accounts).where(eq(accounts.id, accountId));
    if (!account) throw new NotFound("errors.notFound");
    const [people, integrations, named] = await Promise.all([
      membersOf(db, [accountId]),
      appsOf(db, [accountId]),
      contactsOf(db, [accountId], now),
    ]);
    return { ...account, members: people, apps: integrations, contacts: named };
  },
});

/** The members of some accounts, by role, those who left last. */
export async function membersOf(db: Db | Tx, accountIds: readonly string[]) {
  return db
    .select({
      id: members.id,
      accountId: members.accountId,
      userId: members.userId,
      name: users.name,
      email: users.email,
      locale: users.locale,
      role: members.role,
      joinedAt: members.joinedAt,
      leftAt: members.leftAt,
    })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(inArray(members.accountId, [...accountIds]))
    .orderBy(
      sql`${members.leftAt} is not null`,
      sql`array_position(array['owner', 'legal', 'member', 'viewer'], ${members.role})`,
      asc(users.name),
    );
}

/** The apps of some accounts with their platforms, closed ones last. */
export async function appsOf(db: Db | Tx, accountIds: readonly string[]) {
  const rows = await db
    .select({ app: apps, product: products })
    .from(apps)
    .innerJoin(products, eq(products.id, apps.productId))
    .where(inArray(apps.accountId, [...accountIds]))
    .orderBy(sql`${apps.closedAt} is not null`, asc(apps.sdkAppId));
  const platforms = await db
    .select()
    .from(appPlatforms)
    .where(
      inArray(
        appPlatforms.appId,
        rows.map(({ app }) => app.id),
      ),
    )
    .orderBy(asc(appPlatforms.platform));

  return rows.map(({ app, product }) => ({
    ...app,
    productNames: { "zh-CN": product.nameZh, en: product.nameEn },
    platforms: platforms
      .filter(({ appId }) => appId === app.id)
      .map(({ platform, sdkVersion }) => ({ platform, sdkVersion })),
  }));
}
