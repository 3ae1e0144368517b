import { sql } from "drizzle-orm";

import { moment, oldest, type Parts } from "./own-part";

/** Where notices show up in their browsers and on their telephone, and what became of each. */
export const browsersOf = (id: string): Parts => ({
  browsers: {
    tables: ["endpoints"],
    columns: {
      ...{ device: sql`e.name`, host: sql`e.host`, locale: sql`e.locale` },
      ...{ addedAt: moment(sql`e.added_at`), endedAt: moment(sql`e.ended_at`) },
    },
    from: sql`endpoints e`,
    where: sql`e.user_id = ${id}`,
    keys: oldest(sql`e.added_at`, sql`e.id`),
  },
  numberChecks: {
    tables: ["number_checks"],
    columns: {
      ...{ locale: sql`n.locale`, requestedAt: moment(sql`n.requested_at`) },
      usedAt: moment(sql`n.used_at`),
    },
    from: sql`number_checks n`,
    where: sql`n.user_id = ${id}`,
    keys: oldest(sql`n.requested_at`, sql`n.id`),
  },
  pushes: {
    tables: ["dispatches", "dispatch_attempts"],
    columns: {
      ...{
        device: sql`e.name`,
        told: sql`b.kind`,
        postStatus: sql`x.status`,
        reason: sql`x.reason`,
      },
      ...{ createdAt: moment(sql`x.created_at`), settledAt: moment(sql`x.settled_at`) },
    },
    from: sql`dispatches x join endpoints e on e.id = x.endpoint_id
      left join broadcasts b on b.id = x.broadcast_id`,
    where: sql`e.user_id = ${id}`,
    keys: oldest(sql`x.created_at`, sql`x.id`),
  },
});
