import { randomUUID } from "node:crypto";
import { and, count, desc, eq, isNotNull, sql } from "drizzle-orm";
import { z } from "zod";

import { db } from "@/db/client";
import { broadcasts, deliveries } from "@/db/schema";
import type { WavePlan } from "@/db/schema/waves";
import { claimBatches } from "@/domain/broadcasts/claim-batch";
import type { PolicyChangeFacts } from "@/domain/broadcasts/facts";
import { freezeNextBatches } from "@/domain/broadcasts/freeze-batch";
import { endPreparing, prepareNext } from "@/domain/broadcasts/prepare";
import { recordProviderEvents } from "@/domain/broadcasts/record-provider-events";
import { keepRenderedMail, listMailsToRender } from "@/domain/broadcasts/render-mail";
import { settleBatches } from "@/domain/broadcasts/settle-batch";
import { startBroadcast } from "@/domain/broadcasts/start";
import { listWaves, watchWave } from "@/domain/broadcasts/waves";
import { asJob, type Context } from "@/domain/context";
import { verb } from "@/domain/verb";

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

/** Writes accounts with one member each, all integrating the product, set-wise. `prefix` names the n-th's address. */
export const givenMembers = (productId: string, count: number, prefix = "person") =>
  db.execute(membersOf(productId, count, prefix));

/** The statement for it. */
export const membersOf = (productId: string, count: number, prefix: string) => sql`
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
  select id, ${productId}, 'app-' || uin, '应用', now() from houses`;

/** Tells everybody who integrates the product, by a verb of the test's own; of a major change unless said otherwise. */
export function tellProduct(ctx: Context, productId: string, { waves, ...changed }: Told = {}) {
  const facts = { ...FACTS, ...changed };
  return verb({
    may: "policy.review",
    input: z.object({}),
    run: (step) =>
      startBroadcast(step, {
        kind: "policy_change",
        subjectId: facts.versionId,
        facts,
        audience: { productId },
        isPublic: true,
        ...(waves && { waves }),
      }),
  })(ctx, {});
}

type Told = Partial<PolicyChangeFacts> & { waves?: WavePlan };

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
      }),
  })(ctx, {});

/** Writes the deliveries of what was too large to have them with its start. */
export async function prepareAll(now: Date): Promise<void> {
  const ctx = asJob("prepare-broadcasts", now);
  while ((await prepareNext(ctx, {})) > 0);
  await endPreparing(ctx, {});
}

/** Renders what waits, with words of its own, so that batches can be frozen without templates. */
export async function renderPlainly(now: Date): Promise<void> {
  const ctx = asJob("deliver-mails", now);
  for (const { broadcastId, locale } of await listMailsToRender(ctx, {}))
    await keepRenderedMail(ctx, {
      broadcastId,
      locale,
      subject: "变更",
      html: "<p>%%</p>",
      text: "变更",
    });
}

/** Freezes all that waits. @returns how many mails */
export async function freezeAll(now: Date): Promise<number> {
  await renderPlainly(now);
  let frozen = 0;
  for (;;) {
    const more = await freezeNextBatches(asJob("deliver-mails", now), {
      from: "a@yunqiao.example",
    });
    if (more === 0) return frozen;
    frozen += more;
  }
}

/** Claims the next batch and settles it as accepted by the provider; its mails' ids in order. */
export async function sendNextBatch(now: Date): Promise<string[]> {
  const ctx = asJob("deliver-mails", now);
  const [batch] = await claimBatches(ctx, {});
  if (!batch) return [];
  const ids = Array.from({ length: batch.size }, () => randomUUID());
  const outcome = { kind: "accepted" as const, ids, errors: [] };
  await settleBatches(ctx, {
    settlings: [{ batchId: batch.id, attempt: batch.attempts, outcome }],
  });
  return ids;
}

/** Looks at every first wave, as the worker does, or as `ctx` would. */
export async function watchWaves(now: Date, ctx = asJob("deliver-mails", now)): Promise<void> {
  for (const broadcastId of await listWaves(ctx, {})) await watchWave(ctx, { broadcastId });
}

/** What the provider reports of the mail to this address. */
export async function providerReports(address: string, type: string, at: Date): Promise<void> {
  const [mail] = await db
    .select({ providerId: deliveries.providerId })
    .from(deliveries)
    .where(and(eq(deliveries.address, address), isNotNull(deliveries.providerId)))
    .orderBy(desc(deliveries.createdAt))
    .limit(1);
  await recordProviderEvents(asJob("resend-webhook", at), {
    events: [
      {
        id: randomUUID(),
        type,
        providerId: mail?.providerId ?? null,
        occurredAt: at,
        detail: type === "email.bounced" ? "550 5.1.1 user unknown" : null,
      },
    ],
  });
}

/** How many mails of a broadcast stand where. */
export async function mailsOf(broadcastId: string): Promise<Record<string, number>> {
  const rows = await db
    .select({ status: deliveries.status, count: count() })
    .from(deliveries)
    .where(and(eq(deliveries.broadcastId, broadcastId), eq(deliveries.channel, "email")))
    .groupBy(deliveries.status);
  return Object.fromEntries(rows.map((row) => [row.status, row.count]));
}

/** Whether a broadcast runs, is paused, or has ended. */
export async function statusOf(broadcastId: string) {
  const [row] = await db.select().from(broadcasts).where(eq(broadcasts.id, broadcastId));
  return row!;
}

/** The moment by which batches are claimed and settled. */
export async function databaseClock(): Promise<Date> {
  const { rows } = await db.execute<{ at: string }>(
    sql`select to_json(clock_timestamp()) #>> '{}' as at`,
  );
  return new Date(rows[0]?.at ?? "");
}
