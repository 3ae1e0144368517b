import { eq } from "drizzle-orm";
import { z } from "zod";

import { type Account, accounts } from "@/db/schema";

import { uuid } from "../input";
import { verb } from "../verb";
import { accountName, accountTags, accountTier, homeRegion } from "./input";
import { lockAccount } from "./lock";

/**
 * Renames an account, ranks it, gives it tags, or says where it is at home; what is left out stays. Its UIN is how the vendor knows it and
 * stays. @throws Conflict, NotFound
 */
export const editAccount = verb({
  may: "account.manage",
  input: z.object({
    ...{ accountId: uuid, name: accountName },
    ...{ tier: accountTier.optional(), homeRegion: homeRegion.optional() },
    tags: accountTags.nullable().optional(),
  }),

  async run({ tx, record, unchanged }, { accountId, name, tags: given, ...said }) {
    const before = await lockAccount(tx, accountId);
    const tags = given === undefined ? before.tags : (given ?? []);
    const after = {
      ...{ name, tags },
      tier: said.tier === undefined ? before.tier : said.tier,
      homeRegion: said.homeRegion === undefined ? before.homeRegion : said.homeRegion,
    };
    const [from, to] = [differing(before, after), differing(after, before)];
    if (before.name === name && Object.keys(to).length === 1) return unchanged(before);
    await tx.update(accounts).set(after).where(eq(accounts.id, accountId));
    await record("account.edited", { id: accountId, before: from, after: to });
    return { ...before, ...after };
  },
});

type Said = Pick<Account, "name" | "tier" | "homeRegion" | "tags">;

/** The name, and what of the rest the other side has otherwise. */
const differing = ({ name, tier, homeRegion, tags }: Said, other: Said) => ({
  name,
  ...(tier !== other.tier && { tier }),
  ...(homeRegion !== other.homeRegion && { homeRegion }),
  ...(tags.join() !== other.tags.join() && { tags }),
});
