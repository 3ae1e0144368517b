import { sql } from "drizzle-orm";
import { z } from "zod";

import { person } from "../access/permissions";
import { query } from "../query";
import { readOneRow } from "../rows";

/**
 * A short text that changes whenever what is counted beside the navigation may have changed: messages, the
 * answers of the reader's accounts, their requests. Asked every few seconds while a page is looked at, so
 * it counts nothing that an index does not hold.
 */
export const readPulse = query({
  may: "inbox.readOwn",
  input: z.object({}),

  async run({ db, actor }) {
    const { id, memberships } = person(actor);
    const own = sql`${sql.param(memberships.map(({ accountId }) => accountId))}::uuid[]`;
    const { pulse } = await readOneRow(db, z.object({ pulse: z.string() }))`
      select md5(concat_ws('.',
        (select count(*) from deliveries
          where user_id = ${id} and channel = 'inbox' and read_at is null and archived_at is null),
        (select extract(epoch from max(created_at)) from deliveries where user_id = ${id} and channel = 'inbox'),
        (select count(*) from policy_acknowledgements where account_id = any(${own})),
        (select string_agg(r.number || r.status, ' ' order by r.number) from requests r
          where (r.requester_id = ${id} or r.account_id = any(${own})) and r.answered_at is null)
      )) as pulse`;
    return pulse;
  },
});
