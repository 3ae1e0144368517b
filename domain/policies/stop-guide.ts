import { eq } from "drizzle-orm";
import { z } from "zod";

import { stopGuides } from "@/db/schema";
import { STOP_PLACES, type StopPlace } from "@/db/vocabulary/accounts";
import type { Locale } from "@/db/vocabulary/languages";

import { uuid } from "../input";
import { query } from "../query";

export type StopWay = { place: StopPlace; text: Partial<Record<Locale, string>> };

/** How developers stop a product from collecting, platform by platform; empty where the vendor gave none. */
export const readStopGuide = query({
  may: "policy.read",
  input: z.object({ productId: uuid }),

  async run({ db }, { productId }): Promise<StopWay[]> {
    return waysOf(await db.select().from(stopGuides).where(eq(stopGuides.productId, productId)));
  },
});

type Row = Pick<typeof stopGuides.$inferSelect, "place" | "textZh" | "textEn">;

export const waysOf = (rows: readonly Row[]): StopWay[] =>
  STOP_PLACES.flatMap((place) => {
    const row = rows.find((one) => one.place === place);
    return row
      ? [{ place, text: { "zh-CN": row.textZh, ...(row.textEn && { en: row.textEn }) } }]
      : [];
  });
