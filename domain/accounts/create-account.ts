import { eq } from "drizzle-orm";

import { accounts } from "@/db/schema";

import { Invalid } from "../errors";
import { verb } from "../verb";
import { accountInput } from "./input";

/**
 * Enters an account. Repeating it with the same name changes nothing.
 * @throws Invalid when the UIN stands for an account of another name, or of another tier than the one given
 */
export const createAccount = verb({
  may: "account.manage",
  input: accountInput,

  async run({ tx, now, record, unchanged }, { uin, name, tier, homeRegion }) {
    const [created] = await tx
      .insert(accounts)
      .values({ uin, name, tier, homeRegion, createdAt: now })
      .onConflictDoNothing()
      .returning();
    if (created) {
      await record("account.created", {
        id: created.id,
        after: { uin, name, ...(tier && { tier }), ...(homeRegion && { homeRegion }) },
      });
      return created;
    }

    const [there] = await tx.select().from(accounts).where(eq(accounts.uin, uin));
    if (there?.name !== name)
      throw new Invalid("errors.form", { uin: ["accounts.errors.uinTaken"] });
    if (tier !== null && there.tier !== tier)
      throw new Invalid("errors.form", { tier: ["accounts.errors.otherTier"] });
    unchanged();
    return there;
  },
});
