import { and, eq, exists, inArray, isNull, sql } from "drizzle-orm";
import { z } from "zod";

import { accounts, apps, members } from "@/db/schema";
import { BINDING_ROLES } from "@/db/vocabulary/access";

import { NotFound } from "../errors";
import { uuid } from "../input";
import { query } from "../query";
import { contactsOf } from "./contacts-of";

export type AccountDetail = Awaited<ReturnType<typeof findAccount>>;

/** An account with its contacts of now, and what lets it be told and answer. @throws NotFound */
export const findAccount = query({
  may: "account.read",
  input: z.object({ accountId: uuid }),

  async run({ db, now }, { accountId }) {
    const binding = db
      .select({ one: sql`1` })
      .from(members)
      .where(
        and(
          eq(members.accountId, accounts.id),
          isNull(members.leftAt),
          inArray(members.role, BINDING_ROLES),
        ),
      );
    const open = db
      .select({ one: sql`1` })
      .from(apps)
      .where(and(eq(apps.accountId, accounts.id), isNull(apps.closedAt)));
    const [found] = await db
      .select({
        account: accounts,
        /** Whether anybody may answer for it. */
        canAnswer: sql<boolean>`${exists(binding)}`,
        /** Whether it has an app in use: changes are told by the products of apps. */
        isTold: sql<boolean>`${exists(open)}`,
      })
      .from(accounts)
      .where(eq(accounts.id, accountId));
    if (!found) throw new NotFound("errors.notFound");
    const { account, ...ability } = found;
    return { ...account, ...ability, contacts: await contactsOf(db, [accountId], now) };
  },
});
