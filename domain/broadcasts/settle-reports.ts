import { sql } from "drizzle-orm";
import { z } from "zod";

import { unsealText } from "@/lib/seal";

import { chore } from "../chore";
import { changeRows, momentColumn, readRows } from "../rows";
import { ADDRESS } from "./claim-dispatches";

/** Seconds after which the operator is asked again what became of a message; after the last nobody asks any more. */
const ASK_AFTER = [60, 240, 1_500, 5_400, 14_400, 64_800, 172_800];
/** The operator answers so many a second. */
const AT_ONCE = 20;

/** The operator took it before we wrote that down, by a clock of its own, which signatures allow to be so many seconds off. */
const CLOCKS_APART = 300;

/** When a message that was just taken is asked about first. */
export const FIRST_ASK = sql`clock_timestamp() + make_interval(secs => ${ASK_AFTER[0]})`;

const askedRow = z.object({
  address: z.instanceof(Buffer),
  since: momentColumn,
  receipts: z.array(z.string()),
});

/**
 * Takes up numbers whose operator is to be asked what became of the messages it took. To ask changes
 * nothing there, so that no lease is needed: who is killed with the answer in hand asks again later.
 */
export const claimReports = chore({
  may: "broadcast.deliver",
  input: z.object({}),

  async run({ tx }) {
    const backoff = sql`(${sql.param(ASK_AFTER)}::int[])[report_tries + 2]`;
    const rows = await readRows(tx, askedRow)`
      with due as (
        select d.id from dispatches d
        join endpoints e on e.id = d.endpoint_id and e.ended_at is null
        where d.status = 'accepted' and d.report_due_at <= clock_timestamp()
        order by d.report_due_at limit ${AT_ONCE}
        for update of d skip locked
      ), asked as (
        update dispatches set report_tries = report_tries + 1,
          report_due_at = clock_timestamp() + make_interval(secs => ${backoff})
        where id in (select id from due) returning *
      )
      select e.address, (min(t.started_at) - make_interval(secs => ${CLOCKS_APART}))::text as since,
        array_agg(a.receipt) as receipts
      from asked a join endpoints e on e.id = a.endpoint_id
      join dispatch_attempts t on t.dispatch_id = a.id and t.number = a.attempts
      group by e.id, e.address`;
    return rows.map(({ address, since, receipts }) => ({
      ...{ to: unsealText(address, ADDRESS), since, receipts },
    }));
  },
});

const report = z.object({
  receipt: z.string(),
  isArrived: z.boolean(),
  said: z.string(),
  at: z.date(),
});

/** Writes down what the operator said of messages that it had taken; once, and of no other. @returns how many */
export const settleReports = chore({
  may: "broadcast.deliver",
  input: z.object({ reports: z.array(report) }),

  async run({ tx }, { reports }): Promise<number> {
    const column = <Value>(of: (one: z.output<typeof report>) => Value) =>
      sql.param(reports.map(of));
    return changeRows(tx)`
      update dispatches d set status = case when r.arrived then 'delivered' else 'failed' end,
        reason = case when r.arrived then null else r.said end, report_due_at = null,
        -- Of what arrived nowhere it may name no moment: neither before it was taken nor still to come.
        settled_at = least(greatest(r.at, d.settled_at), clock_timestamp())
      from unnest(${column((one) => one.receipt)}::text[], ${column((one) => one.isArrived)}::boolean[],
        ${column((one) => one.said)}::text[], ${column((one) => one.at.toISOString())}::timestamptz[])
        as r(receipt, arrived, said, at)
      where d.receipt = r.receipt and d.status = 'accepted'`;
  },
});
