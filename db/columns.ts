import { customType, timestamp, uuid } from "drizzle-orm/pg-core";

export const id = () => uuid().primaryKey().defaultRandom();

/** A moment, stored in UTC. */
export const at = () => timestamp({ withTimezone: true });

/** Bytes as lib/seal.ts wrote them: encrypted, authenticated, useless without the data key. */
export const sealed = customType<{ data: Buffer }>({ dataType: () => "bytea" });
