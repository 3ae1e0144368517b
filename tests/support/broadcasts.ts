import { randomUUID } from "node:crypto";

import { sql } from "drizzle-orm";

import { db } from "@/db/client";
import type { PolicyChangeFacts } from "@/domain/broadcasts/facts";
import { startBroadcast } from "@/domain/broadcasts/start";
import type { Context } from "@/domain/context";
import { verb } from "@/domain/verb";
import { z } from "zod";

/** What a made-up major change says. */
export const FACTS: PolicyChangeFacts = {
  versionId: randomUUID(),
  documentSlug: "im-privacy-guide",
  documentTitle: { "zh-CN": "即时通信 SDK 隐私保护指引", en: "IM SDK privacy guide" },
  label: "3.2",
  previousLabel: "3.1",
  isMajor: true,
  majorReasons: ["rights"],
  affectsEndUsers: true,
  changes: [
    {
      text: { "zh-CN": "聊天图片的默认保存期改为 7 天。", en: "Pictures are kept for 7 days." },
      anchor: "sec-4",
    },
  ],
  effectiveAt: "2026-03-31T16:00:00.000Z",
  contentHash: "0".repeat(64),
};

/** Writes accounts with one member each, all integrating the product, set-wise. `address` names the n-th. */
export async function givenMembers(productId: string, count: number, prefix = "person") {
  await db.execute(sql`
    with people as (
      insert into users (email, name, locale, created_at)
      select ${prefix} || n || '@crowd.example', '收件人' || n, case when n % 4 = 0 then 'en' else 'zh-CN' end, now()
      from generate_series(1, ${count}::int) n returning id, email
    ), houses as (
      insert into accounts (uin, name, created_at)
      select 'crowd-' || email, '账号 ' || email, now() from people returning id, uin
    ), joined as (
      insert into members (account_id, user_id, role, joined_at)
      select h.id, p.id, 'owner', now() from houses h join people p on h.uin = 'crowd-' || p.email
    )
    insert into apps (account_id, product_id, sdk_app_id, name, created_at)
    select id, ${productId}, 'app-' || uin, '应用', now() from houses`);
}

/** Tells everybody who integrates the product, by a verb of the test's own. */
export const tellProduct = (ctx: Context, productId: string) =>
  verb({
    may: "policy.review",
    input: z.object({}),
    run: (step) =>
      startBroadcast(step, {
        kind: "policy_change",
        subjectId: FACTS.versionId,
        facts: FACTS,
        audience: { productId },
        channels: ["inbox", "email"],
        isPublic: true,
      }),
  })(ctx, {});

/** Tells a person who belongs to no account how their request stands. */
export const tellPerson = (ctx: Context, userId: string) =>
  verb({
    may: "policy.review",
    input: z.object({}),
    run: (step) =>
      startBroadcast(step, {
        kind: "request_update",
        subjectId: randomUUID(),
        facts: {
          requestId: randomUUID(),
          number: "R-2026-000001",
          type: "delete",
          event: "received",
          dueDate: "2026-03-23",
          isDueProvisional: false,
        },
        audience: { userIds: [userId] },
        channels: ["inbox", "email"],
      }),
  })(ctx, {});
