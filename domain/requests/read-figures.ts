import { sql } from "drizzle-orm";
import { z } from "zod";

import { REFUSAL_CODES, REQUEST_TYPES } from "@/db/vocabulary/requests";
import { addDays, shanghaiDay } from "@/lib/shanghai";

import { query } from "../query";
import { countColumn, readRows } from "../rows";

/** How many answers were given, how many by their day, and the median of the days they took. */
const keptColumns = {
  answered: countColumn,
  onTime: countColumn,
  medianDays: z.coerce.number(),
};
const monthRow = z.object({ month: z.string(), ...keptColumns });
const typeRow = z.object({ type: z.enum(REQUEST_TYPES), ...keptColumns });
const codeRow = z.object({ code: z.enum(REFUSAL_CODES), count: countColumn });

export type Figures = Awaited<ReturnType<typeof readFigures>>;

const KEPT = sql`count(*)::int as answered,
  count(*) filter (where (answered_at at time zone 'Asia/Shanghai')::date <= due_date)::int as "onTime",
  percentile_cont(0.5) within group (
    order by extract(epoch from answered_at - received_at) / 86400
  )::float8 as "medianDays"`;

/**
 * How the promise of an answer by its day was kept in the last twelve months (P47): by month of the
 * latest answer and by type, on time by the day that was due then, with the median of the days from
 * receipt; and what was not wholly granted, by its reason (P35, P36). Numbers alone, of nobody.
 */
export const readFigures = query({
  may: "request.read",
  input: z.object({}),

  async run({ db, now }) {
    const today = shanghaiDay(now);
    const since = `${addDays(today, -365).slice(0, 7)}-01`;
    const given = sql`answered_at >= ${`${since}T00:00:00+08:00`}::timestamptz`;
    return {
      since,
      months: await readRows(db, monthRow)`
        select to_char(answered_at at time zone 'Asia/Shanghai', 'YYYY-MM') as month, ${KEPT}
        from requests where ${given} group by 1 order by 1 desc`,
      types: await readRows(db, typeRow)`
        select type, ${KEPT} from requests where ${given} group by 1 order by answered desc, type`,
      codes: await readRows(db, codeRow)`
        select d.code, count(*)::int as count
        from requests r join request_decisions d on d.id = r.decision_id
        where r.${given} and d.code is not null group by 1 order by count desc, d.code`,
    };
  },
});
