import { eq } from "drizzle-orm";
import { z } from "zod";

import { accounts } from "@/db/schema";

import { uuid } from "../input";
import { verb } from "../verb";
import { accountName, accountTier, homeRegion } from "./input";
import { lockAccount } from "./lock";

/**
 * Renames an account, ranks it, or says where it is at home; what is left out stays. Its UIN is how the vendor knows it and
 * stays. @throws Conflict, NotFound
 */
export const editAccount = verb({
  may: "account.manage",
  input: z.object({
    ...{ accountId: uuid, name: accountName },
    ...{ tier: accountTier.optional(), homeRegion: homeRegion.optional() },
  }),

  async run({ tx, record, unchanged }, { accountId, name, tier: ranked, homeRegion: home }) {
    const before = await lockAccount(tx, accountId);
    const tier = ranked === undefined ? before.tier : ranked;
    const homeRegion = home === undefined ? before.homeRegion : home;
    const [isRanked, isMoved] = [tier !== before.tier, homeRegion !== before.homeRegion];
    if (before.name === name && !isRanked && !isMoved) return unchanged(before);
    await tx.update(accounts).set({ name, tier, homeRegion }).where(eq(accounts.id, accountId));
    await record("account.edited", {
      id: accountId,
      before: {
        name: before.name,
        ...(isRanked && { tier: before.tier }),
        ...(isMoved && { homeRegion: before.homeRegion }),
      },
      after: { name, ...(isRanked && { tier }), ...(isMoved && { homeRegion }) },
    });
    return { ...before, name, tier, homeRegion };
  },
});
