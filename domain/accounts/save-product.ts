import { PackageURL } from "packageurl-js";
import { z } from "zod";

import { products } from "@/db/schema";
import { PLATFORMS } from "@/db/vocabulary/accounts";

import { line } from "../input";
import { verb } from "../verb";

/** A package-url without a version: which versions an incident concerns, the incident says. */
const purl = line(300).refine((given) => {
  try {
    return PackageURL.fromString(given).version === undefined;
  } catch {
    return false;
  }
}, "errors.field.invalid");

/**
 * Enters a product, or changes its names, and its packages where they are given. Documents and apps
 * belong to products; the slug stays.
 */
export const saveProduct = verb({
  may: "product.manage",
  input: z.object({
    slug: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "errors.field.slug"),
    nameZh: line(80),
    nameEn: line(80),
    packages: z
      .array(z.object({ platform: z.enum(PLATFORMS), purl }))
      .max(50)
      .optional(),
  }),

  async run({ tx, record }, { slug, ...said }) {
    const [product] = await tx
      .insert(products)
      .values({ slug, ...said })
      .onConflictDoUpdate({ target: products.slug, set: said })
      .returning();
    if (!product) throw new Error("the product was not written");
    await record("product.saved", { id: product.id, after: product });
    return product;
  },
});
