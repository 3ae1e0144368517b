import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { readRecord } from "@/stand-ins/resend/record";
import { startResendStandIn } from "@/stand-ins/resend/start";
import { FACTS, givenMembers, tellProduct } from "@/tests/support/broadcasts";
import { givenProduct, givenStaff } from "@/tests/support/people";
import { givenWorkers, until } from "@/tests/support/worker";

const RECIPIENTS = 1200;
async function leasedBatches(): Promise<number> {
  const leased = await db.execute(
    sql`select 1 from mail_batches where status = 'frozen' and lease_until > clock_timestamp()`,
  );
  return leased.rowCount ?? 0;
}

const startWorker = givenWorkers();

test("P41: a worker killed in the middle of 1,200 recipients and started again tells each exactly once, with the approved content", async () => {
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
  );
  expect(told.people).toBe(RECIPIENTS);

  const first = startWorker(resend.url);
  await until(async () => (await readRecord(dataFolder)).length >= 200, "200 mails accepted");
  await until(async () => (await leasedBatches()) > 0, "a batch under way");
  first.kill("SIGKILL");
  const atKill = (await readRecord(dataFolder)).length;
  expect(atKill).toBeLessThan(RECIPIENTS);
  // Half a minute passes for what it held; tests/faults waits for that by the clock.
  await db.execute(sql`update mail_batches set lease_until = clock_timestamp()`);

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
