import { eq } from "drizzle-orm";

import { type Account, accounts } from "@/db/schema";

import { Invalid } from "../errors";
import { verb } from "../verb";
import { accountInput } from "./input";

/**
 * Enters an account. Repeating it with the same name changes nothing.
 * @throws Invalid when the UIN stands for an account of another name, or of another tier or other tags than those given
 */
export const createAccount = verb({
  may: "account.manage",
  input: accountInput,

  async run({ tx, now, record, unchanged }, { uin, name, tier, homeRegion, tags }) {
    const [created] = await tx
      .insert(accounts)
      .values({ uin, name, tier, homeRegion, tags, createdAt: now })
      .onConflictDoNothing()
      .returning();
    if (created) {
      await record("account.created", {
        id: created.id,
        after: {
          ...{ uin, name, ...(tier && { tier }), ...(homeRegion && { homeRegion }) },
          ...(tags.length > 0 && { tags }),
        },
      });
      return created;
    }

    const [there] = await tx.select().from(accounts).where(eq(accounts.uin, uin));
    if (there?.name !== name)
      throw new Invalid("errors.form", { uin: ["accounts.errors.uinTaken"] });
    assertSame({ tier, tags }, there);
    unchanged();
    return there;
  },
});

type Grouping = Pick<Account, "tier" | "tags">;

/** What is given must not be said to hold where something else does. @throws Invalid */
function assertSame({ tier, tags }: Grouping, there: Grouping): void {
  if (tier !== null && there.tier !== tier)
    throw new Invalid("errors.form", { tier: ["accounts.errors.otherTier"] });
  if (tags.length > 0 && there.tags.join() !== tags.join())
    throw new Invalid("errors.form", { tags: ["accounts.errors.otherTags"] });
}
