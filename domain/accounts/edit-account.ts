import { eq } from "drizzle-orm";
import { z } from "zod";

import { accounts } from "@/db/schema";

import { uuid } from "../input";
import { verb } from "../verb";
import { accountName } from "./input";
import { lockAccount } from "./lock";

/** Renames an account. Its UIN is how the vendor knows it and stays. @throws Conflict, NotFound */
export const editAccount = verb({
  may: "account.manage",
  input: z.object({ accountId: uuid, name: accountName }),

  async run({ tx, record, unchanged }, { accountId, name }) {
    const before = await lockAccount(tx, accountId);
    if (before.name === name) return unchanged(before);
    await tx.update(accounts).set({ name }).where(eq(accounts.id, accountId));
    await record("account.edited", {
      id: accountId,
      before: { name: before.name },
      after: { name },
    });
    return { ...before, name };
  },
});
