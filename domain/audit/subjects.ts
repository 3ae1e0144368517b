import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { BROADCAST_KINDS, type BroadcastKind } from "@/db/vocabulary/broadcasts";
import type { Locale } from "@/db/vocabulary/languages";

import { readRows } from "../rows";
import { SUBJECT_TYPES, type SubjectType } from "./entries";

/** What a subject is called now, and where it lives: the ids its page's address is made of. */
export type SubjectName = {
  names: Record<Locale, string>;
  documentId: string | null;
  accountId: string | null;
  /** What a broadcast tells. */
  told: BroadcastKind | null;
};

/** Each statement selects the first three, and of the others those its subject has. */
const subjectRow = z.object({
  id: z.string(),
  zh: z.string(),
  en: z.string(),
  documentId: z.string().optional(),
  /** Null of a person’s browser and number, and of the ticket system. */
  accountId: z.string().nullish(),
  told: z.enum(BROADCAST_KINDS).optional(),
  /** Who is named in it, unless it is somebody of the vendor, who acts by office. */
  person: z.string().nullish(),
});

const namedPerson = (name: SQL) => sql`
  case when exists (select from staff_roles s where s.user_id = u.id) then null else ${name} end as person`;

/** 《…》 3.2 版 is how Chinese cites a version of a document; without a label, the document. */
const titled = (zh: SQL, en: SQL, label?: SQL) => sql`
  '《' || ${zh} || '》' ${label ? sql`|| ${label} || ' 版'` : sql``} as zh,
  ${en} ${label ? sql`|| ' ' || ${label}` : sql``} as en`;

/**
 * One statement per type of subject, for the ids of a page. The record itself holds no names, so
 * that a person's can be erased; whoever reads it sees the names of today.
 */
