import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import { uuid } from "../input";
import { query } from "../query";
import { countColumn, readOneRow, readRows } from "../rows";

const figureRow = z.object({
  /** By the number of the change in the version's list; null: about the whole. */
  changeNumber: z.int().nullable(),
  disagreed: countColumn,
  stopped: countColumn,
  left: countColumn,
});

/**
 * Who does not agree to a version, and by which change: accounts whose latest answer is a disagreement,
 * of them those that stopped (no open app of the product, or a statement for every place of each) and
 * those that have gone. An account that names several changes counts for each; `all` counts it once.
 */
export const countDisagreements = query({
  may: "policy.readCoverage",
  input: z.object({ versionId: uuid }),

  async run({ db }, { versionId }) {
    const standing = readingOf(versionId);
    const [byChange, all] = await Promise.all([
      readRows(db, figureRow)`
        with gone as (${standing})
        select number as "changeNumber", count(*) as disagreed, count(*) filter (where stopped) as stopped,
          count(*) filter (where is_closed) as left
        from gone
        left join lateral unnest(gone.change_numbers) as number on true
        group by number order by number nulls last`,
      readOneRow(db, figureRow.omit({ changeNumber: true }))`
        with gone as (${standing})
        select count(*) as disagreed, count(*) filter (where stopped) as stopped,
          count(*) filter (where is_closed) as left
        from gone`,
    ]);
    return { byChange, all };
  },
});

/** The accounts whose latest answer is a disagreement, and how far they are with stopping. */
const readingOf = (versionId: string): SQL => sql`
  select a.id, k.change_numbers, a.closed_at is not null as is_closed, not exists (
    select from apps p
    where p.account_id = a.id and p.product_id = d.product_id and p.closed_at is null and exists (
      select from (
        select platform as place from app_platforms where app_id = p.id
        union all select 'api' where p.api_only
      ) w
      where not exists (select from app_stops s where s.app_id = p.id and s.place = w.place)
    )
  ) as stopped
  from policy_versions v
  join policy_documents d on d.id = v.document_id
  join lateral (
    select distinct on (account_id) * from policy_acknowledgements
    where version_id = v.id order by account_id, answered_at desc, id
  ) k on k.answer = 'disagreed'
  join accounts a on a.id = k.account_id
  where v.id = ${versionId}`;
