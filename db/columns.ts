import { timestamp, uuid } from "drizzle-orm/pg-core";

export const id = () => uuid().primaryKey().defaultRandom();

/** A moment, stored in UTC. */
export const at = () => timestamp({ withTimezone: true });
