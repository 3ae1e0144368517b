import { sql } from "drizzle-orm";

import { db } from "@/db/client";
import { peopleConcerned } from "@/domain/broadcasts/audience";
import { givenStaff } from "@/tests/support/people";

import { SIZES, tellCrowd } from "./crowd";
import { openOwnDatabase } from "./ground";
import { type Figure, type Ratio, timed, type Workload } from "./measure";

export const snapshot: Workload = {
  id: "B6",
  name: "Freezing who is told",
  about:
    "Approving a telling of N developers, in-site message and mail, and the worker writing the deliveries, beside a bare INSERT … SELECT of the same rows and keys from the same audience.",
  async run() {
    openOwnDatabase();
    const actor = await givenStaff("approver");
    const figures: Figure[] = [];
    const ratios: Ratio[] = [];
    for (const size of SIZES) {
      const { id, productId, approval, writing } = await tellCrowd(actor, size);
      const bytes = await bytesOf(size);
      const bare = await copyBarely(productId, id);
      figures.push(
        { what: "approval", value: approval, unit: "s", size },
        { what: "worker, writing the deliveries", value: writing, unit: "s", size },
        { what: "bare INSERT … SELECT", value: bare, unit: "s", size },
        { what: "a recipient and channel, before the mail", value: bytes / 2, unit: "B", size },
      );
      ratios.push({ what: "approval, s", value: approval, size, most: 2 });
      ratios.push({ what: "whole ÷ bare", value: (approval + writing) / bare, size, most: 1.3 });
      await db.execute(sql`truncate deliveries`);
    }
    return { figures, ratios };
  },
};

/** @returns seconds */
async function copyBarely(productId: string, broadcastId: string): Promise<number> {
  await db.execute(sql`drop table if exists bare_deliveries`);
  await db.execute(sql`create table bare_deliveries (like deliveries including all)`);
  const ms = await timed(() =>
    db.transaction(async (tx) => {
      await tx.execute(sql`select set_config('statement_timeout', '0', true)`);
      await tx.execute(sql`
        insert into bare_deliveries
          (broadcast_id, channel, user_id, account_ids, address, locale, status, created_at)
        select ${broadcastId}, channel, p.user_id, p.account_ids,
          case when channel = 'email' then u.email end, u.locale,
          case when channel = 'inbox' then 'placed' else 'queued' end, now()
        from (${peopleConcerned(productId)}) p join users u on u.id = p.user_id
        cross join unnest(array['inbox', 'email']) as channel`);
    }),
  );
  return ms / 1000;
}

/** What the rows of so many recipients take, with their indexes. */
async function bytesOf(size: number): Promise<number> {
  const { rows } = await db.execute<{ bytes: number }>(
    sql`select pg_total_relation_size('deliveries')::float8 as bytes`,
  );
  return (rows[0]?.bytes ?? 0) / size;
}
