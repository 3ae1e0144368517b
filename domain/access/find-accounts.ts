import { asc, inArray } from "drizzle-orm";
import { z } from "zod";

import { accounts } from "@/db/schema";

import { query } from "../query";
import { person } from "./permissions";

export const listOwnAccountNames = query({
  may: "account.readOwn",
  input: z.object({}),

  async run({ db, actor }) {
    const ids = person(actor).memberships.map(({ accountId }) => accountId);
    return db
      .select({ id: accounts.id, name: accounts.name, uin: accounts.uin })
      .from(accounts)
      .where(inArray(accounts.id, ids))
      .orderBy(asc(accounts.name));
  },
});
