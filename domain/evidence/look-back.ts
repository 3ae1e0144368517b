import { asc, eq, type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { accounts, broadcastMails, users } from "@/db/schema";
import { BROADCAST_KINDS, type DeliveryStatus } from "@/db/vocabulary/broadcasts";
import { LOOKED_AT } from "@/db/vocabulary/evidence";
import { ACKNOWLEDGEMENT_ANSWERS } from "@/db/vocabulary/policies";
import { HELD } from "@/db/vocabulary/waves";
import { maskEmail } from "@/lib/email-address";
import { shanghaiDay } from "@/lib/shanghai";

import { may } from "../access/permissions";
import { needsAnswer } from "../broadcasts/asks";
import { DELIVERY_RANK, statusOfEvent } from "../broadcasts/delivery-status";
import { readFactsAs, type Told } from "../broadcasts/facts";
import type { Actor } from "../context";
import { NotFound } from "../errors";
import { moment, pageInput, uuid } from "../input";
import { down, readPage } from "../page";
import { momentColumn, readRow, readRows } from "../rows";
import { verb } from "../verb";
import { peopleOf } from "./gather";

const PAGE = 30;

const asked = z.object({ of: z.enum(LOOKED_AT), id: uuid, at: moment });
type Asked = z.output<typeof asked>;

export type LookBack = Awaited<ReturnType<typeof lookBack>>;
export type SeenMessage = LookBack["messages"]["rows"][number];

/**
 * What an account or a person saw at a moment: what they had been told and what of it was unread, how
 * far each mail was by then, what waited for an answer, and the texts in force. Made of rows that are
 * only ever added and of what was frozen when it was told. Each look is on the record. @throws NotFound
 */
export const lookBack = verb({
  may: "evidence.lookBack",
  input: asked.extend(pageInput),

  async run({ tx, actor, record }, { page, ...look }) {
    const name = await nameOf(tx, look);
    await record("evidence.looked_back", {
      ...{ id: look.id, subject: look.of },
      after: { at: look.at, broadcastId: null },
    });
    return {
      ...{ name, at: look.at },
      messages: await messagesAt(tx, { look, actor, page }),
      asks: await asksAt(tx, look),
      texts: await textsAt(tx, look.at),
    };
  },
});

/** One telling as it was told to them: its frozen facts, and the words of the mails as they were rendered. @throws NotFound */
export const lookAtTelling = verb({
  may: "evidence.lookBack",
  input: asked.omit({ at: true }).extend({ broadcastId: uuid }),

  async run({ tx, actor, now, record }, { broadcastId, ...look }) {
    const name = await nameOf(tx, look);
    const told = await readRow(tx, tellingRow)`
      select b.kind, b.facts, d.created_at as "createdAt" from broadcasts b
      join deliveries d on d.broadcast_id = b.id
      where b.id = ${broadcastId} and ${toThem(look)} and d.reason is distinct from ${HELD}
      order by d.created_at limit 1`;
    if (!told) throw new NotFound("errors.notFound");
    await record("evidence.looked_back", {
      ...{ id: look.id, subject: look.of },
      after: { at: now, broadcastId },
    });
    const seen = readFactsAs(actor, told.kind, told.facts);
    return {
      ...{ name, createdAt: told.createdAt, told: seen },
      mails: isWithheld(actor, seen) ? [] : await mailsOf(tx, broadcastId),
    };
  },
});

const mailsOf = (db: Db | Tx, broadcastId: string) =>
  db
    .select({
      locale: broadcastMails.locale,
      subject: broadcastMails.subject,
      text: broadcastMails.text,
    })
    .from(broadcastMails)
    .where(eq(broadcastMails.broadcastId, broadcastId))
    .orderBy(asc(broadcastMails.locale));

const tellingRow = z.object({
  kind: z.enum(BROADCAST_KINDS),
  facts: z.unknown(),
  createdAt: momentColumn,
});

/** What `readFactsAs` keeps from the reader stands in the mail's words too. */
const isWithheld = (actor: Actor, told: Told): boolean =>
  isRestricted(told) && !may(actor, "notice.readDrafts");

/** A restricted incident, or that it was a false alarm. */
function isRestricted(told: Told): boolean {
  if (told.kind === "incident_notice") return told.facts.visibility === "restricted";
  if (told.kind !== "withdrawal" || told.facts.what.kind !== "incident") return false;
  return told.facts.what.visibility === "restricted";
}

type Whom = Pick<Asked, "of" | "id">;

async function nameOf(db: Db | Tx, { of, id }: Whom): Promise<string> {
  const [found] =
    of === "account"
      ? await db.select({ name: accounts.name }).from(accounts).where(eq(accounts.id, id))
      : await db.select({ name: users.name }).from(users).where(eq(users.id, id));
  if (!found) throw new NotFound("errors.notFound");
  return found.name;
}

/** Deliveries `d` to the person, or for the account to whoever is or was of it. */
const toThem = ({ of, id }: Whom): SQL =>
  of === "person"
    ? sql`d.user_id = ${id}`
    : sql`d.user_id in (${peopleOf(id)}) and d.account_ids @> array[${id}::uuid]`;

const NEWEST = [down("moment", sql`d.created_at`), down("uuid", sql`d.id`)];

const messageRow = z.object({
  cursor: z.string(),
  id: z.string(),
  broadcastId: z.string(),
  kind: z.enum(BROADCAST_KINDS),
  facts: z.unknown(),
  userId: z.string(),
  person: z.string(),
  createdAt: momentColumn,
  isRead: z.boolean(),
  isArchived: z.boolean(),
  /** The mail beside it; null where none was written by then. */
  mailId: z.string().nullable(),
  address: z.string().nullable(),
  status: z.custom<DeliveryStatus>().nullable(),
  providerId: z.string().nullable(),
  sentAt: momentColumn.nullable(),
  settledAt: momentColumn.nullable(),
});

type Listing = { look: Asked; actor: Actor; page: string | undefined };

async function messagesAt(db: Db | Tx, { look, actor, page }: Listing) {
  const at = sql`${look.at.toISOString()}::timestamptz`;
  const { rows, ...turns } = await readPage(
    { keys: NEWEST, size: PAGE, page },
    (slice) => readRows(db, messageRow)`
      select ${slice.cursor} as cursor, d.id, b.id as "broadcastId", b.kind, b.facts,
        d.user_id as "userId", u.name as person, d.created_at as "createdAt",
        coalesce(d.read_at <= ${at}, false) as "isRead",
        coalesce(d.archived_at <= ${at}, false) as "isArchived",
        m.id as "mailId", m.address, m.status, m.provider_id as "providerId",
        m.sent_at as "sentAt", m.settled_at as "settledAt"
      from deliveries d
      join broadcasts b on b.id = d.broadcast_id
      join users u on u.id = d.user_id
      left join deliveries m on m.broadcast_id = d.broadcast_id and m.user_id = d.user_id
        and m.channel = 'email' and m.created_at <= ${at}
      where d.channel = 'inbox' and ${toThem(look)} and d.created_at <= ${at} and ${slice.beyond}
      order by ${slice.order} limit ${slice.limit}`,
  );
  const reports = await reportsBy(db, {
    ids: rows.flatMap(({ providerId }) => (providerId ? [providerId] : [])),
    at: look.at,
  });
  return {
    ...turns,
    rows: rows.map(({ kind, facts, mailId, address, ...row }) => ({
      ...{ id: row.id, broadcastId: row.broadcastId, person: row.person, createdAt: row.createdAt },
      ...{ isRead: row.isRead, isArchived: row.isArchived },
      told: readFactsAs(actor, kind, facts),
      mail: mailId && {
        address: maskEmail(address ?? ""),
        status: statusThen(row, {
          at: look.at,
          reports: reports.filter(({ providerId }) => providerId === row.providerId),
        }),
      },
    })),
  };
}

const reportRow = z.object({ providerId: z.string(), type: z.string() });

/** What the provider had reported by then, in order. */
const reportsBy = (db: Db | Tx, { ids, at }: { ids: string[]; at: Date }) =>
  readRows(db, reportRow)`
    select provider_id as "providerId", type from provider_events
    where provider_id = any(${sql.param(ids)}::text[])
      and occurred_at <= ${at.toISOString()}::timestamptz order by occurred_at, id`;

type Mail = Pick<z.output<typeof messageRow>, "status" | "providerId" | "sentAt" | "settledAt">;

/** How far a mail was: the furthest of what was reported by then, else what we had done with it ourselves. */
function statusThen(
  { status, sentAt, settledAt }: Mail,
  { at, reports }: { at: Date; reports: readonly { type: string }[] },
): DeliveryStatus {
  const ranked = reports.flatMap(({ type }) => statusOfEvent(type) ?? []);
  const furthest = ranked.reduce<DeliveryStatus | null>(
    (last, one) => (last && DELIVERY_RANK[last] > DELIVERY_RANK[one] ? last : one),
    null,
  );
  if (furthest) return furthest;
  if (settledAt && settledAt <= at && status) return status;
  return sentAt && sentAt <= at ? "sent" : "queued";
}

const titles = sql`json_build_object('zh-CN', coalesce(v.title_zh, d.title_zh), 'en', coalesce(v.title_en, d.title_en))`;
const titlesColumn = z.object({ "zh-CN": z.string(), en: z.string() });

const askRow = z.object({
  versionId: z.string(),
  accountId: z.string(),
  account: z.string(),
  slug: z.string(),
  label: z.string(),
  titles: titlesColumn,
  effectiveAt: momentColumn,
  answer: z.enum(ACKNOWLEDGEMENT_ANSWERS).nullable(),
  deferredUntil: z.string().nullable(),
});

/**
 * The announced major changes that the accounts had not accepted: unless a later major one asked in
 * their place by then. The day they had put it off to is the last chosen by then.
 */
async function asksAt(db: Db | Tx, { of, id, at: moment }: Asked) {
  const at = sql`${moment.toISOString()}::timestamptz`;
  const own =
    of === "account"
      ? sql`a.id = ${id}`
      : sql`exists (select from members m where m.account_id = a.id and m.user_id = ${id}
          and m.joined_at <= ${at} and (m.left_at is null or m.left_at > ${at}))`;
  const holds = (version: SQL) => sql`
    ${version}.approved_at <= ${at} and (${version}.withdrawn_at is null or ${version}.withdrawn_at > ${at})
    and ${needsAnswer(version)}`;
  return readRows(db, askRow)`
    select v.id as "versionId", a.id as "accountId", a.name as account, d.slug, v.label,
      ${titles} as titles, v.effective_at as "effectiveAt", k.answer,
      (select f.until::text from ask_deferrals f
        where f.version_id = v.id and f.account_id = a.id and f.deferred_at <= ${at}
          and f.until > ${shanghaiDay(moment)}::date
        order by f.deferred_at desc limit 1) as "deferredUntil"
    from accounts a
    join policy_versions v on ${holds(sql`v`)}
    join policy_documents d on d.id = v.document_id
    left join lateral (
      select k.answer from policy_acknowledgements k
      where k.version_id = v.id and k.account_id = a.id and k.answered_at <= ${at}
      order by k.answered_at desc, k.id limit 1
    ) k on true
    where ${own} and a.created_at <= ${at} and (a.closed_at is null or a.closed_at > ${at})
      and k.answer is distinct from 'acknowledged'
      and exists (select from apps p where p.account_id = a.id and p.product_id = d.product_id
        and p.created_at <= ${at} and (p.closed_at is null or p.closed_at > ${at}))
      and not exists (select from ask_waivers w where w.version_id = v.id and w.account_id = a.id
        and w.waived_at <= ${at})
      and not exists (select from policy_versions n where n.document_id = v.document_id
        and n.effective_at > v.effective_at and ${holds(sql`n`)})
    order by v.effective_at, a.name, v.id limit 100`;
}

const textRow = z.object({
  versionId: z.string(),
  slug: z.string(),
  label: z.string(),
  titles: titlesColumn,
  isInForce: z.boolean(),
  effectiveAt: momentColumn,
});

/** The versions in force then, and those announced ahead; a version's text never changes. */
const textsAt = (db: Db | Tx, moment: Date) => {
  const at = sql`${moment.toISOString()}::timestamptz`;
  return readRows(db, textRow)`
    select v.id as "versionId", d.slug, v.label, ${titles} as titles,
      coalesce(v.in_force_at <= ${at}, false) as "isInForce", v.effective_at as "effectiveAt"
    from policy_versions v join policy_documents d on d.id = v.document_id
    where v.provenance is null and v.approved_at <= ${at}
      and (v.withdrawn_at is null or v.withdrawn_at > ${at})
      and (v.archived_at is null or v.archived_at > ${at})
    order by d.slug, v.effective_at, v.id limit 100`;
};
