import { and, asc, desc, eq, inArray, isNull } from "drizzle-orm";
import { z } from "zod";

import { policyDocuments, policyVersions, products } from "@/db/schema";

import { pageInput } from "../input";
import { readPage, up } from "../page";
import { query } from "../query";
import { titlesOf } from "./find";

export type OpsDocument = Awaited<ReturnType<typeof listDocuments>>["rows"][number];

const PAGE = 30;
const BY_PRODUCT = [
  up("text", products.slug),
  up("moment", policyDocuments.createdAt),
  up("uuid", policyDocuments.id),
];

/**
 * The documents, 30 a page, each with all its versions, drafts included, newest first: the
 * operations' view. What was discarded is in no list; a discarded document, opened by its id, still shows what was judged of it.
 */
export const listDocuments = query({
  may: "policy.readDrafts",
  input: z.object({ documentId: z.uuid().optional(), ...pageInput }),

  async run({ db }, { documentId, page }) {
    const wanted = documentId
      ? eq(policyDocuments.id, documentId)
      : isNull(policyDocuments.discardedAt);
    const { rows: documents, ...turns } = await readPage(
      { keys: BY_PRODUCT, size: PAGE, page },
      (slice) =>
        db
          .select({ cursor: slice.cursor, document: policyDocuments, product: products })
          .from(policyDocuments)
          .innerJoin(products, eq(products.id, policyDocuments.productId))
          .where(and(wanted, slice.beyond))
          .orderBy(slice.order)
          .limit(slice.limit),
    );
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
      .where(
        inArray(
          policyVersions.documentId,
          documents.map(({ document }) => document.id),
        ),
      )
      .orderBy(desc(policyVersions.createdAt));
    const rows = documents.map(({ document, product }) => ({
      ...document,
      titles: titlesOf(document),
      product: { "zh-CN": product.nameZh, en: product.nameEn },
      versions: versions.filter(
        (version) =>
          version.documentId === document.id &&
          (document.discardedAt !== null || version.status !== "discarded"),
      ),
    }));
    return { rows, ...turns };
  },
});

export const listProducts = query({
  may: "policy.readDrafts",
  input: z.object({}),
  run: ({ db }) => db.select().from(products).orderBy(asc(products.slug)),
});
