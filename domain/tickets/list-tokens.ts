import { and, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";

import { apiTokens, users } from "@/db/schema";

import { pageInput } from "../input";
import { down, readPage, up } from "../page";
import { query } from "../query";

const PAGE = 50;
const IN_USE_FIRST = [
  up("flag", sql`(${apiTokens.revokedAt} is not null)`),
  down("moment", apiTokens.createdAt),
  down("uuid", apiTokens.id),
];

export type ListedToken = Awaited<ReturnType<typeof listTokens>>["rows"][number];

/** Every token of the vendor's own systems, those in use first and the newest of them on top, 50 a page; never a token itself. */
export const listTokens = query({
  may: "token.manage",
  input: z.object(pageInput),

  async run({ db, now }, { page }) {
    const list = { keys: IN_USE_FIRST, size: PAGE, page };
    const { rows, ...turns } = await readPage(list, (slice) =>
      db
        .select({
          cursor: slice.cursor,
          id: apiTokens.id,
          name: apiTokens.name,
          hint: apiTokens.hint,
          scopes: apiTokens.scopes,
          createdByName: users.name,
          createdAt: apiTokens.createdAt,
          expiresAt: apiTokens.expiresAt,
          lastUsedAt: apiTokens.lastUsedAt,
          revokedAt: apiTokens.revokedAt,
          replacedBy: apiTokens.replacedBy,
        })
        .from(apiTokens)
        .innerJoin(users, eq(users.id, apiTokens.createdBy))
        .where(and(isNull(apiTokens.accountId), slice.beyond))
        .orderBy(slice.order)
        .limit(slice.limit),
    );
    return {
      ...turns,
      rows: rows.map((row) => ({ ...row, state: stateOf(row, now) })),
    };
  },
});

type Ends = { revokedAt: Date | null; expiresAt: Date | null; replacedBy: string | null };
export type TokenState = "active" | "replaced" | "expired" | "revoked";

export function stateOf({ revokedAt, expiresAt, replacedBy }: Ends, now: Date): TokenState {
  if (revokedAt) return "revoked";
  if (expiresAt && expiresAt <= now) return "expired";
  return replacedBy ? "replaced" : "active";
}
