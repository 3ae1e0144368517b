import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";

import { apiTokens } from "@/db/schema";

import { NotFound } from "../errors";
import { uuid } from "../input";
import { verb } from "../verb";

/** Ends a token of the vendor's own systems at once and for good; revoking it again changes nothing. @throws NotFound */
export const revokeToken = verb({
  may: "token.manage",
  input: z.object({ tokenId: uuid }),

  async run({ tx, now, record, unchanged }, { tokenId }) {
    const [token] = await tx
      .select()
      .from(apiTokens)
      .where(and(eq(apiTokens.id, tokenId), isNull(apiTokens.accountId)))
      .for("update");
    if (!token) throw new NotFound("errors.notFound");
    if (token.revokedAt) return unchanged();
    await tx.update(apiTokens).set({ revokedAt: now }).where(eq(apiTokens.id, tokenId));
    await record("api_token.revoked", { id: tokenId });
  },
});
