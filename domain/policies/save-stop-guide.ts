import { eq } from "drizzle-orm";
import { z } from "zod";

import { policyDocuments, products, stopGuides } from "@/db/schema";
import { STOP_PLACES } from "@/db/vocabulary/accounts";
import { hashOf } from "@/lib/hash";

import { NotFound } from "../errors";
import { prose, uuid } from "../input";
import { verb } from "../verb";
import { readStopGuide, waysOf } from "./stop-guide";

const way = z
  .object({ "zh-CN": prose(500), en: prose(500) })
  .refine((text) => text["zh-CN"].trim() !== "" || text.en.trim() === "", {
    error: "errors.field.required",
    path: ["zh-CN"],
  });

/**
 * Writes down how developers stop a document's product from collecting (P30): what disagreeing leads
 * to. A platform without words is left out. @throws NotFound; Invalid for a translation of nothing
 */
export const saveStopGuide = verb({
  may: "policy.draft",
  input: z.object({ documentId: uuid, ways: z.partialRecord(z.enum(STOP_PLACES), way) }),

  async run(step, { documentId, ways }) {
    const { tx, record, unchanged } = step;
    const [product] = await tx
      .select({ id: products.id })
      .from(products)
      .innerJoin(policyDocuments, eq(policyDocuments.productId, products.id))
      .where(eq(policyDocuments.id, documentId))
      .for("update", { of: products });
    if (!product) throw new NotFound("errors.notFound");

    const { id: productId } = product;
    const before = await readStopGuide(step, { productId });
    const rows = STOP_PLACES.flatMap((place) => {
      const textZh = ways[place]?.["zh-CN"].trim();
      return textZh ? [{ productId, place, textZh, textEn: ways[place]?.en.trim() || null }] : [];
    });
    const after = waysOf(rows);
    if (hashOf(before) === hashOf(after)) return unchanged();
    await tx.delete(stopGuides).where(eq(stopGuides.productId, productId));
    if (rows.length > 0) await tx.insert(stopGuides).values(rows);
    await record("product.stop_guide_saved", {
      id: productId,
      before: { ways: before },
      after: { ways: after },
    });
  },
});
