import { z } from "zod";

import { products } from "@/db/schema";

import { line } from "../input";
import { verb } from "../verb";

/** Enters a product, or renames it. Documents and apps belong to products; the slug stays. */
export const saveProduct = verb({
  may: "product.manage",
  input: z.object({
    slug: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "errors.field.slug"),
    nameZh: line(80),
    nameEn: line(80),
  }),

  async run({ tx, record }, { slug, nameZh, nameEn }) {
    const [product] = await tx
      .insert(products)
      .values({ slug, nameZh, nameEn })
      .onConflictDoUpdate({ target: products.slug, set: { nameZh, nameEn } })
      .returning();
    if (!product) throw new Error("the product was not written");
    await record("product.saved", { id: product.id, after: product });
    return product;
  },
});
