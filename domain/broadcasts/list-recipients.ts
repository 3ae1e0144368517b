import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import { DELIVERY_STATUSES } from "@/db/vocabulary/broadcasts";
import { LOCALES } from "@/db/vocabulary/languages";

import { pageInput, searchText } from "../input";
import { readPage, up } from "../page";
import { query } from "../query";
import { momentColumn, readRows } from "../rows";

const PAGE = 50;

/** What became of somebody's mail; "none" finds who has only the in-site message. */
export const RECIPIENT_FILTERS = [...DELIVERY_STATUSES, "none"] as const;

const recipientRow = z.object({
  cursor: z.string(),
  userId: z.string(),
  name: z.string(),
  email: z.string(),
  locale: z.enum(LOCALES),
  accounts: z.array(z.string()),
  status: z.enum(DELIVERY_STATUSES).nullable(),
  address: z.string().nullable(),
  reason: z.string().nullable(),
  sentAt: momentColumn.nullable(),
  settledAt: momentColumn.nullable(),
  placedAt: momentColumn.nullable(),
  readAt: momentColumn.nullable(),
  knownAt: momentColumn.nullable(),
});

/**
 * The people a broadcast tells, 50 a page, each with what became of the mail and of the in-site
 * message. `status` is the mail's; `search` looks in names, addresses and the names of their accounts.
 */
export const listRecipients = query({
  may: "broadcast.read",
  input: z.object({
    broadcastId: z.uuid(),
    status: z.enum(RECIPIENT_FILTERS).optional().catch(undefined),
    search: searchText,
    ...pageInput,
  }),

  async run({ db }, { broadcastId, status, search, page }) {
    const pattern = search ? `%${search.replaceAll(/[\\%_]/g, "\\$&")}%` : null;
    const list = { keys: [up("uuid", sql`d.user_id`)], size: PAGE, page };
    const { rows, ...turns } = await readPage(
      list,
      (slice) =>
        readRows(db, recipientRow)`
      with page as (
        select d.user_id, ${slice.cursor} as cursor, row_number() over (order by ${slice.order}) as place
        from deliveries d
        where d.broadcast_id = ${broadcastId}
          and ${slice.beyond}
          and ${withMail(status)}
          and (${pattern}::text is null
            or d.user_id in (select id from users where name ilike ${pattern} or email ilike ${pattern})
            or d.account_ids && array(select id from accounts where name ilike ${pattern}) and d.user_id in (
              select m.user_id from members m join accounts a on a.id = m.account_id where a.name ilike ${pattern}
              union
              select k.user_id from contacts k join accounts a on a.id = k.account_id where a.name ilike ${pattern}))
        group by d.user_id
        order by ${slice.order} limit ${slice.limit}
      )
      select p.cursor, p.user_id as "userId", u.name, u.email, coalesce(m.locale, i.locale) as locale,
        array(
          select a.name from accounts a
          where a.id = any(coalesce(m.account_ids, i.account_ids)) order by a.name
        ) as accounts,
        m.status, m.address, m.reason, m.sent_at as "sentAt", m.settled_at as "settledAt",
        i.created_at as "placedAt", i.read_at as "readAt",
        i.known_at as "knownAt"
      from page p
      join users u on u.id = p.user_id
      left join deliveries m
        on m.broadcast_id = ${broadcastId} and m.user_id = p.user_id and m.channel = 'email'
      left join deliveries i
        on i.broadcast_id = ${broadcastId} and i.user_id = p.user_id and i.channel = 'inbox'
      order by p.place`,
    );
    return { rows: rows.map(asRecipient), ...turns };
  },
});

function withMail(status: (typeof RECIPIENT_FILTERS)[number] | undefined): SQL {
  if (!status) return sql`true`;
  if (status !== "none") return sql`d.channel = 'email' and d.status = ${status}`;
  return sql`not exists (
    select from deliveries m
    where m.broadcast_id = d.broadcast_id and m.user_id = d.user_id and m.channel = 'email'
  )`;
}

export type Recipient = ReturnType<typeof asRecipient>;

const asRecipient = (row: Omit<z.output<typeof recipientRow>, "cursor">) => ({
  userId: row.userId,
  name: row.name,
  locale: row.locale,
  accounts: row.accounts,
  mail: row.status && {
    status: row.status,
    address: row.address ?? row.email,
    reason: row.reason,
    sentAt: row.sentAt,
    settledAt: row.settledAt,
  },
  inbox: row.placedAt && {
    ...{ placedAt: row.placedAt, readAt: row.readAt, knownAt: row.knownAt },
  },
});
