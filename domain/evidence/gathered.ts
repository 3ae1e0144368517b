import { asc, eq, type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import { broadcastMails, broadcasts } from "@/db/schema";
import { TOLD_TO_ACCOUNTS } from "@/db/vocabulary/broadcasts";

import { person } from "../access/permissions";
import { proofsOf } from "../audit/proof";
import { readFacts } from "../broadcasts/facts";
import { postsTo } from "../broadcasts/posted";
import { NotFound } from "../errors";
import { query } from "../query";
import { idRow, momentColumn, readRows } from "../rows";
import { assertOpened, type Gathering, isOpenTo, peopleOf } from "./gather";
import { OPEN } from "./take-evidence";

/** More than a bundle holds of each: it says so, and from which day on the next one is to be taken. */
export const MOST = { tellings: 2000, entries: 20_000 };
/** Rows of deliveries in one file. */
const PAGE = 1000;

const gathering = z.custom<Gathering>();

/** The tellings that belong to it, in the order in which they began, as many as a bundle holds. */
export const listTellings = query({
  may: "evidence.gather",
  input: z.object({ gathering }),

  async run({ db, actor }, { gathering: of }) {
    assertOpened(actor, of);
    const rows = await readRows(db, idRow)`
      select b.id from broadcasts b
      where ${tellingsOf(of, person(actor).id)} and ${within(sql`b.started_at`, of)}
        and ${isOpenTo(actor, { id: sql`b.id`, facts: sql`b.facts` })}
      order by b.started_at, b.id limit ${MOST.tellings}`;
    return { ids: rows.map(({ id }) => id), isWhole: rows.length < MOST.tellings };
  },
});

function tellingsOf({ scope, id, accountId, isAuditor }: Gathering, readerId: string): SQL {
  const toAccounts = sql`b.kind = any(${sql.param([...TOLD_TO_ACCOUNTS])}::text[])`;
  switch (scope) {
    case "account":
    case "app": {
      const of = scope === "app" ? sql`and d.app_ids @> array[${id}::uuid]` : sql``;
      const told = sql`d.user_id in (${peopleOf(accountId ?? "")})
        and d.account_ids @> array[${accountId}::uuid] ${of}`;
      return sql`${toAccounts} and b.id in (
        select d.broadcast_id from deliveries d where d.channel = 'inbox' and ${told}
        union select d.broadcast_id from deliveries d where d.fallback_of is not null and ${told})`;
    }
    // What is told of a request is told to each by itself: nobody gets what another one was told.
    case "request":
      return sql`b.kind = 'request_update' and b.subject_id = ${id} and (${isAuditor} or exists (
        select from deliveries d where d.broadcast_id = b.id and d.user_id = ${readerId}))`;
    case "broadcast":
      return sql`b.id = ${id}`;
    case "record":
      return toAccounts;
  }
}

/** One telling: its frozen facts, and the mail in each language as it was rendered. @throws NotFound */
export const readTelling = query({
  may: "evidence.gather",
  input: z.object({ gathering, broadcastId: z.uuid() }),

  async run({ db, actor }, { gathering: of, broadcastId }) {
    assertOpened(actor, of);
    const [found] = await db.select().from(broadcasts).where(eq(broadcasts.id, broadcastId));
    if (!found) throw new NotFound("errors.notFound");
    const { kind, subjectId, facts, factsHash, people, startedAt, finishedAt } = found;
    const { locale, subject, html, text, shown } = broadcastMails;
    return {
      broadcast: { id: broadcastId, kind, subjectId, people, startedAt, finishedAt, factsHash },
      ...{ facts, seen: readFacts(kind, facts) },
      posted:
        of.accountId && of.scope !== "request"
          ? await postsTo(db, { broadcastId, accountId: of.accountId })
          : null,
      mails: await db
        .select({ locale, subject, html, text, shown })
        .from(broadcastMails)
        .where(eq(broadcastMails.broadcastId, broadcastId))
        .orderBy(asc(locale)),
    };
  },
});

const deliveryRow = z.object({
  userId: z.string(),
  name: z.string(),
  accountIds: z.array(z.string()),
  appIds: z.array(z.string()),
  channel: z.string(),
  locale: z.string(),
  status: z.string(),
  address: z.string().nullable(),
  reason: z.string().nullable(),
  createdAt: momentColumn,
  sentAt: momentColumn.nullable(),
  settledAt: momentColumn.nullable(),
  readAt: momentColumn.nullable(),
  knownAt: momentColumn.nullable(),
  providerId: z.string().nullable(),
});
const reportRow = z.object({ providerId: z.string(), type: z.string(), at: momentColumn });

/**
 * Up to a thousand deliveries of a telling after `after` ("person channel"), with what the provider
 * reported of each. An account's members see those to the account, without addresses.
 */
export const readDeliveries = query({
  may: "evidence.gather",
  input: z.object({ gathering, broadcastId: z.uuid(), after: z.string().nullable() }),

  async run({ db, actor }, { gathering: of, broadcastId, after }) {
    assertOpened(actor, of);
    const { accountId, isAuditor, scope } = of;
    const mine =
      scope === "request"
        ? sql`(${isAuditor} or d.user_id = ${person(actor).id})`
        : accountId
          ? sql`d.user_id in (${peopleOf(accountId)}) and d.account_ids @> array[${accountId}::uuid]`
          : sql`true`;
    const [userId = null, channel = null] = after?.split(" ") ?? [];
    const rows = await readRows(db, deliveryRow)`
      select d.user_id as "userId", u.name, d.account_ids::text[] as "accountIds",
        d.app_ids::text[] as "appIds", d.channel, d.locale, d.status, d.address, d.reason,
        d.created_at as "createdAt", d.sent_at as "sentAt", d.settled_at as "settledAt",
        d.read_at as "readAt", d.known_at as "knownAt", d.provider_id as "providerId"
      from deliveries d join users u on u.id = d.user_id
      where d.broadcast_id = ${broadcastId} and ${mine}
        and (${userId}::uuid is null or (d.user_id, d.channel) > (${userId}::uuid, ${channel}::text))
      order by d.user_id, d.channel limit ${PAGE}`;
    const ids = rows.flatMap(({ providerId }) => (providerId ? [providerId] : []));
    const reports = await readRows(db, reportRow)`
      select provider_id as "providerId", type, occurred_at as at from provider_events
      where provider_id = any(${sql.param(ids)}::text[]) order by occurred_at, id`;
    const last = rows.at(-1);
    return {
      next: rows.length === PAGE && last ? `${last.userId} ${last.channel}` : null,
      rows: rows.map(({ userId: person, name, address, reason, accountIds, ...row }) => ({
        ...{ person: { id: person, name }, ...row },
        ...(isAuditor && { address, reason }),
        accountIds: isAuditor ? accountIds : accountIds.filter((one) => one === accountId),
        reports: reports
          .filter(({ providerId }) => providerId === row.providerId)
          .map(({ type, at }) => ({ type, at })),
      })),
    };
  },
});

const entryRow = z.object({ seq: z.coerce.number(), action: z.string(), at: momentColumn });

/** The entries of the record that belong to it and to what it tells of, as many as a bundle holds; `until` where there are more. */
export const listGatheredEntries = query({
  may: "evidence.gather",
  input: z.object({ gathering, about: z.array(z.string()) }),

  async run({ db, actor }, { gathering: of, about }) {
    assertOpened(actor, of);
    const rows = await readRows(db, entryRow)`
      select e.seq, e.action, e.at from audit_entries e
      where ((${entriesOf(of)}) and ${within(sql`e.at`, of)}
          or e.subject_type in ('broadcast', 'version', 'notice')
            and e.subject_id = any(${sql.param(about)}::text[]))
        and e.action not like 'evidence.%'
      order by e.seq limit ${MOST.entries}`;
    const open = of.isAuditor ? rows : rows.filter(({ action }) => mayHold(of, action));
    return {
      seqs: open.map(({ seq }) => seq),
      until: rows.length < MOST.entries ? null : (rows.at(-1)?.at ?? null),
    };
  },
});

function entriesOf({ scope, id }: Gathering): SQL {
  switch (scope) {
    case "account":
      return sql`e.subject_id = ${id} or e.after ->> 'accountId' = ${id}`;
    case "app":
    case "request":
      return sql`e.subject_type = ${scope} and e.subject_id = ${id}`;
    case "broadcast":
      return sql`false`;
    case "record":
      return sql`true`;
  }
}

/** What the people of an account did and were given, and of a request what its requester did and was told. */
const OPEN_KINDS = ["acknowledgement", "app", "member", "contact", "endpoint", "deregistration"];
const OPEN_OF_REQUEST = [
  ...["filed", "answered_by_requester", "asked", "message_sent", "extended", "routed"],
  ...["answered_by_developer", "answered", "receipt_issued", "withdrawn", "appealed"],
];

function mayHold({ scope }: Gathering, action: string): boolean {
  const [kind = "", what = ""] = action.split(".");
  if (OPEN.some((one) => one === action)) return true;
  if (scope === "request") return kind === "request" && OPEN_OF_REQUEST.includes(what);
  return OPEN_KINDS.includes(kind);
}

/** The proofs of some of its entries, as far as they are sealed. */
export const readGatheredProofs = query({
  may: "evidence.gather",
  input: z.object({ gathering, seqs: z.array(z.number().int()).max(500) }),

  async run({ db, actor }, { gathering: of, seqs }) {
    assertOpened(actor, of);
    return proofsOf(db, seqs);
  },
});

/** Only bounds that are there are asked, so that an index can answer. */
const within = (moment: SQL, { from, until }: Gathering): SQL =>
  sql.join(
    [
      sql`true`,
      ...(from ? [sql`${moment} >= ${from.toISOString()}::timestamptz`] : []),
      ...(until ? [sql`${moment} < ${until.toISOString()}::timestamptz`] : []),
    ],
    sql` and `,
  );
