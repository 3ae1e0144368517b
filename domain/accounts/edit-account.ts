import { eq } from "drizzle-orm";
import { z } from "zod";

import { accounts } from "@/db/schema";

import { uuid } from "../input";
import { verb } from "../verb";
import { accountName, accountTier } from "./input";
import { lockAccount } from "./lock";

/**
 * Renames an account, or ranks it; a tier that is left out stays. Its UIN is how the vendor knows it and
 * stays. @throws Conflict, NotFound
 */
export const editAccount = verb({
  may: "account.manage",
  input: z.object({ accountId: uuid, name: accountName, tier: accountTier.optional() }),

  async run({ tx, record, unchanged }, { accountId, name, tier: ranked }) {
    const before = await lockAccount(tx, accountId);
    const tier = ranked === undefined ? before.tier : ranked;
    const isRanked = tier !== before.tier;
    if (before.name === name && !isRanked) return unchanged(before);
    await tx.update(accounts).set({ name, tier }).where(eq(accounts.id, accountId));
    await record("account.edited", {
      id: accountId,
      before: { name: before.name, ...(isRanked && { tier: before.tier }) },
      after: { name, ...(isRanked && { tier }) },
    });
    return { ...before, name, tier };
  },
});
