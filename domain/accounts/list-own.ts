import { asc, inArray } from "drizzle-orm";
import { z } from "zod";

import { accounts } from "@/db/schema";

import { person } from "../access/permissions";
import { query } from "../query";
import { contactsOf } from "./contacts-of";
import { appsOf, membersOf } from "./find-account";

export type OwnAccount = Awaited<ReturnType<typeof listOwnAccounts>>[number];

/** The reader's own accounts, with the reader's role, the members and contacts there now and the apps in use. */
export const listOwnAccounts = query({
  may: "account.readOwn",
  input: z.object({}),

  async run({ db, actor, now }) {
    const { memberships } = person(actor);
    const ids = memberships.map(({ accountId }) => accountId);
    const [own, people, integrations, named] = await Promise.all([
      db
        .select({ id: accounts.id, uin: accounts.uin, name: accounts.name })
        .from(accounts)
        .where(inArray(accounts.id, ids))
        .orderBy(asc(accounts.name)),
      membersOf(db, ids),
      appsOf(db, ids),
      contactsOf(db, ids, now),
    ]);

    return own.flatMap((account) => {
      const own = memberships.find(({ accountId }) => accountId === account.id);
      if (!own) return [];
      const isHere = (part: { accountId: string }) => part.accountId === account.id;
      return {
        ...account,
        role: own.role,
        members: people.filter((one) => isHere(one) && !one.leftAt),
        contacts: named.filter(isHere),
        apps: integrations.filter((one) => isHere(one) && !one.closedAt),
      };
    });
  },
});
