import { eq } from "drizzle-orm";
import { z } from "zod";

import { requestWays } from "@/db/schema";
import { STOP_PLACES } from "@/db/vocabulary/accounts";
import { REQUEST_TYPES, WAY_READERS } from "@/db/vocabulary/requests";
import { hashOf } from "@/lib/hash";

import { Conflict, NotFound } from "../errors";
import { plainLine, prose, uuid } from "../input";
import { verb } from "../verb";
import { words } from "./input";
import { MOST_WAYS } from "./ways";

const address = plainLine(500).refine(
  (typed) => /^https:\/\//.test(typed) && URL.canParse(typed),
  "requests.errors.wayAddress",
);

const wayInput = z.object({
  /** The one that is changed; without it a new one. */
  wayId: uuid.optional(),
  type: z.enum(REQUEST_TYPES, { error: "errors.field.required" }),
  reader: z.enum(WAY_READERS, { error: "errors.field.required" }),
  place: z.enum(STOP_PLACES, { error: "errors.field.invalid" }).nullable(),
  text: z.object({ "zh-CN": words(500), en: prose(500) }),
  url: address.nullable(),
});

type Row = typeof requestWays.$inferSelect;

const snapshot = ({ type, reader, place, textZh, textEn, url }: Omit<Row, "id" | "createdAt">) => ({
  ...{ type, reader, place, textZh, textEn, url },
});

/**
 * Writes down what one can do oneself instead of asking (P24), or changes it.
 * @throws NotFound for one that is gone; Conflict where there are too many; Invalid field by field
 */
export const saveWay = verb({
  may: "request.keepWays",
  input: wayInput,

  async run({ tx, now, record, unchanged }, { wayId, text, ...given }) {
    const after = { ...given, textZh: text["zh-CN"], textEn: text.en.trim() || null };
    if (!wayId) {
      if ((await tx.$count(requestWays)) >= MOST_WAYS)
        throw new Conflict("requests.errors.tooManyWays");
      const [way] = await tx
        .insert(requestWays)
        .values({ ...after, createdAt: now })
        .returning();
      if (!way) throw new Error("the way was not written");
      return record("way.saved", { id: way.id, after: snapshot(after) });
    }
    const [before] = await tx
      .select()
      .from(requestWays)
      .where(eq(requestWays.id, wayId))
      .for("update");
    if (!before) throw new NotFound("errors.notFound");
    if (hashOf(snapshot(before)) === hashOf(snapshot(after))) return unchanged();
    await tx.update(requestWays).set(after).where(eq(requestWays.id, wayId));
    await record("way.saved", { id: wayId, before: snapshot(before), after: snapshot(after) });
  },
});

/** Takes a way off the forms. Again is harmless. */
export const removeWay = verb({
  may: "request.keepWays",
  input: z.object({ wayId: uuid }),

  async run({ tx, record, unchanged }, { wayId }) {
    const [gone] = await tx.delete(requestWays).where(eq(requestWays.id, wayId)).returning();
    if (!gone) return unchanged();
    await record("way.removed", { id: wayId, before: snapshot(gone) });
  },
});
