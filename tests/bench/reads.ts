import { sql } from "drizzle-orm";
import pg from "pg";

import { db } from "@/db/client";
import { listRecipients } from "@/domain/broadcasts/list-recipients";
import type { Context } from "@/domain/context";
import { countUnread, listInbox } from "@/domain/inbox/list";
import { env } from "@/lib/env";
import { givenStaff } from "@/tests/support/people";

import { openOwnDatabase } from "./ground";
import { type Figure, quantile, type Ratio, timed, times, type Workload } from "./measure";
import { SIZES, tellCrowd } from "./telling";

export const lists: Workload = {
  id: "B10",
  name: "Boards and lists",
  about:
    "The recipients of a telling at N developers, its first and its last but one page, and an inbox; 50 reads each. The ratios are to the smallest size.",
  async run() {
    openOwnDatabase();
    const actor = await givenStaff("approver");
    const figures: Figure[] = [];
    for (const size of SIZES) {
      const { id } = await tellCrowd(actor, size);
      await db.execute(sql`analyze deliveries`);
      const ctx: Context = { actor, now: new Date() };
      const far = await farPage(id, size);
      const reads = {
        "first page": () => listRecipients(ctx, { broadcastId: id }),
        "far page": () => listRecipients(ctx, { broadcastId: id, page: far }),
      };
      for (const [what, read] of Object.entries(reads)) {
        const p99 = quantile(await times(50, read), 0.99);
        figures.push({ what: `recipients, ${what}: p99`, value: p99, unit: "ms", size });
      }
    }
    return { figures, ratios: toSmallest(figures, 1.3) };
  },
};

/** The page that starts fifty people before the last. */
async function farPage(broadcastId: string, size: number): Promise<string> {
  const { rows } = await db.execute<{ user_id: string }>(sql`
    select distinct user_id from deliveries where broadcast_id = ${broadcastId}
    order by user_id offset ${Math.max(0, Math.min(size - 60, 250_000))} limit 1`);
  return Buffer.from(`next ${JSON.stringify([rows[0]?.user_id])}`).toString("base64url");
}

function toSmallest(figures: readonly Figure[], most: number): Ratio[] {
  return figures.flatMap(({ what, value, size }) => {
    const first = figures.find((other) => other.what === what);
    return !first || first.size === size || size === undefined
      ? []
      : [
          {
            what: `${what} ÷ that of ${first.size?.toLocaleString("en")}`,
            value: value / first.value,
            size,
            most,
          },
        ];
  });
}

export const unread: Workload = {
  id: "B4",
  name: "Unread count",
  about:
    "A developer's unread count through the domain, 2,000 reads one after the other at N developers, beside a prepared read of one row by its key on the same connection settings.",
  async run() {
    openOwnDatabase();
    const actor = await givenStaff("approver");
    const pool = new pg.Pool({ connectionString: env().DATABASE_URL });
    const figures: Figure[] = [];
    const ratios: Ratio[] = [];
    for (const size of SIZES) {
      const { productId } = await tellCrowd(actor, size);
      const reader = await readerOf(productId);
      await db.execute(sql`analyze deliveries`);
      const ctx: Context = { actor: reader, now: new Date() };
      const ours = 2000 / ((await timed(() => again(2000, () => countUnread(ctx, {})))) / 1000);
      const key = {
        name: "one",
        text: "select name from users where id = $1",
        values: [reader.id],
      };
      const bare = 2000 / ((await timed(() => again(2000, () => pool.query(key)))) / 1000);
      figures.push(
        { what: "unread count", value: ours, unit: "/s", size },
        { what: "bare prepared read", value: bare, unit: "/s", size },
      );
      ratios.push({ what: "unread ÷ bare", value: ours / bare, size, least: 0.5 });
      const page = await times(50, () => listInbox(ctx, {}));
      figures.push({ what: "inbox: p99", value: quantile(page, 0.99), unit: "ms", size });
    }
    await pool.end();
    return { figures, ratios };
  },
};

async function readerOf(productId: string) {
  const { rows } = await db.execute<{ account_id: string; user_id: string; email: string }>(sql`
    select m.account_id, m.user_id, u.email from apps a join members m on m.account_id = a.account_id
    join users u on u.id = m.user_id where a.product_id = ${productId} order by u.email limit 1`);
  const [row] = rows;
  if (!row) throw new Error("the product has no developers");
  const memberships = [{ accountId: row.account_id, role: "owner" as const }];
  const { user_id: id, email } = row;
  return { kind: "person" as const, id, name: "收件人", email, staffRoles: [], memberships };
}

async function again(count: number, step: () => Promise<unknown>): Promise<void> {
  for (let run = 0; run < count; run += 1) await step();
}
