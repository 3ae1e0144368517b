import { sql } from "drizzle-orm";
import { z } from "zod";

import { uuid } from "../input";
import { query } from "../query";
import { countColumn, momentColumn, readRows } from "../rows";
import { findWithIncident } from "./find";

const MOST = 60;

const candidateRow = z.object({
  ...{ id: z.string(), name: z.string(), uin: z.string() },
  ...{ apps: countColumn, lastArrivedAt: momentColumn.nullable(), isChosen: z.boolean() },
  /** Whether a night has reckoned how the account can be reached; before that nothing is known of its mails. */
  isMeasured: z.boolean(),
});
export type Candidate = z.output<typeof candidateRow>;

/**
 * The accounts a rehearsal may tell, to choose from: those that integrate the product and take part, sixty at
 * most, the chosen ones first, then those of which it is longest ago that a mail arrived. @throws NotFound
 */
export const listRehearsable = query({
  may: "notice.readDrafts",
  input: z.object({ noticeId: uuid }),

  async run({ db }, { noticeId }): Promise<Candidate[]> {
    const { notice } = await findWithIncident(db, noticeId);
    const { productId, sdkAppIds } = notice.audience;
    return readRows(db, candidateRow)`
      select a.id, a.name, a.uin, count(*) as apps, r.last_arrived_at as "lastArrivedAt",
        r.account_id is not null as "isMeasured",
        bool_or(p.sdk_app_id = any(${sql.param([...sdkAppIds])}::text[])) as "isChosen"
      from accounts a
      join apps p on p.account_id = a.id and p.closed_at is null and p.product_id = ${productId}
      left join account_reach r on r.account_id = a.id
      where a.closed_at is null and a.takes_rehearsals
      group by a.id, r.account_id, r.last_arrived_at
      order by "isChosen" desc, r.last_arrived_at nulls first, a.name, a.id limit ${MOST}`;
  },
});
