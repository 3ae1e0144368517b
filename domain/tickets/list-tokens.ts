import { desc, eq, sql } from "drizzle-orm";
import { z } from "zod";

import { apiTokens, users } from "@/db/schema";

import { query } from "../query";

const PAGE = 50;

export type ListedToken = Awaited<ReturnType<typeof listTokens>>["rows"][number];

/** Every token, those in use first and the newest of them on top, 50 a page; never a token itself. */
export const listTokens = query({
  may: "token.manage",
  input: z.object({ page: z.coerce.number().int().min(1).max(1000).default(1).catch(1) }),

  async run({ db, now }, { page }) {
    const rows = await db
      .select({
        id: apiTokens.id,
        name: apiTokens.name,
        hint: apiTokens.hint,
        scopes: apiTokens.scopes,
        createdByName: users.name,
        createdAt: apiTokens.createdAt,
        expiresAt: apiTokens.expiresAt,
        lastUsedAt: apiTokens.lastUsedAt,
        revokedAt: apiTokens.revokedAt,
      })
      .from(apiTokens)
      .innerJoin(users, eq(users.id, apiTokens.createdBy))
      .orderBy(sql`${apiTokens.revokedAt} is not null`, desc(apiTokens.createdAt))
      .limit(PAGE + 1)
      .offset((page - 1) * PAGE);
    return {
      page,
      hasMore: rows.length > PAGE,
      rows: rows.slice(0, PAGE).map((row) => ({ ...row, state: stateOf(row, now) })),
    };
  },
});

type Ends = { revokedAt: Date | null; expiresAt: Date | null };

function stateOf({ revokedAt, expiresAt }: Ends, now: Date): "active" | "expired" | "revoked" {
  if (revokedAt) return "revoked";
  return expiresAt && expiresAt <= now ? "expired" : "active";
}
