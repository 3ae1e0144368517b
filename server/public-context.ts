import "server-only";
import { connection } from "next/server";
import { cache } from "react";

import { ANONYMOUS, type Context } from "@/domain/context";

/**
 * The context of a public page: everybody reads as a stranger, so that a link shows everybody the
 * same text and no page holds anything of its reader. Reading the database makes it dynamic.
 */
export const publicContext = cache(async (): Promise<Context> => {
  await connection();
  return { actor: ANONYMOUS, now: new Date(), visit: { writes: 0 } };
});
