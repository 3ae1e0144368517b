import { eq } from "drizzle-orm";
import { z } from "zod";

import { accounts } from "@/db/schema";
import { BINDING_ROLES } from "@/db/vocabulary/access";

import { membershipIn, person } from "../access/permissions";
import { NotFound } from "../errors";
import { uuid } from "../input";
import { query } from "../query";
import { contactsOf } from "./contacts-of";
import { ownersOf } from "./list-members";

export type OwnContacts = Awaited<ReturnType<typeof listOwnContacts>>;

/**
 * The contacts of an account of the reader's, verified ones first, and the owners, who stand in
 * where a kind has no verified contact. Every member may read them; `canManage` says who may more.
 * @throws NotFound for somebody else's account
 */
export const listOwnContacts = query({
  may: "account.readOwn",
  input: z.object({ accountId: uuid }),

  async run({ db, actor, now }, { accountId }) {
    const { role } = membershipIn(actor, accountId);
    const [[account], list, owners] = await Promise.all([
      db
        .select({
          ...{ id: accounts.id, name: accounts.name, uin: accounts.uin },
          takesRehearsals: accounts.takesRehearsals,
        })
        .from(accounts)
        .where(eq(accounts.id, accountId)),
      contactsOf(db, [accountId], now),
      ownersOf(db, [accountId]),
    ]);
    if (!account) throw new NotFound("errors.notFound");
    return {
      account,
      contacts: list,
      canManage: BINDING_ROLES.some((one) => one === role),
      owners: owners.map(({ name }) => name),
    };
  },
});

export type UnconfirmedContact = Awaited<ReturnType<typeof listUnconfirmedContacts>>[number];

/** The contacts that the reader may manage and that have not confirmed: nothing reaches them yet. */
export const listUnconfirmedContacts = query({
  may: "account.readOwn",
  input: z.object({}),

  async run({ db, actor, now }) {
    const accountIds = person(actor)
      .memberships.filter(({ role }) => BINDING_ROLES.some((one) => one === role))
      .map(({ accountId }) => accountId);
    const list = await contactsOf(db, accountIds, now);
    return list.filter(({ verifiedAt }) => !verifiedAt);
  },
});
