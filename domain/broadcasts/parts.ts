import { type SQL, sql } from "drizzle-orm";

/** Into how many parts an audience is cut. */
export const PARTS = 4096;

/** The part of an audience in which a person stands: the first 12 bits of their id. */
export const partOf = (userId: SQL): SQL =>
  sql`((get_byte(uuid_send(${userId}), 0) << 4) + (get_byte(uuid_send(${userId}), 1) >> 4))`;
