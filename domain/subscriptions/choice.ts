import { asc, exists, inArray, or, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { notices, policyDocuments, policyVersions, products } from "@/db/schema";
import type { SubscriptionChoice } from "@/db/schema/subscriptions";
import { PUBLIC_VERSION_STATUSES } from "@/db/vocabulary/policies";

import { Invalid } from "../errors";
import { uuid } from "../input";
import { query } from "../query";

/** What may be ticked: incidents of products, announcements, new versions of documents. */
export const choiceInput = {
  productIds: z.array(uuid).max(200),
  announcements: z.boolean(),
  documentIds: z.array(uuid).max(200),
};

/** Everything somebody may subscribe to, by the names of a language each: what everybody may read already. */
export const listSubscribable = query({
  may: "subscription.ask",
  input: z.object({}),
  run: ({ db }) => readSubscribable(db),
});
export type Subscribable = Awaited<ReturnType<typeof readSubscribable>>;

async function readSubscribable(db: Db | Tx) {
  const published = db
    .select({ id: policyVersions.id })
    .from(policyVersions)
    .where(
      sql`${policyVersions.documentId} = ${policyDocuments.id} and ${inArray(policyVersions.status, PUBLIC_VERSION_STATUSES)}`,
    );
  const documents = await db
    .select({
      id: policyDocuments.id,
      productId: policyDocuments.productId,
      "zh-CN": policyDocuments.titleZh,
      en: policyDocuments.titleEn,
    })
    .from(policyDocuments)
    .where(exists(published))
    .orderBy(asc(policyDocuments.createdAt), asc(policyDocuments.id));
  const told = db
    .select({ id: notices.id })
    .from(notices)
    .where(
      sql`${notices.productId} = ${products.id} and ${notices.status} = 'published' and ${notices.visibility} = 'public'`,
    );
  const known = await db
    .select({ id: products.id, "zh-CN": products.nameZh, en: products.nameEn })
    .from(products)
    .where(
      or(
        exists(told),
        inArray(
          products.id,
          documents.map(({ productId }) => productId),
        ),
      ),
    )
    .orderBy(asc(products.slug));
  return {
    products: known.map(({ id, ...names }) => ({ id, names })),
    documents: documents.map(({ id, "zh-CN": zh, en }) => ({ id, names: { "zh-CN": zh, en } })),
  };
}

/** What of a choice there is. @throws Invalid where that is nothing */
export async function knownChoice(tx: Tx, wish: SubscriptionChoice): Promise<SubscriptionChoice> {
  const { products: known, documents } = await readSubscribable(tx);
  const those = (ids: readonly string[], all: readonly { id: string }[]) =>
    all.map(({ id }) => id).filter((id) => ids.includes(id));
  const choice = {
    productIds: those(wish.productIds, known),
    announcements: wish.announcements,
    documentIds: those(wish.documentIds, documents),
  };
  if (isEmpty(choice))
    throw new Invalid("errors.form", { productIds: ["subscriptions.errors.nothing"] });
  return choice;
}

const isEmpty = ({ productIds, announcements, documentIds }: SubscriptionChoice): boolean =>
  productIds.length + documentIds.length === 0 && !announcements;

/** Both choices together. */
export const joined = (one: SubscriptionChoice, other: SubscriptionChoice): SubscriptionChoice => ({
  productIds: [...new Set([...one.productIds, ...other.productIds])],
  announcements: one.announcements || other.announcements,
  documentIds: [...new Set([...one.documentIds, ...other.documentIds])],
});

/** The names of what was chosen, in the order they are offered. */
export function namesOf(choice: SubscriptionChoice, all: Subscribable) {
  const of = (ids: readonly string[], known: Subscribable["products"]) =>
    known.filter(({ id }) => ids.includes(id)).map(({ names }) => names);
  return {
    products: of(choice.productIds, all.products),
    announcements: choice.announcements,
    documents: of(choice.documentIds, all.documents),
  };
}
export type ChosenNames = ReturnType<typeof namesOf>;

export const readNames = async (db: Db | Tx, choice: SubscriptionChoice): Promise<ChosenNames> =>
  namesOf(choice, await readSubscribable(db));
