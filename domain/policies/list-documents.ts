import { and, asc, desc, eq, ilike, inArray, isNull, ne, or, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { type PolicyDocument, policyDocuments, policyVersions, products } from "@/db/schema";

import { NotFound } from "../errors";
import { pageInput, searchText, uuid } from "../input";
import { down, readPage } from "../page";
import { query } from "../query";
import { titlesOf } from "./find";
import { BY_PRODUCT } from "./library";

const PAGE = 30;

/** The documents, 30 a page, found by title or address, with what holds and what is on its way: the operations' view. */
export const listDocuments = query({
  may: "policy.readDrafts",
  input: z.object({ search: searchText, ...pageInput }),

  async run({ db }, { search, page }) {
    const pattern = `%${search.normalize("NFKC").replaceAll(/[\\%_]/g, "\\$&")}%`;
    const { titleZh, titleEn, slug, discardedAt } = policyDocuments;
    const isFound = search
      ? or(...[titleZh, titleEn, slug].map((one) => ilike(one, pattern)))
      : undefined;
    const { rows, ...turns } = await readPage({ keys: BY_PRODUCT, size: PAGE, page }, (slice) =>
      db
        .select({ cursor: slice.cursor, document: policyDocuments, product: products })
        .from(policyDocuments)
        .innerJoin(products, eq(products.id, policyDocuments.productId))
        .where(and(isNull(discardedAt), isFound, slice.beyond))
        .orderBy(slice.order)
        .limit(slice.limit),
    );
    return { rows: await withVersions(db, rows), ...turns };
  },
});

export type DocumentRow = Awaited<ReturnType<typeof listDocuments>>["rows"][number];
export type OpsDocument = Awaited<ReturnType<typeof findDocument>>;

/**
 * One document and what its next version may begin with. A discarded one, opened by its id, still
 * shows what was judged of it. @throws NotFound
 */
export const findDocument = query({
  may: "policy.readDrafts",
  input: z.object({ documentId: uuid }),

  async run({ db }, { documentId }) {
    const found = await db
      .select({ document: policyDocuments, product: products })
      .from(policyDocuments)
      .innerJoin(products, eq(products.id, policyDocuments.productId))
      .where(eq(policyDocuments.id, documentId));
    const [document] = await withVersions(db, found);
    if (!document) throw new NotFound("errors.notFound");
    const columns = {
      id: policyVersions.id,
      label: policyVersions.label,
      status: policyVersions.status,
    };
    const isOwn = eq(policyVersions.documentId, documentId);
    const newest = desc(policyVersions.createdAt);
    const [[latest], withdrawn] = await Promise.all([
      db
        .select(columns)
        .from(policyVersions)
        .where(
          and(isOwn, ne(policyVersions.status, "discarded"), isNull(policyVersions.provenance)),
        )
        .orderBy(newest)
        .limit(1),
      db
        .select(columns)
        .from(policyVersions)
        .where(and(isOwn, eq(policyVersions.status, "withdrawn")))
        .orderBy(newest)
        .limit(PAGE),
    ]);
    /** `withdrawn` are the last that were: the next may begin with one of them. */
    return { ...document, latest: latest ?? null, withdrawn };
  },
});

export type OpsVersion = Awaited<ReturnType<typeof listVersions>>["rows"][number];

/** The versions of a document, drafts included, the newest first, 30 a page; discarded ones of a discarded document alone. */
export const listVersions = query({
  may: "policy.readDrafts",
  input: z.object({ documentId: uuid, ...pageInput }),

  run: ({ db }, { documentId, page }) =>
    readPage({ keys: NEWEST, size: PAGE, page }, (slice) =>
      db
        .select({
          id: policyVersions.id,
          label: policyVersions.label,
          status: policyVersions.status,
          isMajor: policyVersions.isMajor,
          effectiveDate: policyVersions.effectiveDate,
          effectiveAt: policyVersions.effectiveAt,
          updatedAt: policyVersions.updatedAt,
          archivedAt: policyVersions.archivedAt,
          provenance: policyVersions.provenance,
          cursor: slice.cursor,
        })
        .from(policyVersions)
        .innerJoin(policyDocuments, eq(policyDocuments.id, policyVersions.documentId))
        .where(and(eq(policyVersions.documentId, documentId), IS_LISTED, slice.beyond))
        .orderBy(slice.order)
        .limit(slice.limit),
    ),
});

const NEWEST = [down("moment", policyVersions.createdAt), down("uuid", policyVersions.id)];
const IS_LISTED = or(
  ne(policyVersions.status, "discarded"),
  sql`${policyDocuments.discardedAt} is not null`,
);

type Found = { document: PolicyDocument; product: typeof products.$inferSelect };

/** Adds which version holds, which is on its way, and how many there are. */
async function withVersions(db: Db | Tx, found: readonly Found[]) {
  const isOfThese = inArray(
    policyVersions.documentId,
    found.map(({ document }) => document.id),
  );
  const [alive, counts] = await Promise.all([
    // Two of a document at most: the database lets one hold and one be on its way.
    db
      .select({
        id: policyVersions.id,
        documentId: policyVersions.documentId,
        label: policyVersions.label,
        status: policyVersions.status,
        effectiveDate: policyVersions.effectiveDate,
        effectiveAt: policyVersions.effectiveAt,
      })
      .from(policyVersions)
      .where(
        and(
          isOfThese,
          isNull(policyVersions.provenance),
          inArray(policyVersions.status, ["in_force", "draft", "in_review", "scheduled"]),
        ),
      ),
    // For each of its own, so that no plan counts those of all.
    db
      .select({
        documentId: policyDocuments.id,
        count: db.$count(
          policyVersions,
          and(eq(policyVersions.documentId, policyDocuments.id), IS_LISTED),
        ),
      })
      .from(policyDocuments)
      .where(
        inArray(
          policyDocuments.id,
          found.map(({ document }) => document.id),
        ),
      ),
  ]);
  return found.map(({ document, product }) => {
    const own = alive.filter(({ documentId }) => documentId === document.id);
    return {
      ...document,
      titles: titlesOf(document),
      product: { "zh-CN": product.nameZh, en: product.nameEn },
      inForce: own.find(({ status }) => status === "in_force") ?? null,
      ahead: own.find(({ status }) => status !== "in_force") ?? null,
      versions: counts.find(({ documentId }) => documentId === document.id)?.count ?? 0,
    };
  });
}

export const listProducts = query({
  may: "policy.readDrafts",
  input: z.object({}),
  run: ({ db }) => db.select().from(products).orderBy(asc(products.slug)),
});
