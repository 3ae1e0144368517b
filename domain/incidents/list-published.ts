import { sql } from "drizzle-orm";
import { z } from "zod";

import { type IncidentStatus, VISIBILITIES } from "@/db/vocabulary/incidents";

import { FACTS } from "../broadcasts/facts";
import { down, readPage } from "../page";
import { query } from "../query";
import { countColumn, momentColumn, readRows } from "../rows";
import { factsHold } from "../words";
import { publishedFilter } from "./input";
import { visibleTo } from "./notice-visibility";

const PAGE = 50;
/** Apps of the reader that are named beside an incident. */
const NAMED = 3;
const NAMED_OR_MORE = NAMED + 1;
const NEWEST = [down("moment", sql`found.first_at`), down("text", sql`found.number`)];

/** The statuses in which something is still to come. */
const OPEN: readonly IncidentStatus[] = ["investigating", "reopened", "contained"];

const productRow = z.object({ slug: z.string(), nameZh: z.string(), nameEn: z.string() });

const incidentRow = productRow.extend({
  cursor: z.string(),
  number: z.string(),
  visibility: z.enum(VISIBILITIES),
  firstAt: momentColumn,
  lastAt: momentColumn,
  notices: countColumn,
  facts: FACTS.incident_notice,
  withdrawnAt: momentColumn.nullable(),
  /** Apps of the reader's accounts that its notices were aimed at: a few of them. */
  ownApps: z.array(z.string()),
});

export type PublishedIncident = Awaited<ReturnType<typeof listPublishedIncidents>>["rows"][number];

/**
 * The incidents that the actor may read, as last told, newest first, 50 a page. A public summary
 * alone puts no incident here, and a rehearsal is none.
 */
export const listPublishedIncidents = query({
  may: "notice.readPublished",
  input: publishedFilter.extend({ limit: z.number().int().min(1).max(PAGE).default(PAGE) }),

  async run({ db, actor }, { product, state, severity, q, page, limit }) {
    const memberships = actor.kind === "person" ? actor.memberships : [];
    const own = sql`${sql.param(memberships.map(({ accountId }) => accountId))}::uuid[]`;
    const told = sql`
      with told as (
        select n.incident_id, min(n.published_at) as first_at, max(n.published_at) as last_at,
          count(*)::int as notices, (array_agg(n.facts order by n.sequence desc))[1] as facts,
          (array_agg(n.visibility order by n.sequence desc))[1] as visibility,
          (array_agg(w.decided_at order by n.sequence desc))[1] as withdrawn_at,
          array_agg(n.id) as notice_ids
        from notices n left join withdrawals w on w.subject_id = n.id and w.decision = 'approved'
        where n.incident_id is not null and not n.facts ? 'rehearsal' and ${visibleTo(actor)}
        group by n.incident_id
      ),
      found as (
        select i.number, p.slug, p.name_zh, p.name_en, told.*
        from told join incidents i on i.id = told.incident_id join products p on p.id = i.product_id
      )`;
    const isOpen = sql`(withdrawn_at is null and facts->>'status' = any(${sql.param([...OPEN])}::text[]))`;
    const list = { keys: NEWEST, size: limit, page };
    const { rows, ...turns } = await readPage(
      list,
      (slice) =>
        readRows(db, incidentRow)`
      ${told} select ${slice.cursor} as cursor, number, slug, name_zh as "nameZh", name_en as "nameEn",
        visibility, notices, facts, first_at as "firstAt", last_at as "lastAt",
        withdrawn_at as "withdrawnAt",
        coalesce((
          select (array_agg(distinct a.name))[1:${NAMED_OR_MORE}::int]
          from notice_targets g join apps a on a.id = g.app_id
          where g.notice_id = any(notice_ids) and g.account_id = any(${own})
        ), '{}') as "ownApps"
      from found
      where ${product ? sql`slug = ${product}` : sql`true`}
        and ${severity ? sql`facts->>'severity' = ${severity}` : sql`true`}
        and ${state ? sql`${isOpen} = ${state === "open"}` : sql`true`}
        and ${q ? factsHold(sql`facts`, q) : sql`true`}
        and ${slice.beyond}
      order by ${slice.order} limit ${slice.limit}`,
    );
    const products = await readRows(db, productRow)`
      ${told} select distinct slug, name_zh as "nameZh", name_en as "nameEn" from found order by slug`;
    return {
      rows: rows.map(rowOf),
      ...turns,
      /** The products that something was told of, to choose from. */
      products: products.map((row) => ({ slug: row.slug, ...productNamesOf(row) })),
    };
  },
});

const productNamesOf = ({ nameZh, nameEn }: z.output<typeof productRow>) => ({
  product: { "zh-CN": nameZh, en: nameEn },
});

function rowOf(row: Omit<z.output<typeof incidentRow>, "cursor">) {
  const { title, severity, kind } = row.facts;
  const status: IncidentStatus = row.withdrawnAt ? "false_alarm" : row.facts.status;
  return {
    number: row.number,
    title,
    severity,
    status,
    kind,
    visibility: row.visibility,
    ...productNamesOf(row),
    notices: row.notices,
    own: { apps: row.ownApps.slice(0, NAMED), hasMore: row.ownApps.length > NAMED },
    /** When it was first told of, and last; taking it all back tells as well. */
    firstAt: row.firstAt,
    lastAt: row.withdrawnAt ?? row.lastAt,
  };
}
