import "server-only";
import { connection } from "next/server";
import { cache } from "react";

import { ANONYMOUS, type Context } from "@/domain/context";

/**
 * The context of what a public page says: everybody reads as a stranger, so that a link shows
 * everybody the same text. Reading the database makes it dynamic.
 */
export const publicContext = cache(async (): Promise<Context> => {
  await connection();
  return { actor: ANONYMOUS, now: new Date(), visit: { writes: 0 } };
});
