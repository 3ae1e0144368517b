import { and, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";

import { type ApiToken, apiTokens } from "@/db/schema";
import { addDays, shanghaiDay, shanghaiMidnight } from "@/lib/shanghai";

import { Conflict, NotFound } from "../errors";
import { uuid } from "../input";
import { verb } from "../verb";
import { writeToken } from "./create-token";
import { TOKEN_DAYS } from "./input";

const DAY_MS = 86_400_000;
/** How long the old token stays good beside the new one. */
export const OVERLAP_DAYS = 7;

/**
 * Makes a token of the same name and scopes in the place of one that is in use, for as long as that
 * one was made for. Both are good for a week, so that no program stands still meanwhile.
 * @throws NotFound; Conflict where the token has ended or was replaced before
 */
export const rotateToken = verb({
  may: "token.manage",
  fresh: true,
  input: z.object({ tokenId: uuid }),

  async run({ tx, actor, now, record }, { tokenId }) {
    const [old] = await tx
      .select()
      .from(apiTokens)
      .where(and(eq(apiTokens.id, tokenId), isNull(apiTokens.accountId)))
      .for("update");
    if (!old) throw new NotFound("errors.notFound");
    const { name, scopes } = old;
    if (old.revokedAt || old.replacedBy || (old.expiresAt && old.expiresAt <= now))
      throw new Conflict("tickets.errors.tokenOver");

    const endsAt = earlier(old.expiresAt, new Date(now.getTime() + OVERLAP_DAYS * DAY_MS));
    // The name is free for the new one as soon as the old one says that it is replaced.
    await tx
      .update(apiTokens)
      .set({ expiresAt: endsAt, replacedBy: sql`id` })
      .where(eq(apiTokens.id, old.id));
    const expiresAt = lastsAsLong(old, now);
    const written = await writeToken(tx, { name, scopes, expiresAt, actor, now });
    if (!written) throw new Error("the successor was not written");
    await tx.update(apiTokens).set({ replacedBy: written.id }).where(eq(apiTokens.id, old.id));

    await record("api_token.created", { id: written.id, after: { name, scopes, expiresAt } });
    await record("api_token.rotated", { id: old.id, after: { successorId: written.id, endsAt } });
    return { ...written, name, endsAt };
  },
});

const earlier = (one: Date | null, other: Date) => (one && one < other ? one : other);

/** To the end of a day in Asia/Shanghai. */
function lastsAsLong({ createdAt, expiresAt }: ApiToken, now: Date): Date {
  const days = expiresAt
    ? Math.ceil((expiresAt.getTime() - createdAt.getTime()) / DAY_MS)
    : TOKEN_DAYS.standard;
  const lastDay = addDays(shanghaiDay(now), Math.min(TOKEN_DAYS.most, Math.max(1, days)));
  return shanghaiMidnight(addDays(lastDay, 1));
}
