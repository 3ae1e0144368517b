import { z } from "zod";

import { shanghaiDay, shanghaiMidnight } from "@/lib/shanghai";

import { ANONYMOUS } from "../context";
import { query } from "../query";
import { countColumn, readRows } from "../rows";
import { visibleTo } from "./notice-visibility";

const monthRow = z.object({ month: z.string(), count: countColumn });

/**
 * In how many incidents everybody was first told in each of the last twelve months, this one
 * included, the earliest first: months of Asia/Shanghai, "2026-03".
 */
export const countPublicIncidents = query({
  may: "notice.readPublished",
  input: z.object({}),

  async run({ db, now }) {
    const counted = await readRows(db, monthRow)`
      select to_char(first_at at time zone 'Asia/Shanghai', 'YYYY-MM') as month, count(*) as count
      from (
        select min(n.published_at) as first_at from notices n
        where n.incident_id is not null and ${visibleTo(ANONYMOUS)} group by n.incident_id
      ) told
      where first_at >= ${startOf(now)}::timestamptz
      group by 1`;
    const counts = new Map(counted.map(({ month, count }) => [month, count]));
    return lastTwelve(now).map((month) => ({ month, count: counts.get(month) ?? 0 }));
  },
});

/** The last twelve months, the earliest first: "2025-12". */
function lastTwelve(now: Date): string[] {
  const today = shanghaiDay(now);
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))];
  return Array.from({ length: 12 }, (_, index) =>
    new Date(Date.UTC(year, month - 12 + index, 1)).toISOString().slice(0, 7),
  );
}

const startOf = (now: Date): string =>
  shanghaiMidnight(`${lastTwelve(now)[0] ?? shanghaiDay(now).slice(0, 7)}-01`).toISOString();
