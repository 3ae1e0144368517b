import { eq } from "drizzle-orm";
import { z } from "zod";

import { accounts } from "@/db/schema";
import { BINDING_ROLES } from "@/db/vocabulary/access";

import { membershipIn } from "../access/permissions";
import { uuid } from "../input";
import { verb } from "../verb";
import { lockAccount } from "./lock";

/** An owner or the legal member has looked through the contacts of the account and found them right. @throws NotFound, NotAllowed */
export const checkContacts = verb({
  may: "contact.manageOwn",
  input: z.object({ accountId: uuid }),

  async run({ tx, actor, now, record }, { accountId }) {
    membershipIn(actor, accountId, BINDING_ROLES);
    await lockAccount(tx, accountId);
    await tx.update(accounts).set({ contactsCheckedAt: now }).where(eq(accounts.id, accountId));
    await record("account.contacts_checked", { id: accountId });
  },
});
