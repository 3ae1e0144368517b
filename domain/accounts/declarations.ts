import { and, desc, eq, inArray, isNull, lte, ne, or, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { accounts, appDeclarations, apps, users } from "@/db/schema";
import { DECLARATION_TOPICS, type DeclarationTopic } from "@/db/vocabulary/accounts";

import { person } from "../access/permissions";
import { query } from "../query";

/** What holds of each topic; null is not declared, which is never read as a no. */
export type Declarations = Record<DeclarationTopic, Declared | null>;
export type Declared = Pick<
  typeof appDeclarations.$inferSelect,
  "answer" | "applies" | "revision" | "declaredAt"
>;

/** What holds of some apps, by id; an app that declared nothing is not in it. */
export async function latestOf(
  db: Db | Tx,
  appIds: readonly string[],
): Promise<Map<string, Declarations>> {
  const rows = await db
    .selectDistinctOn([appDeclarations.appId, appDeclarations.topic])
    .from(appDeclarations)
    .where(inArray(appDeclarations.appId, [...appIds]))
    .orderBy(appDeclarations.appId, appDeclarations.topic, desc(appDeclarations.revision));
  const found = new Map<string, Declarations>();
  for (const { appId, topic, answer, applies, revision, declaredAt } of rows)
    found.set(appId, {
      ...(found.get(appId) ?? NOTHING_DECLARED),
      [topic]: { answer, applies, revision, declaredAt },
    });
  return found;
}

export const NOTHING_DECLARED: Declarations = { minors: null, eea: null };

export type DeclarationHistory = Awaited<ReturnType<typeof declarationHistory>>;

/** Everything that was declared of an app, the latest first, with who declared it. */
export const declarationHistory = (db: Db | Tx, appId: string) =>
  db
    .select({
      topic: appDeclarations.topic,
      answer: appDeclarations.answer,
      applies: appDeclarations.applies,
      revision: appDeclarations.revision,
      declaredAt: appDeclarations.declaredAt,
      declaredByName: users.name,
    })
    .from(appDeclarations)
    .innerJoin(users, eq(users.id, appDeclarations.declaredBy))
    .where(eq(appDeclarations.appId, appId))
    .orderBy(appDeclarations.topic, desc(appDeclarations.revision));

/** How many topics an app of a statement has declared. */
const TOPICS_DECLARED = sql`(
  select count(distinct d.topic) from app_declarations d where d.app_id = ${apps.id}
)`;
const IS_UNDECLARED = sql`${TOPICS_DECLARED} < ${DECLARATION_TOPICS.length}::int`;

/** How many other apps in use of the same account have not declared everything. */
export const countUndeclaredBeside = (
  db: Db | Tx,
  { id, accountId }: { id: string; accountId: string },
): Promise<number> =>
  db.$count(
    apps,
    and(eq(apps.accountId, accountId), isNull(apps.closedAt), ne(apps.id, id), IS_UNDECLARED),
  );

export type Undeclared = Awaited<ReturnType<typeof listUndeclared>>[number];

/** The reader's own accounts with apps in use that have not declared everything, unless it was put off. */
export const listUndeclared = query({
  may: "account.readOwn",
  input: z.object({}),

  async run({ db, actor, now }) {
    const owned = person(actor).memberships.filter(({ role }) => role === "owner");
    return db
      .select({
        accountId: accounts.id,
        accountName: accounts.name,
        count: sql<number>`count(*)::int`,
        /** Where it is the only one. */
        appId: sql<string>`min(${apps.id}::text)`,
        appName: sql<string>`min(${apps.name})`,
      })
      .from(apps)
      .innerJoin(accounts, eq(accounts.id, apps.accountId))
      .where(
        and(
          inArray(
            accounts.id,
            owned.map(({ accountId }) => accountId),
          ),
          isNull(accounts.closedAt),
          isNull(apps.closedAt),
          or(isNull(accounts.declarationsPutOffUntil), lte(accounts.declarationsPutOffUntil, now)),
          IS_UNDECLARED,
        ),
      )
      .groupBy(accounts.id, accounts.name)
      .orderBy(accounts.name, accounts.id);
  },
});
