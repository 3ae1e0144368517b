import { z } from "zod";

import { pairsOf, peopleConcerned } from "../broadcasts/audience";
import { foreseeMails } from "../broadcasts/mail-routes";
import { query } from "../query";
import { countColumn, readOneRow } from "../rows";

const audienceRow = z.object({
  people: countColumn,
  accounts: countColumn,
  withoutMail: countColumn,
});

/**
 * Whom a change of a product's documents is told right now: people, the accounts they stand for,
 * those whom no mail reaches because their address is suppressed, what no route lets leave, and what
 * leaves though nobody has said from where.
 */
export const countAudience = query({
  may: "policy.readDrafts",
  input: z.object({ productId: z.uuid() }),

  async run({ db }, { productId }) {
    const counted = await readOneRow(db, audienceRow)`
      with people as (${peopleConcerned(productId)})
      select count(*) as people,
        (select count(distinct id) from people p, unnest(p.account_ids) as id) as accounts,
        (select count(*) from people p join suppressions s on s.address = p.email) as "withoutMail"
      from people`;
    return { ...counted, ...(await foreseeMails(db, pairsOf({ productId }))) };
  },
});
