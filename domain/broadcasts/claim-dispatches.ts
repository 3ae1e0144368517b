import { sql } from "drizzle-orm";
import { z } from "zod";

import { ADDRESSES } from "@/channels/addresses";
import type { Tx } from "@/db/client";
import { BROADCAST_KINDS } from "@/db/vocabulary/broadcasts";
import { ENDPOINT_CHANNELS } from "@/db/vocabulary/endpoints";
import { LOCALES } from "@/db/vocabulary/languages";
import { REQUEST_STATUSES } from "@/db/vocabulary/requests";
import { unsealText } from "@/lib/seal";

import { chore } from "../chore";
import { changeRows, countColumn, momentColumn, readOneRow, readRows } from "../rows";
import { readFactsAs } from "./facts";
import { ON_KNOWN_LINE } from "./known-line";
import { endOverBudget } from "./text-budget";
import { IS_TICKET_SYSTEM } from "./write-dispatches";

/** Longer than a post takes at most (lib/post-outward.ts), so a living sender never loses its lease. */
const LEASE_SECONDS = 30;
const COMPOSED_AT_ONCE = 200;
/** Of those that are due, so many are looked at for one claim: an endpoint may have several. */
const LOOKED_AT = 500;
/** Whoever names slow hosts as their browsers takes no more places than this. */
export const BROWSERS_AT_ONCE = 2;

const waitingRow = z.object({
  id: z.string(),
  saysId: z.string(),
  isTicketSystem: z.boolean(),
  move: z
    .object({
      ticket: z.string(),
      request: z.string(),
      status: z.enum(REQUEST_STATUSES),
      dueDate: z.string(),
      at: momentColumn,
    })
    .nullable(),
  channel: z.enum(ENDPOINT_CHANNELS),
  locale: z.enum(LOCALES),
  kind: z.enum(BROADCAST_KINDS).nullable(),
  facts: z.unknown(),
  uin: z.string(),
  accountName: z.string(),
  sdkAppIds: z.array(z.string()),
});

/**
 * What waits to be written down before its first attempt: what is told, to whom. Of a restricted
 * incident no title and no text (docs/decisions/030).
 */
export const listDispatchesToCompose = chore({
  may: "broadcast.deliver",
  input: z.object({}),

  async run({ tx, actor }) {
    const rows = await readRows(tx, waitingRow)`
      select d.id, coalesce(d.broadcast_id, d.request_event_id, d.id) as "saysId",
        e.channel, e.locale, b.kind, b.facts, ${IS_TICKET_SYSTEM} as "isTicketSystem",
        case when v.id is not null then json_build_object(
          'ticket', q.ticket_number, 'request', q.number, 'status', v.status,
          'dueDate', coalesce(v.due_date, q.due_date), 'at', v.at::text) end as move,
        coalesce(a.uin, '') as uin, coalesce(a.name, '') as "accountName",
        array(select p.sdk_app_id from apps p where p.id = any(d.app_ids) order by 1) as "sdkAppIds"
      from dispatches d
      join endpoints e on e.id = d.endpoint_id
      left join broadcasts b on b.id = d.broadcast_id
      left join deliveries t
        on t.broadcast_id = b.id and t.user_id = e.user_id and t.channel = 'inbox'
      -- A person told for several accounts is told for none of them by name.
      left join accounts a on a.id = coalesce(
        e.account_id, case when cardinality(t.account_ids) = 1 then t.account_ids[1] end)
      left join request_events v on v.id = d.request_event_id
      left join requests q on q.id = v.request_id
      where d.status = 'queued' and d.body is null
      order by d.next_attempt_at, d.id limit ${COMPOSED_AT_ONCE}`;
    return rows.map(({ id, saysId, channel, locale, kind, facts, ...rest }) => ({
      ...{ dispatchId: id, channel, locale, sdkAppIds: rest.sdkAppIds },
      ...(rest.isTicketSystem && { move: rest.move }),
      id: messageId(saysId),
      told: kind && readFactsAs(actor, kind, facts),
      account: { uin: rest.uin, name: rest.accountName },
    }));
  },
});

/** What a receiver knows a post by: the same in each attempt, in a replay and after a restore. */
const messageId = (id: string): string => `msg_${id.replaceAll("-", "")}`;

/** Keeps what is posted; what was kept before stays. */
export const keepDispatchBodies = chore({
  may: "broadcast.deliver",
  input: z.object({ bodies: z.array(z.object({ dispatchId: z.uuid(), body: z.string() })) }),

  async run({ tx }, { bodies }): Promise<void> {
    await tx.execute(sql`
      update dispatches d set body = t.body
      from unnest(${sql.param(bodies.map(({ dispatchId }) => dispatchId))}::uuid[],
        ${sql.param(bodies.map(({ body }) => body))}::text[]) as t(id, body)
      where d.id = t.id and d.body is null`);
  },
});

const claimedRow = z.object({
  id: z.string(),
  saysId: z.string(),
  isTicketSystem: z.boolean(),
  channel: z.enum(ENDPOINT_CHANNELS),
  attempts: countColumn,
  body: z.string(),
  address: z.instanceof(Buffer),
  secret: z.instanceof(Buffer).nullable(),
  secretBefore: z.instanceof(Buffer).nullable(),
});

