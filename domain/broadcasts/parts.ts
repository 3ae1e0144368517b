import { type SQL, sql } from "drizzle-orm";

/** Into how many parts an audience is cut. */
export const PARTS = 4096;

/** The part of an audience in which a person stands: the first 12 bits of their id. */
export const partOf = (userId: SQL): SQL =>
  sql`((get_byte(uuid_send(${userId}), 0) << 4) + (get_byte(uuid_send(${userId}), 1) >> 4))`;

/** The part of an audience in which a person stands who is held back for the second wave; it tells nobody yet. */
export const heldPart = (part: SQL): SQL => sql`${part} + ${PARTS}`;
/** Whether a part is told with what is told now. */
export const isOpenPart = (part: SQL): SQL => sql`${part} < ${PARTS}`;
