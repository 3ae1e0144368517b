import { asc } from "drizzle-orm";
import { z } from "zod";

import { products } from "@/db/schema";

import { query } from "../query";

export const listProducts = query({
  may: "account.read",
  input: z.object({}),

  async run({ db }) {
    const rows = await db.select().from(products).orderBy(asc(products.slug));
    return rows.map(({ id, slug, nameZh, nameEn }) => ({
      id,
      slug,
      names: { "zh-CN": nameZh, en: nameEn },
    }));
  },
});
