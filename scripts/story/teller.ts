import type { Tx } from "@/db/client";
import type { Context } from "@/domain/context";

/** What a chapter of the story needs of the others: who acts, when the story is told, in which transaction. */
export type Teller = {
  as: (email: string, now: Date) => Promise<Context>;
  started: Date;
  stage: { tx?: Tx };
};
