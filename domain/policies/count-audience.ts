import { z } from "zod";

import { peopleConcerned } from "../broadcasts/audience";
import { query } from "../query";
import { countColumn, readOneRow } from "../rows";

const audienceRow = z.object({
  people: countColumn,
  accounts: countColumn,
  withoutMail: countColumn,
});

/**
 * Whom a change of a product's documents is told right now: people, the accounts they stand for,
 * and those whom no mail reaches because their address is suppressed.
 */
export const countAudience = query({
  may: "policy.readDrafts",
  input: z.object({ productId: z.uuid() }),

  run: ({ db }, { productId }) =>
    readOneRow(db, audienceRow)`
      with people as (${peopleConcerned(productId)})
      select count(*) as people,
        (select count(distinct id) from people p, unnest(p.account_ids) as id) as accounts,
        (select count(*) from people p join suppressions s on s.address = p.email) as "withoutMail"
      from people`,
});
