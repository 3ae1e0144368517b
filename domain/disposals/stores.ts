import { eq } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { dataStores } from "@/db/schema";
import { DISPOSAL_CARRIERS } from "@/db/vocabulary/disposals";
import { DATA_STORES, type DataStore } from "@/db/vocabulary/requests";
import { addDays } from "@/lib/shanghai";

import { Conflict } from "../errors";
import { line, prose, typedCount } from "../input";
import { query } from "../query";
import { verb } from "../verb";

export type Store = typeof dataStores.$inferSelect;

/** The stores that the vendor wrote down, in the order of the vocabulary. */
export async function readStores(db: Db | Tx): Promise<Store[]> {
  const rows = await db.select().from(dataStores);
  return DATA_STORES.flatMap((store) => rows.filter((row) => row.store === store));
}

/** Which stores are emptied: those written down; while none is, every one there may be. */
export async function storesToEmpty(
  db: Db | Tx,
): Promise<
  { store: DataStore; executor: string | null; method: string | null; dueDays: number }[]
> {
  const stores = await readStores(db);
  if (stores.length > 0)
    return stores.map(({ store, executor, methodZh, dueDays }) => ({
      ...{ store, executor, method: methodZh, dueDays },
    }));
  return DATA_STORES.map((store) => ({ store, executor: null, method: null, dueDays: 0 }));
}

/** Who empties a store and how, as a disposal of it keeps it; nothing where the vendor said nothing. */
export async function carriedOutBy(db: Db | Tx, store: DataStore) {
  const [row] = await db.select().from(dataStores).where(eq(dataStores.store, store));
  return { executor: row?.executor ?? null, method: row?.methodZh ?? null };
}

/** The day on which the last copy in a backup expires of what was removed on `day`; null without backups. */
export async function backupsUntil(db: Db | Tx, store: DataStore, day: string) {
  const [row] = await db.select().from(dataStores).where(eq(dataStores.store, store));
  return row && row.backupDays > 0 ? addDays(day, row.backupDays) : null;
}

/** The stores with who empties them and how, for who keeps that. */
export const listStores = query({
  may: "disposal.read",
  input: z.object({}),
  run: ({ db }): Promise<Store[]> => readStores(db),
});

const days = (least: number, most: number) =>
  typedCount.refine((given) => given >= least && given <= most, "disposals.errors.days");
const said = (max: number) =>
  prose(max)
    .transform((text) => text.trim())
    .refine((text) => text !== "", "errors.field.required");

/** Writes down who empties a store, how, within how many days, and when copies in backups expire (P10). */
export const saveStore = verb({
  may: "disposal.keepStores",
  input: z.object({
    store: z.enum(DATA_STORES, { error: "errors.field.required" }),
    executor: line(100),
    method: z.object({ "zh-CN": said(500), en: prose(500) }),
    carrier: z.enum(DISPOSAL_CARRIERS, { error: "errors.field.required" }),
    dueDays: days(1, 365),
    backupDays: days(0, 730),
  }),

  async run({ tx, now, record, unchanged }, { store, method, ...given }) {
    if (given.carrier === "account_deletion" && store === "backups")
      throw new Conflict("disposals.errors.carrier");
    const after = { ...given, methodZh: method["zh-CN"], methodEn: method.en.trim() || null };
    const [before] = await tx.select().from(dataStores).where(eq(dataStores.store, store));
    if (before && isSame(before, after)) return unchanged();
    await tx
      .insert(dataStores)
      .values({ store, ...after, createdAt: now })
      .onConflictDoUpdate({ target: dataStores.store, set: after });
    await record("data_store.saved", {
      id: store,
      ...(before && { before: snapshot(before) }),
      after: snapshot(after),
    });
  },
});

/** The vendor keeps nothing there: from now on no disposal of it is opened. Again is harmless. */
export const removeStore = verb({
  may: "disposal.keepStores",
  input: z.object({ store: z.enum(DATA_STORES) }),

  async run({ tx, record, unchanged }, { store }) {
    const [gone] = await tx.delete(dataStores).where(eq(dataStores.store, store)).returning();
    if (!gone) return unchanged();
    await record("data_store.removed", { id: store, before: snapshot(gone) });
  },
});

const snapshot = ({
  executor,
  methodZh,
  methodEn,
  carrier,
  dueDays,
  backupDays,
}: Omit<Store, "store" | "createdAt">) => ({
  ...{ executor, methodZh, methodEn, carrier, dueDays, backupDays },
});

const isSame = (one: Parameters<typeof snapshot>[0], other: Parameters<typeof snapshot>[0]) =>
  JSON.stringify(snapshot(one)) === JSON.stringify(snapshot(other));
