import { and, asc, eq, inArray, isNull } from "drizzle-orm";

import type { Db, Tx } from "@/db/client";
import { apps, policyAcknowledgements } from "@/db/schema";

type Concern = { accountId: string; productId: string };

/** Whether an account integrates a product, by SDK or by API alone (P06). */
export async function integratesProduct(
  db: Db | Tx,
  { accountId, productId }: Concern,
): Promise<boolean> {
  const found = await db
    .select({ id: apps.id })
    .from(apps)
    .where(and(eq(apps.accountId, accountId), eq(apps.productId, productId), isNull(apps.closedAt)))
    .limit(1);
  return found.length > 0;
}

type Answered = { versionId: string; accountId: string };

export const answersOf = (db: Db | Tx, { versionId, accountId }: Answered) =>
  answersOfAccounts(db, { versionId, accountIds: [accountId] });

type AllAnswered = { versionId: string; accountIds: readonly string[] };

export async function answersOfAccounts(db: Db | Tx, { versionId, accountIds }: AllAnswered) {
  return db
    .select()
    .from(policyAcknowledgements)
    .where(
      and(
        eq(policyAcknowledgements.versionId, versionId),
        inArray(policyAcknowledgements.accountId, [...accountIds]),
      ),
    )
    .orderBy(asc(policyAcknowledgements.answeredAt));
}
