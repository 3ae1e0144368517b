import { asc, desc, eq, inArray } from "drizzle-orm";
import { z } from "zod";

import { policyDocuments, policyVersions, products } from "@/db/schema";
import { PUBLIC_VERSION_STATUSES } from "@/db/vocabulary/policies";

import { query } from "../query";
import { titlesOf } from "./find";

export type LibraryDocument = Awaited<ReturnType<typeof readLibrary>>[number];

/** Every document that has been published, with the versions anybody may read, newest first (P02). */
export const readLibrary = query({
  may: "policy.read",
  input: z.object({}),

  async run({ db }) {
    const rows = await db
      .select({ document: policyDocuments, product: products, version: publicColumns })
      .from(policyVersions)
      .innerJoin(policyDocuments, eq(policyDocuments.id, policyVersions.documentId))
      .innerJoin(products, eq(products.id, policyDocuments.productId))
      .where(inArray(policyVersions.status, PUBLIC_VERSION_STATUSES))
      .orderBy(
        asc(products.slug),
        asc(policyDocuments.createdAt),
        desc(policyVersions.effectiveAt),
      );

    const documents = new Map<string, ReturnType<typeof describe>>();
    for (const row of rows) {
      const entry = documents.get(row.document.id) ?? describe(row);
      entry.versions.push(row.version);
      documents.set(row.document.id, entry);
    }
    return [...documents.values()];
  },
});

export const publicColumns = {
  id: policyVersions.id,
  label: policyVersions.label,
  titleZh: policyVersions.titleZh,
  titleEn: policyVersions.titleEn,
  status: policyVersions.status,
  isMajor: policyVersions.isMajor,
  effectiveAt: policyVersions.effectiveAt,
  archivedAt: policyVersions.archivedAt,
};

export type PublicVersion = {
  [Column in keyof typeof publicColumns]: (typeof policyVersions.$inferSelect)[Column];
};

function describe({
  document,
  product,
}: {
  document: typeof policyDocuments.$inferSelect;
  product: typeof products.$inferSelect;
}) {
  return {
    id: document.id,
    slug: document.slug,
    kind: document.kind,
    titles: titlesOf(document),
    product: { "zh-CN": product.nameZh, en: product.nameEn },
    versions: [] as PublicVersion[],
  };
}
