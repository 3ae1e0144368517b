import { and, eq, gt, isNull, or, sql } from "drizzle-orm";
import { z } from "zod";

import { apiTokens } from "@/db/schema";

import { hashApiToken } from "./api-token";
import { chore } from "../chore";
import type { Actor } from "../context";

/** Uses of one token within a minute, unless a call allows more; more than any ticket system writes by hand. */
export const USES_PER_MINUTE = 60;
const MINUTE_MS = 60_000;

/** What is left of a minute's uses, and the seconds until the next minute begins. */
export type Quota = { limit: number; remaining: number; reset: number };

export type Authentication =
  | { as: Actor; quota: Quota }
  | { refused: "unknown" }
  /** Too many uses; seconds until the next is taken. */
  | { refused: "limited"; retryAfter: number; quota: Quota };

/**
 * Whom a token stands for. It counts the use and notes when it was; revoked and expired tokens are
 * as unknown as any other.
 */
export const authenticateToken = chore({
  may: "access.authenticateToken",
  input: z.object({ token: z.string(), limit: z.int().default(USES_PER_MINUTE) }),

  async run({ tx, now }, { token, limit }): Promise<Authentication> {
    const minuteAgo = new Date(now.getTime() - MINUTE_MS);
    const isFresh = sql`${apiTokens.windowStartedAt} > ${minuteAgo.toISOString()}::timestamptz`;
    const [used] = await tx
      .update(apiTokens)
      .set({
        lastUsedAt: now,
        windowStartedAt: sql`case when ${isFresh} then ${apiTokens.windowStartedAt} else ${now.toISOString()}::timestamptz end`,
        windowUses: sql`case when ${isFresh} then ${apiTokens.windowUses} + 1 else 1 end`,
      })
      .where(
        and(
          eq(apiTokens.tokenHash, hashApiToken(token)),
          isNull(apiTokens.revokedAt),
          or(isNull(apiTokens.expiresAt), gt(apiTokens.expiresAt, now)),
        ),
      )
      .returning();
    if (!used) return { refused: "unknown" };
    const opens = (used.windowStartedAt ?? now).getTime() + MINUTE_MS;
    const reset = Math.max(1, Math.ceil((opens - now.getTime()) / 1000));
    const quota = { limit, remaining: Math.max(0, limit - used.windowUses), reset };
    if (used.windowUses > limit) return { refused: "limited", retryAfter: reset, quota };
    const { id, scopes, accountId, appId } = used;
    return {
      as: { kind: "token", id, scopes, ...(accountId && { only: { accountId, appId } }) },
      quota,
    };
  },
});
