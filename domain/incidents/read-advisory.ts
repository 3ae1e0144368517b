import { eq } from "drizzle-orm";
import { z } from "zod";

import { incidents, notices as noticeTable, products } from "@/db/schema";
import type { ProductPackage } from "@/db/schema/accounts";
import type { AudienceRule } from "@/db/schema/incidents";

import { ANONYMOUS } from "../context";
import { NotFound } from "../errors";
import { query } from "../query";
import { momentColumn, readRows } from "../rows";
import { visibleTo } from "./notice-visibility";
import { currentOf, publishedNoticesOf } from "./published-notices";
import { alternativesOf } from "./version-range";

/** How many advisories the lists for scanners hold, the newest first. */
const MOST = 1000;

export type Advisory = Awaited<ReturnType<typeof readAdvisory>>;

/**
 * An incident as scanners are told of it: its public notices, and the packages and versions that its
 * audience rule says are affected. `affected` is null where the rule names apps outright, for then
 * having a version says nothing.
 * @throws NotFound where nothing of it is public
 */
export const readAdvisory = query({
  may: "notice.readPublished",
  input: z.object({ number: z.string().max(40) }),

  async run({ db }, { number }) {
    const [incident] = await db
      .select({ id: incidents.id, product: products })
      .from(incidents)
      .innerJoin(products, eq(products.id, incidents.productId))
      .where(eq(incidents.number, number));
    if (!incident) throw new NotFound("errors.notFound");
    const notices = await publishedNoticesOf(db, ANONYMOUS, incident.id);
    const [current, newest, first] = [currentOf(notices), notices.at(-1), notices[0]];
    if (!current || !newest || !first) throw new NotFound("errors.notFound");
    const [row] = await db
      .select({ audience: noticeTable.audience })
      .from(noticeTable)
      .where(eq(noticeTable.id, current.id));
    return {
      ...{ number, notices, current: current.facts, newest: newest.facts },
      firstAt: first.publishedAt,
      /** When all of it was taken back as a false alarm, and why. */
      falseAlarm: newest.withdrawn,
      lastAt: newest.withdrawn?.at ?? newest.publishedAt,
      product: {
        slug: incident.product.slug,
        "zh-CN": incident.product.nameZh,
        en: incident.product.nameEn,
      },
      affected:
        row && !newest.withdrawn ? affectedBy(row.audience, incident.product.packages) : null,
    };
  },
});

/** What the rule says of versions; nothing where it names apps, or those that integrate no SDK. */
function affectedBy(rule: AudienceRule, packages: readonly ProductPackage[]) {
  if (rule.undecided || rule.apiOnly || rule.sdkAppIds.length > 0) return null;
  // Where accounts were chosen, having a version says nothing either.
  if (rule.tags || rule.toldBy) return null;
  return {
    packages: packages.filter(
      ({ platform }) => rule.platforms.length === 0 || rule.platforms.includes(platform),
    ),
    /** Null for any version. */
    versions: rule.versionRange === "" ? null : alternativesOf(rule.versionRange),
    regions: rule.regions,
  };
}

const advisoryRow = z.object({
  number: z.string(),
  title: z.string(),
  firstAt: momentColumn,
  lastAt: momentColumn,
});

/** The incidents of which something is public, the one last told of first: what a scanner may fetch. */
export const listAdvisories = query({
  may: "notice.readPublished",
  input: z.object({}),

  run: ({ db }) =>
    readRows(db, advisoryRow)`
      select i.number, (array_agg(n.facts->'title'->>'zh-CN' order by n.sequence desc))[1] as title,
        min(n.published_at) as "firstAt",
        max(greatest(n.published_at, w.decided_at)) as "lastAt"
      from notices n join incidents i on i.id = n.incident_id
      left join withdrawals w on w.subject_id = n.id and w.decision = 'approved'
      where ${visibleTo(ANONYMOUS)}
      group by i.number order by "lastAt" desc, i.number limit ${MOST}`,
});