/** Milliseconds between two posts to one address, by the channel of the row `e`. */
const PACE = sql.join(
  [
    sql`case e.channel`,
    ...ENDPOINT_CHANNELS.map(
      (channel) => sql`when ${channel} then ${ADDRESSES[channel].paceMs}::int`,
    ),
    sql`end`,
  ],
  sql` `,
);

/**
 * Claims the next dispatches that are due, at most one for an endpoint and none before its receiver's
 * limit allows it, of broadcasts that are not paused. The lease runs by the database's clock; the
 * attempt's number is the fencing token that `settleDispatches` asks for. The hash of the bytes is stored
 * with the first attempt; a constraint keeps the bytes to it.
 */
export const claimDispatches = chore({
  may: "broadcast.deliver",
  input: z.object({ most: z.int() }),

  async run({ tx, now }, { most }) {
    await giveUpOnCutOff(tx);
    await endOverBudget(tx, now);
    const rows = await readRows(tx, claimedRow)`
      with candidates as (
        select d.id, d.endpoint_id, d.created_at, coalesce(e.user_id, e.id) as of
        from dispatches d
        join endpoints e on e.id = d.endpoint_id and e.ended_at is null
        left join broadcasts b on b.id = d.broadcast_id
        where d.status = 'queued' and d.body is not null and d.next_attempt_at <= clock_timestamp()
          and (d.lease_until is null or d.lease_until < clock_timestamp())
          and (e.next_post_at is null or e.next_post_at <= clock_timestamp())
          and b.status is distinct from 'paused' and ${ON_KNOWN_LINE}
          and not exists (
            select from dispatches o
            where o.endpoint_id = e.id and o.status = 'queued' and o.lease_until >= clock_timestamp()
          )
        order by d.next_attempt_at
        limit ${LOOKED_AT}
        for no key update of d, e skip locked
      ), firsts as (
        select distinct on (endpoint_id) id, of, created_at from candidates
        order by endpoint_id, created_at, id
      ), turns as (
        select id, created_at, row_number() over (partition by of order by created_at, id) as turn
        from firsts
      ), due as (
        select id from turns where turn <= ${BROWSERS_AT_ONCE}
        order by created_at, id
        limit ${most}
      ), claimed as (
        update dispatches
        set attempts = attempts + 1, tries = tries + 1,
          body_hash = case when attempts = 0 then encode(sha256(convert_to(body, 'UTF8')), 'hex') else body_hash end,
          lease_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
        where id in (select id from due)
        returning *
      ), noted as (
        insert into dispatch_attempts (dispatch_id, number, started_at)
        select id, attempts, clock_timestamp() from claimed
      ), paced as (
        update endpoints e
        set next_post_at = clock_timestamp() + make_interval(secs => ${PACE} / 1000.0)
        where e.id in (select endpoint_id from claimed)
      )
      select c.id, coalesce(c.broadcast_id, c.request_event_id, c.id) as "saysId",
        ${IS_TICKET_SYSTEM} as "isTicketSystem", e.channel, c.attempts, c.body, e.address, e.secret,
        case when e.secret_before_until > clock_timestamp() then e.secret_before end as "secretBefore"
      from claimed c join endpoints e on e.id = c.endpoint_id`;
    return rows.map(({ id, saysId, channel, attempts, body, address, ...sealed }) => ({
      ...{ dispatchId: id, attempt: attempts, channel, body },
      isTicketSystem: sealed.isTicketSystem,
      id: messageId(saysId),
      address: unsealText(address, ADDRESS),
      secrets: [
        ...(sealed.secret ? [unsealText(sealed.secret, SECRET)] : []),
        ...(sealed.secretBefore ? [unsealText(sealed.secretBefore, SECRET_BEFORE)] : []),
      ],
    }));
  },
});

/** What a killed worker may have posted to a receiver that would show it twice: nobody can tell. */
const giveUpOnCutOff = (tx: Tx) =>
  changeRows(tx)`
    update dispatches d set status = 'unknown', reason = 'cut_off', lease_until = null,
      settled_at = clock_timestamp()
    from endpoints e
    where e.id = d.endpoint_id and d.status = 'queued' and d.lease_until < clock_timestamp()
      and e.channel = any(${sql.param(SHOWN_TWICE)}::text[])`;

const SHOWN_TWICE = ENDPOINT_CHANNELS.filter((channel) => !ADDRESSES[channel].isRepeatable);

/** What an endpoint's sealed values are sealed for. */
export const ADDRESS = "endpoint.address";
export const SECRET = "endpoint.secret";
export const SECRET_BEFORE = "endpoint.secret_before";

const dueRow = z.object({ due: momentColumn.nullable() });

/** When the next dispatch is due that may leave; null where none waits. */
export const nextDispatchDueAt = chore({
  may: "broadcast.deliver",
  input: z.object({}),

  async run({ tx }): Promise<Date | null> {
    const { due } = await readOneRow(tx, dueRow)`
      select min(greatest(d.next_attempt_at, d.lease_until, e.next_post_at)) as due
      from dispatches d
      join endpoints e on e.id = d.endpoint_id and e.ended_at is null
      left join broadcasts b on b.id = d.broadcast_id
      where d.status = 'queued' and b.status is distinct from 'paused'`;
    return due;
  },
});
