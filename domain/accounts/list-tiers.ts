import { z } from "zod";

import { query } from "../query";
import { readRows } from "../rows";

/** More than any vendor ranks by; a mistyped import does not fill a page. */
const MOST = 40;

/** The tiers that accounts have, by name; each is found by one step in the index, however many accounts have it. */
export const listTiers = query({
  may: "account.read",
  input: z.object({}),

  async run({ db }): Promise<string[]> {
    const rows = await readRows(db, z.object({ tier: z.string() }))`
      with recursive each as (
        (select tier from accounts where tier is not null order by tier limit 1)
        union all
        select (select a.tier from accounts a where a.tier > each.tier order by a.tier limit 1)
        from each where each.tier is not null
      )
      select tier from each where tier is not null limit ${MOST}`;
    return rows.map(({ tier }) => tier);
  },
});