const NAMES: Record<SubjectType, SQL | null> = {
  document: sql`
    select d.id, ${titled(sql`d.title_zh`, sql`d.title_en`)}, d.id as "documentId"
    from policy_documents d where d.id = any`,
  version: sql`
    select v.id, ${titled(sql`coalesce(v.title_zh, d.title_zh)`, sql`coalesce(v.title_en, d.title_en)`, sql`v.label`)}, d.id as "documentId"
    from policy_versions v join policy_documents d on d.id = v.document_id where v.id = any`,
  contact_card: sql`
    select c.id, '自 ' || c.since || ' 起' as zh, 'from ' || c.since as en
    from contact_cards c where c.id = any`,
  mail_route: sql`
    select r.id,
      case r.region when 'cn' then '中国大陆' when 'eea' then '欧洲经济区' when 'other' then '其他地区' else '未登记地区' end as zh,
      case r.region when 'cn' then 'mainland China' when 'eea' then 'EEA' when 'other' then 'elsewhere' else 'region not entered' end as en
    from mail_routes r where r.id = any`,
  acknowledgement: sql`
    select k.id, k.receipt_number || ' · ' || k.account_name as zh, k.receipt_number || ' · ' || k.account_name as en, k.account_id as "accountId"
    from policy_acknowledgements k where k.id = any`,
  broadcast: sql`
    select b.id,
      coalesce(b.facts ->> 'number', b.facts ->> 'incidentNumber', '《' || (b.facts #>> '{documentTitle,zh-CN}') || '》' || (b.facts ->> 'label') || ' 版', b.facts #>> '{title,zh-CN}', b.facts #>> '{account,name}', '') as zh,
      coalesce(b.facts ->> 'number', b.facts ->> 'incidentNumber', (b.facts #>> '{documentTitle,en}') || ' ' || (b.facts ->> 'label'), b.facts #>> '{title,en}', b.facts #>> '{title,zh-CN}', b.facts #>> '{account,name}', '') as en,
      b.kind as told
    from broadcasts b where b.id = any`,
  account: sql`
    select a.id, a.name as zh, a.name as en, a.id as "accountId"
    from accounts a where a.id = any`,
  app: sql`
    select p.id, p.name || ' ' || p.sdk_app_id as zh, p.name || ' ' || p.sdk_app_id as en, p.account_id as "accountId"
    from apps p where p.id = any`,
  member: sql`
    select m.id, u.name || '（' || a.name || '）' as zh, u.name || ' (' || a.name || ')' as en, m.account_id as "accountId", ${namedPerson(sql`u.name`)}
    from members m join users u on u.id = m.user_id join accounts a on a.id = m.account_id where m.id = any`,
  contact: sql`
    select k.id, k.name || '（' || a.name || '）' as zh, k.name || ' (' || a.name || ')' as en, k.account_id as "accountId", k.name as person
    from contacts k join accounts a on a.id = k.account_id where k.id = any`,
  endpoint: sql`
    select e.id, coalesce(nullif(e.name, '') || coalesce('（' || coalesce(a.name, u.name) || '）', ''), u.name, '') as zh,
      coalesce(nullif(e.name, '') || coalesce(' (' || coalesce(a.name, u.name) || ')', ''), u.name, '') as en, e.account_id as "accountId", ${namedPerson(sql`u.name`)}
    from endpoints e left join accounts a on a.id = e.account_id left join users u on u.id = e.user_id
    where e.id = any`,
  person: sql`
    select u.id, u.name as zh, u.name as en, ${namedPerson(sql`u.name`)}
    from users u where u.erased_at is null and u.id = any`,
  product: sql`
    select r.id, r.name_zh as zh, r.name_en as en
    from products r where r.id = any`,
  sign_in: null,
  calendar_year: null,
  request: sql`
    select q.id, q.number as zh, q.number as en
    from requests q where q.id = any`,
  incident: sql`
    select i.id, i.number as zh, i.number as en
    from incidents i where i.id = any`,
  deregistration: sql`
    select g.id, g.number as zh, g.number as en, g.account_id as "accountId"
    from deregistrations g where g.id = any`,
  notice: sql`
    select n.id,
      coalesce(i.number || ' 第 ' || n.sequence || ' 号', '《' || (n.parts #>> '{title,zh-CN}') || '》') as zh,
      coalesce(i.number || ' no. ' || n.sequence, n.parts #>> '{title,en}', n.parts #>> '{title,zh-CN}') as en
    from notices n left join incidents i on i.id = n.incident_id where n.id = any`,
  audience: sql`
    select s.id, s.name as zh, s.name as en from saved_audiences s where s.id = any`,
  template: sql`
    select t.id, t.name as zh, t.name as en from notice_templates t where t.id = any`,
  macro: sql`
    select m.macro_id as id, m.name as zh, m.name as en from request_macros m
    where not exists (select from request_macros l where l.macro_id = m.macro_id and l.number > m.number)
      and m.macro_id = any`,
  api_token: sql`
    select t.id, t.name as zh, t.name as en
    from api_tokens t where t.id = any`,
  ticket_link: sql`
    select l.id, l.ticket_number as zh, l.ticket_number as en
    from ticket_links l where l.id = any`,
  support_search: null,
  suppression: null,
  alarm: null,
  retention: null,
  way: null,
  data_store: null,
  service_end: sql`
    select e.id, coalesce(p.name || ' ' || p.sdk_app_id, a.name) as zh, coalesce(p.name || ' ' || p.sdk_app_id, a.name) as en, e.account_id as "accountId"
    from service_ends e join accounts a on a.id = e.account_id left join apps p on p.id = e.app_id where e.id = any`,
  record: null,
};

type Subject = { subjectType: string; subjectId: string };

/**
 * The names of the subjects of some entries, by "type id". What is gone has none; customers and end users
 * have the first letter of theirs, unless `shows`.
 */
export async function nameSubjects(
  db: Db | Tx,
  entries: readonly Subject[],
  shows: boolean,
): Promise<Map<string, SubjectName>> {
  const found = new Map<string, SubjectName>();
  for (const type of SUBJECT_TYPES) {
    const ids = entries
      .filter(({ subjectType, subjectId }) => subjectType === type && isUuid(subjectId))
      .map(({ subjectId }) => subjectId);
    const names = NAMES[type];
    if (!names || ids.length === 0) continue;
    const statement = sql`${names} (${sql.param([...new Set(ids)])}::uuid[])`;
    for (const row of await readRows(db, subjectRow)`${statement}`)
      found.set(`${type} ${row.id}`, describe(row, shows));
  }
  return found;
}

const describe = (
  { zh, en, person, ...row }: z.output<typeof subjectRow>,
  shows: boolean,
): SubjectName => ({
  names: { "zh-CN": covered(zh, shows ? null : person), en: covered(en, shows ? null : person) },
  documentId: row.documentId ?? null,
  accountId: row.accountId ?? null,
  told: row.told ?? null,
});

const covered = (words: string, name: string | null | undefined): string =>
  name ? words.replaceAll(name, `${[...name][0] ?? ""}**`) : words;

const isUuid = (id: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);
