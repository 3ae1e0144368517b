import { z } from "zod";

import { addDays, shanghaiDay, shanghaiMidnight } from "@/lib/shanghai";

import { query } from "../query";
import { countColumn, readRows } from "../rows";

const DAYS = 30;
/** How many entries are looked at, from the newest. */
const MOST = 20_000;

const dayRow = z.object({ day: z.string(), count: countColumn });

/**
 * How many entries the record lists of each of the last thirty days of Asia/Shanghai, the earliest
 * first; the single changes of an import lie folded in its entry. Null is a day that lies, in part
 * at least, behind the 20,000 newest entries: they are not counted further back.
 */
export const countAuditDays = query({
  may: "audit.read",
  input: z.object({ most: z.int().min(1).max(MOST).default(MOST) }),

  async run({ db, now }, { most }) {
    const first = addDays(shanghaiDay(now), 1 - DAYS);
    const counted = await readRows(db, dayRow)`
      select to_char(at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as day, count(*) as count
      from (
        select at from audit_entries
        where at >= ${shanghaiMidnight(first).toISOString()}::timestamptz and after ->> 'importId' is null
        order by at desc limit ${most}
      ) latest
      group by 1 order by 1`;
    const counts = new Map(counted.map(({ day, count }) => [day, count]));
    const all = counted.reduce((sum, { count }) => sum + count, 0);
    const known = all < most ? first : addDays(counted[0]?.day ?? first, 1);
    return Array.from({ length: DAYS }, (_, index) => {
      const day = addDays(first, index);
      return { day, count: day < known ? null : (counts.get(day) ?? 0) };
    });
  },
});
