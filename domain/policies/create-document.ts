import { eq } from "drizzle-orm";

import { policyDocuments, products } from "@/db/schema";

import { Invalid } from "../errors";
import { verb } from "../verb";
import { documentInput } from "./input";

/** Opens a policy document of a product. Its slug is a public address and never changes. @throws Invalid */
export const createDocument = verb({
  may: "policy.draft",
  input: documentInput,

  async run({ tx, now, record }, input) {
    const [product] = await tx.select().from(products).where(eq(products.id, input.productId));
    if (!product) throw new Invalid("errors.form", { productId: ["errors.field.invalid"] });

    const [document] = await tx
      .insert(policyDocuments)
      .values({ ...input, createdAt: now })
      .onConflictDoNothing()
      .returning();
    if (!document) throw new Invalid("errors.form", { slug: ["policies.errors.slugTaken"] });

    await record("document.created", {
      id: document.id,
      after: document,
    });
    return document;
  },
});
