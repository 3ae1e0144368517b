import { eq } from "drizzle-orm";
import { z } from "zod";

import { accounts } from "@/db/schema";
import { BINDING_ROLES } from "@/db/vocabulary/access";

import { membershipIn } from "../access/permissions";
import { uuid } from "../input";
import { verb } from "../verb";
import { lockAccount } from "./lock";

/**
 * Whether an account takes part in rehearsals of incident notices, by the word of an owner or the legal
 * member. One that does not is in no rehearsal's audience, however it was chosen. @throws NotFound, NotAllowed
 */
export const setRehearsals = verb({
  may: "contact.manageOwn",
  input: z.object({ accountId: uuid, takes: z.boolean() }),

  async run({ tx, actor, record, unchanged }, { accountId, takes }) {
    membershipIn(actor, accountId, BINDING_ROLES);
    await lockAccount(tx, accountId);
    const [account] = await tx
      .select({ takes: accounts.takesRehearsals })
      .from(accounts)
      .where(eq(accounts.id, accountId));
    if (account?.takes === takes) return unchanged(undefined);
    await tx.update(accounts).set({ takesRehearsals: takes }).where(eq(accounts.id, accountId));
    await record("account.rehearsals_set", { id: accountId, after: { takes } });
  },
});
