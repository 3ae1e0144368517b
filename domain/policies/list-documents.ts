import { asc, desc, eq, isNull } from "drizzle-orm";
import { z } from "zod";

import { policyDocuments, policyVersions, products } from "@/db/schema";

import { query } from "../query";
import { titlesOf } from "./find";

export type OpsDocument = Awaited<ReturnType<typeof listDocuments>>[number];

/**
 * Every document with all its versions, drafts included, newest first: the operations' view. What was
 * discarded is in no list; a discarded document, opened by its id, still shows what was judged of it.
 */
export const listDocuments = query({
  may: "policy.readDrafts",
  input: z.object({ documentId: z.uuid().optional() }),

  async run({ db }, { documentId }) {
    const documents = await db
      .select({ document: policyDocuments, product: products })
      .from(policyDocuments)
      .innerJoin(products, eq(products.id, policyDocuments.productId))
      .where(documentId ? eq(policyDocuments.id, documentId) : isNull(policyDocuments.discardedAt))
      .orderBy(asc(products.slug), asc(policyDocuments.createdAt));
    const versions = await db
      .select({
        id: policyVersions.id,
        documentId: policyVersions.documentId,
        label: policyVersions.label,
        status: policyVersions.status,
        isMajor: policyVersions.isMajor,
        effectiveDate: policyVersions.effectiveDate,
        effectiveAt: policyVersions.effectiveAt,
        updatedAt: policyVersions.updatedAt,
        archivedAt: policyVersions.archivedAt,
      })
      .from(policyVersions)
      .where(documentId ? eq(policyVersions.documentId, documentId) : undefined)
      .orderBy(desc(policyVersions.createdAt));
    return documents.map(({ document, product }) => ({
      ...document,
      titles: titlesOf(document),
      product: { "zh-CN": product.nameZh, en: product.nameEn },
      versions: versions.filter(
        (version) =>
          version.documentId === document.id &&
          (document.discardedAt !== null || version.status !== "discarded"),
      ),
    }));
  },
});

export const listProducts = query({
  may: "policy.readDrafts",
  input: z.object({}),
  run: ({ db }) => db.select().from(products).orderBy(asc(products.slug)),
});
