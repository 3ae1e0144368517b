import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import type { WavePlan } from "@/db/schema/waves";
import { wakeJob } from "@/domain/jobs";
import { readRecord } from "@/stand-ins/resend/record";
import { startResendStandIn } from "@/stand-ins/resend/start";
import { FACTS, givenMembers, tellProduct } from "@/tests/support/broadcasts";
import { givenProduct, givenStaff } from "@/tests/support/people";
import { givenWorkers, until } from "@/tests/support/worker";

const RECIPIENTS = 1200;
/** Of whom the first wave has so many. */
const FIRST = 700;

async function leasedBatches(): Promise<number> {
  const leased = await db.execute(
    sql`select 1 from mail_batches where status = 'frozen' and lease_until > clock_timestamp()`,
  );
  return leased.rowCount ?? 0;
}

/** Half a minute passes for what a killed worker held; tests/faults waits for that by the clock. */
const leasesRunOut = () => db.execute(sql`update mail_batches set lease_until = clock_timestamp()`);

const WAVES: WavePlan = {
  ...{ by: "people", first: FIRST, waitMinutes: 5 },
  ...{ bounced: 1, refused: 1, complained: 1 },
};

async function isFirstOut(): Promise<boolean> {
  const watched = await db.execute(
    sql`select 1 from broadcast_waves where watched_from is not null`,
  );
  return watched.rowCount === 1;
}

/** The first wave has arrived, and its time is over. */
async function timePasses(): Promise<void> {
  await db.execute(sql`
    insert into provider_events (id, type, provider_id, occurred_at, received_at)
    select 'event-' || provider_id, 'email.delivered', provider_id, now(), now()
    from deliveries where provider_id is not null`);
  await db.execute(sql`update broadcast_waves set watched_from = now() - interval '6 minutes'`);
  await db.transaction((tx) => wakeJob(tx, "deliver-mails"));
}

const startWorker = givenWorkers();

test("P41: a worker killed in the middle of each of two waves of 1,200 recipients and started again tells each exactly once, with the approved content", async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), "gaozhi-resend-"));
  const resend = await startResendStandIn({
    dataFolder,
    apiKey: "re_test",
    webhookSecret: "whsec_dGVzdHMtc2lnbi13aXRoLXRoaXMtc2VjcmV0",
  });
  // Slow answers, so that the kill falls into the middle of a request.
  await fetch(`${resend.url}/__control/faults`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ fault: "slow", times: 50, holdMs: 400 }),
  });
  const product = await givenProduct();
  await givenMembers(product.id, RECIPIENTS, "killed");
  const told = await tellProduct(
    { actor: await givenStaff("approver"), now: new Date() },
    product.id,
    { waves: WAVES },
  );
  expect(told.people).toBe(RECIPIENTS);

  const first = startWorker(resend.url);
  await until(async () => (await readRecord(dataFolder)).length >= 200, "200 mails accepted");
  await until(async () => (await leasedBatches()) > 0, "a batch under way");
  first.kill("SIGKILL");
  await leasesRunOut();
  const second = startWorker(resend.url);
  await until(isFirstOut, "the first wave out");
  expect((await readRecord(dataFolder)).length).toBe(FIRST);
  await timePasses();
  await until(async () => (await readRecord(dataFolder)).length >= FIRST + 200, "the rest begun");
  second.kill("SIGKILL");
  await leasesRunOut();

  startWorker(resend.url);
  await until(async () => {
    const left = await db.execute<{ n: number }>(
      sql`select count(*)::int + (select count(*)::int from audience_parts) as n
        from deliveries where channel = 'email' and status = 'queued'`,
    );
    return left.rows[0]?.n === 0;
  }, "no mail queued");

  const again = await db.execute(sql`select 1 from mail_batches where attempts > 1`);
  expect(again.rowCount).toBeGreaterThan(0);

  const record = await readRecord(dataFolder);
  const addresses = record.flatMap(({ to }) => to);
  expect(addresses).toHaveLength(RECIPIENTS);
  expect(new Set(addresses).size).toBe(RECIPIENTS);
  for (const { html, text } of record) {
    const words = Object.values(FACTS.changes[0]!.text);
    expect(words.some((word) => html?.includes(word) && text?.includes(word))).toBe(true);
  }
  await resend.close();
}, 180_000);
