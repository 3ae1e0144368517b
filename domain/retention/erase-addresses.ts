import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";

import { countColumn, readOneRow } from "../rows";
import { verb } from "../verb";

/**
 * Takes the addresses of erased people out of mails that have meanwhile been handed over or given
 * up: the last mail has to leave before its address goes. Safe to run at any time.
 * @returns how many deliveries lost their address
 */
export const eraseLeftAddresses = verb({
  may: "deregistration.execute",
  input: z.object({}),

  async run({ tx, recordEach, unchanged }) {
    const erased = sql`select id from users where erased_at is not null`;
    const { addresses, people } = await eraseSettledAddresses(tx, sql`d.user_id in (${erased})`);
    if (addresses === 0) return unchanged(addresses);
    await recordEach(
      "person.address_erased",
      people.map((id) => ({ id })),
    );
    return addresses;
  },
});

/** Deliveries `d` of these whose mail is no longer under way, with the batch it left in. */
const settled = (which: SQL): SQL => sql`
  select d.id, d.user_id, d.address, d.batch_id, d.earlier_batch_ids, d.provider_id
  from deliveries d left join mail_batches b on b.id = d.batch_id
  where ${which} and d.address is not null and d.status <> 'queued'
    and (b.id is null or b.status <> 'frozen')`;

/** The parts of a batch `b`, those of the addresses of `g` emptied. */
const without = (parts: SQL): SQL => sql`(
  select array_agg(case when one.address = any(g.addresses) then '' else one.part end order by one.n)
  from unnest(b.addresses, ${parts}) with ordinality as one(address, part, n)
)`;

const erasedRow = z.object({
  addresses: countColumn,
  bodies: countColumn,
  people: z.array(z.string()),
});

/**
 * Erases the addresses of some deliveries `d` (a condition) from settled mails: in the delivery, in the
 * parts of the batch it left in, in what the provider reported.
 */
export const eraseSettledAddresses = (tx: Tx, which: SQL) =>
  readOneRow(tx, erasedRow)`
    with settled as materialized (${settled(which)}),
    batches as (
      select id, array_agg(address) as addresses
      from (
        select batch_id as id, address from settled
        union select unnest(earlier_batch_ids), address from settled
      ) as one
      group by id
    ),
    emptied as (
      update mail_batches b set body = case when b.body is not null then '' end,
        addresses = ${without(sql`b.addresses`)}, names = ${without(sql`b.names`)},
        accounts = ${without(sql`b.accounts`)}, apps = ${without(sql`b.apps`)},
        keys = case when b.keys is not null then ${without(sql`b.keys`)} end,
        last_error = case when last_error like '%@%' then null else last_error end
      from batches g
      where b.id = g.id and status <> 'frozen' and (b.body <> '' or b.addresses && g.addresses)
      returning b.id
    ),
    attempted as (
      update mail_attempts set detail = null
      where batch_id in (select id from batches) and detail like '%@%' returning batch_id
    ),
    told as (
      update provider_events set detail = null
      where provider_id in (select provider_id from settled) and detail is not null returning id
    ),
    bare as (
      update deliveries set address = null,
        reason = case when reason like '%@%' then null else reason end
      where id in (select id from settled) returning user_id
    )
    select (select count(*)::int from bare) as addresses, (select count(*)::int from emptied) as bodies,
      array(select distinct user_id from bare) as people`;
