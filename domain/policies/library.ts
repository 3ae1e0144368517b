import { and, desc, eq, exists, inArray, lte, or, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { policyDocuments, policyVersions, products } from "@/db/schema";
import { PUBLIC_VERSION_STATUSES } from "@/db/vocabulary/policies";

import { pageInput, uuid } from "../input";
import { down, readPage, up } from "../page";
import { query } from "../query";
import { titlesOf } from "./find";

export type LibraryDocument = Awaited<ReturnType<typeof readLibrary>>["rows"][number];

/** By product, and as they were opened. */
export const BY_PRODUCT = [
  up("text", products.slug),
  up("moment", policyDocuments.createdAt),
  up("uuid", policyDocuments.id),
];

/** So many versions stand below a document; `listArchive` has all. */
const NEWEST = 10;

/**
 * The documents of which something has been published, 30 a page, each with the version in force, the
 * one ahead, and the newest that anybody may read (P02). `of` is the one with this slug.
 */
export const readLibrary = query({
  may: "policy.read",
  input: z.object({ of: z.string().max(100).optional().catch(undefined), ...pageInput }),

  async run({ db }, { of, page }) {
    const isPublished = exists(
      db.select({ id: policyVersions.id }).from(policyVersions).where(isPublicOf()),
    );
    const { rows, ...turns } = await readPage({ keys: BY_PRODUCT, size: 30, page }, (slice) =>
      db
        .select({ cursor: slice.cursor, document: policyDocuments, product: products })
        .from(policyDocuments)
        .innerJoin(products, eq(products.id, policyDocuments.productId))
        .where(and(isPublished, of ? eq(policyDocuments.slug, of) : undefined, slice.beyond))
        .orderBy(slice.order)
        .limit(slice.limit),
    );
    const versions = await newestOf(
      db,
      rows.map(({ document }) => document.id),
    );
    const documents = rows.map(({ document, product }) => {
      const own = versions.filter(({ documentId }) => documentId === document.id);
      return {
        id: document.id,
        slug: document.slug,
        kind: document.kind,
        titles: titlesOf(document),
        product: { "zh-CN": product.nameZh, en: product.nameEn },
        count: own[0]?.count ?? 0,
        inForce: own.find(({ status }) => status === "in_force") ?? null,
        ahead: own.find(({ status }) => status === "scheduled") ?? null,
        versions: own.filter(({ place }) => place <= NEWEST),
      };
    });
    return { rows: documents, ...turns };
  },
});

/** The documents of a product that are in force, as they were opened. */
export const readProductPolicies = query({
  may: "policy.read",
  input: z.object({ productId: uuid }),

  async run({ db }, { productId }) {
    const rows = await db
      .selectDistinct({ document: policyDocuments })
      .from(policyDocuments)
      .innerJoin(policyVersions, eq(policyVersions.documentId, policyDocuments.id))
      .where(and(eq(policyDocuments.productId, productId), eq(policyVersions.status, "in_force")))
      .orderBy(policyDocuments.createdAt);
    return rows.map(({ document }) => ({ slug: document.slug, titles: titlesOf(document) }));
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

/** All versions of a document that anybody may read, the latest first, 30 a page. */
export const listArchive = query({
  may: "policy.read",
  input: z.object({ documentId: z.uuid(), ...pageInput }),

  run: ({ db }, { documentId, page }) =>
    readPage({ keys: LATEST, size: 30, page }, (slice) =>
      db
        .select({ ...publicColumns, cursor: slice.cursor })
        .from(policyVersions)
        .innerJoin(policyDocuments, isPublicOf())
        .where(and(eq(policyDocuments.id, documentId), slice.beyond))
        .orderBy(slice.order)
        .limit(slice.limit),
    ),
});

/** What is public has a day. */
const LATEST = [down("moment", policyVersions.effectiveAt), down("uuid", policyVersions.id)];

/** As a condition between the versions and the documents of a statement. */
const isPublicOf = () =>
  and(
    eq(policyVersions.documentId, policyDocuments.id),
    inArray(policyVersions.status, PUBLIC_VERSION_STATUSES),
  );

/** The newest public versions of each document, and whichever holds or is ahead, the latest first. */
function newestOf(db: Db | Tx, documentIds: readonly string[]) {
  const own = sql`partition by ${policyVersions.documentId}`;
  const ranked = db
    .select({
      ...publicColumns,
      documentId: policyVersions.documentId,
      count: sql<number>`(count(*) over (${own}))::int`.as("count"),
      place:
        sql<number>`(row_number() over (${own} order by ${policyVersions.effectiveAt} desc, ${policyVersions.id} desc))::int`.as(
          "place",
        ),
    })
    .from(policyVersions)
    .where(
      and(
        inArray(policyVersions.documentId, documentIds),
        inArray(policyVersions.status, PUBLIC_VERSION_STATUSES),
      ),
    )
    .as("ranked");
  return db
    .select()
    .from(ranked)
    .where(or(lte(ranked.place, NEWEST), inArray(ranked.status, ["in_force", "scheduled"])))
    .orderBy(desc(ranked.effectiveAt), desc(ranked.id));
}
