import { sql } from "drizzle-orm";
import { z } from "zod";

import { recipients } from "../broadcasts/audience";
import { query } from "../query";

/**
 * Whom a change of a product's documents is told right now: people, the accounts they stand for,
 * and those whom no mail reaches because their address is suppressed.
 */
export const countAudience = query({
  may: "policy.readDrafts",
  input: z.object({ productId: z.uuid() }),

  async run({ db }, { productId }) {
    const result = await db.execute<{ people: number; accounts: number; without_mail: number }>(sql`
      with people as (${recipients({ productId })})
      select count(*)::int as people,
        (select count(distinct id)::int from people p, unnest(p.account_ids) as id) as accounts,
        (select count(*)::int from people p join suppressions s on s.address = p.email) as without_mail
      from people`);
    const [counted] = result.rows;
    return {
      people: counted?.people ?? 0,
      accounts: counted?.accounts ?? 0,
      withoutMail: counted?.without_mail ?? 0,
    };
  },
});
