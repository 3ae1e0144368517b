import http from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "drizzle-orm";
import pg from "pg";

import { db } from "@/db/client";
import { listAccounts } from "@/domain/accounts/list-accounts";
import { listBroadcasts } from "@/domain/broadcasts/list";
import { listRecipients } from "@/domain/broadcasts/list-recipients";
import type { Context } from "@/domain/context";
import { countUnread, listInbox } from "@/domain/inbox/list";
import { env } from "@/lib/env";
import { givenStaff } from "@/tests/support/people";

import { toldCrowds } from "./crowd";
import { atEnd, openOwnDatabase } from "./ground";
import {
  ask,
  type Figure,
  hasProgram,
  quantile,
  type Ratio,
  slope,
  timed,
  times,
  type Workload,
} from "./measure";
import { NO_WRK } from "./public-pages";

export const lists: Workload = {
  id: "B10",
  name: "Boards and lists",
  about:
    "The recipients of a telling of N developers, their first page and the 5,000th or the last but one; the board of tellings and the register of accounts over all of them. 100 reads each; the ratios are to the smallest size.",
  on: "told",
  async run() {
    openOwnDatabase();
    const ctx: Context = { actor: await givenStaff("approver", "admin"), now: new Date() };
    const figures: Figure[] = [];
    for (const { id, size } of await toldCrowds()) {
      const far = await farPage(id, size);
      const reads = {
        "recipients, first page": () => listRecipients(ctx, { broadcastId: id }),
        "recipients, far page": () => listRecipients(ctx, { broadcastId: id, page: far }),
      };
      for (const [what, read] of Object.entries(reads)) {
        const p99 = quantile(await times(100, read), 0.99);
        figures.push({ what: `${what}: p99`, value: p99, unit: "ms", size });
      }
    }
    const whole = {
      "board of tellings": () => listBroadcasts(ctx, {}),
      "register of accounts": () => listAccounts(ctx, {}),
    };
    const overall: Figure[] = [];
    for (const [what, read] of Object.entries(whole)) {
      const p99 = quantile(await times(100, read), 0.99);
      overall.push({ what: `${what}, over all crowds: p99`, value: p99, unit: "ms" });
    }
    return { figures: [...figures, ...overall], ratios: toSmallest(figures, 1.3) };
  },
};

/** So many pages on, of 50 people each, or fifty people before the last. */
const FAR = 5000 * 50;

async function farPage(broadcastId: string, size: number): Promise<string> {
  const { rows } = await db.execute<{ user_id: string }>(sql`
    select user_id from deliveries where broadcast_id = ${broadcastId} and channel = 'inbox'
    order by user_id offset ${Math.max(0, Math.min(size - 60, FAR))} limit 1`);
  return Buffer.from(`next ${JSON.stringify([rows[0]?.user_id])}`).toString("base64url");
}

function toSmallest(figures: readonly Figure[], most: number): Ratio[] {
  return figures.flatMap(({ what, value, size }) => {
    const first = figures.find((other) => other.what === what);
    if (!first || first.size === size || size === undefined) return [];
    const to = first.size?.toLocaleString("en");
    return [{ what: `${what} ÷ that of ${to}`, value: value / first.value, size, most }];
  });
}

const READS = 2000;

export const unread: Workload = {
  id: "B4",
  name: "Unread count",
  about:
    "A developer's unread count through the domain at N developers, beside a prepared read of one row by its key: both answered by a bare HTTP server to 16 connections, and both 2,000 times one after the other without HTTP; and the inbox.",
  on: "told",
  async run() {
    if (!hasProgram("wrk")) return NO_WRK;
    openOwnDatabase();
    const pool = new pg.Pool({ connectionString: env().DATABASE_URL });
    const figures: Figure[] = [];
    const ratios: Ratio[] = [];
    const taken: { size: number; value: number }[] = [];
    for (const { size, productId } of await toldCrowds()) {
      const reader = await readerOf(productId);
      const ctx: Context = { actor: reader, now: new Date() };
      const [text, values] = ["select name from users where id = $1", [reader.id]];
      const reads = {
        "unread count": () => countUnread(ctx, {}),
        "bare prepared read": () => pool.query({ name: "one", text, values }),
      };
      const [ours, bare] = [
        await served(reads["unread count"]),
        await served(reads["bare prepared read"]),
      ];
      const alone = await perSecond(reads["unread count"]);
      const bareAlone = await perSecond(reads["bare prepared read"]);
      const inbox = quantile(await times(100, () => listInbox(ctx, {})), 0.99);
      taken.push({ size, value: 1 / alone });
      figures.push(
        { what: "unread count over HTTP", value: ours, unit: "/s", size },
        { what: "bare prepared read over HTTP", value: bare, unit: "/s", size },
        { what: "unread count, one after the other", value: alone, unit: "/s", size },
        { what: "bare prepared read, one after the other", value: bareAlone, unit: "/s", size },
        { what: "inbox: p99", value: inbox, unit: "ms", size },
      );
      ratios.push({
        what: "unread ÷ bare, over HTTP",
        value: ours / bare,
        size,
        least: 0.5,
      });
    }
    await pool.end();
    if (taken.length > 1)
      ratios.push({ what: "time of a count, as a power of N", value: slope(taken), most: 0.05 });
    return { figures, ratios };
  },
};

async function readerOf(productId: string) {
  const { rows } = await db.execute<{ account_id: string; user_id: string; email: string }>(sql`
    select m.account_id, m.user_id, u.email from apps a join members m on m.account_id = a.account_id
    join users u on u.id = m.user_id where a.product_id = ${productId} limit 1`);
  const [row] = rows;
  if (!row) throw new Error("the product has no developers");
  const memberships = [{ accountId: row.account_id, role: "owner" as const }];
  const { user_id: id, email } = row;
  return { kind: "person" as const, id, name: "收件人", email, staffRoles: [], memberships };
}

/** How often a second a bare server of this process answers with what a read returns. */
async function served(step: () => Promise<unknown>): Promise<number> {
  const server = http.createServer((_, response) => {
    step().then(
      (found) => response.end(JSON.stringify(found)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  atEnd(() => server.close());
  const { port } = server.address() as AddressInfo;
  const { perSecond, errors } = await ask(`http://127.0.0.1:${port}/`);
  if (errors > 0) throw new Error(`${errors} reads failed`);
  return perSecond;
}

/** Warmed up before. */
async function perSecond(step: () => Promise<unknown>): Promise<number> {
  await times(200, step);
  const ms = await timed(async () => {
    for (let run = 0; run < READS; run += 1) await step();
  });
  return READS / (ms / 1000);
}
