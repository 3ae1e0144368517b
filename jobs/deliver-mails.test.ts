import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { db } from "@/db/client";
import { broadcasts, broadcastWaves, deliveries, mailBatches, suppressions } from "@/db/schema";
import type { WavePlan } from "@/db/schema/waves";
import { recordProviderEvents } from "@/domain/broadcasts/record-provider-events";
import { settleBatches } from "@/domain/broadcasts/settle-batch";
import { asJob } from "@/domain/context";
import { provide } from "@/lib/env";
import { metrics } from "@/lib/metrics";
import { type ResendStandIn, startResendStandIn } from "@/stand-ins/resend/start";
import {
  databaseClock,
  FACTS,
  givenMembers,
  tellPerson,
  tellProduct,
} from "@/tests/support/broadcasts";
import { asOwner } from "@/tests/support/owner";
import { givenPerson, givenProduct, givenStaff } from "@/tests/support/people";
import { resetDatabase } from "@/tests/support/reset-database";

import { deliverMails } from "./deliver-mails";

const now = new Date("2026-03-02T02:00:00Z");
const deliver = () => deliverMails(now, { isStopping: () => false, hasNews: () => false });
let resend: ResendStandIn;
let productId: string;

beforeAll(async () => {
  resend = await startResendStandIn({
    dataFolder: mkdtempSync(join(tmpdir(), "gaozhi-resend-")),
    apiKey: "re_test",
    webhookSecret: "whsec_dGVzdHMtc2lnbi13aXRoLXRoaXMtc2VjcmV0",
  });
  provide({ RESEND_BASE_URL: resend.url });
});
afterAll(() => resend.close());

beforeEach(async () => {
  await fetch(`${resend.url}/__control/faults`, { method: "DELETE" });
  await resetDatabase();
  productId = (await givenProduct()).id;
});

const tell = async () => tellProduct({ actor: await givenStaff("approver"), now }, productId);

async function program(fault: object) {
  const answer = await fetch(`${resend.url}/__control/faults`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(fault),
  });
  expect(answer.ok).toBe(true);
}

/** Lets what waits for a later attempt be due now. */
const hurry = () =>
  db.update(mailBatches).set({ nextAttemptAt: sql`clock_timestamp()`, leaseUntil: null });

const statuses = async () => {
  const rows = await db
    .select({ status: deliveries.status })
    .from(deliveries)
    .where(eq(deliveries.channel, "email"));
  return rows.map(({ status }) => status).sort();
};

const acceptedFor = async (prefix: string) => {
  const answer = await fetch(`${resend.url}/__control/mails?limit=500`);
  const { mails } = (await answer.json()) as { mails: { to: string[] }[] };
  return mails.flatMap(({ to }) => to).filter((to) => to.startsWith(prefix));
};

test("P41: a broadcast reaches each person once, by in-site message at once and by mail from the worker", async () => {
  await givenMembers(productId, 230, "all");
  const { people } = await tell();
  expect(people).toBe(230);
  const placed = await db.select().from(deliveries).where(eq(deliveries.status, "placed"));
  expect(placed).toHaveLength(230);

  expect(await deliver()).toBeNull();
  expect(new Set(await statuses())).toEqual(new Set(["sent"]));
  const accepted = await acceptedFor("all");
  expect(accepted).toHaveLength(230);
  expect(new Set(accepted).size).toBe(230);
  const [broadcast] = await db.select().from(broadcasts);
  expect(broadcast).toMatchObject({ status: "sending", finishedAt: null });
});

test("a person in several accounts is told once, for all of them", async () => {
  await givenMembers(productId, 2, "twice");
  await db.execute(sql`
    update members set user_id = (select id from users where email = 'twice1@crowd.example')
    where user_id = (select id from users where email = 'twice2@crowd.example')`);
  expect((await tell()).people).toBe(1);
  const [mail] = await db.select().from(deliveries).where(eq(deliveries.channel, "email"));
  expect(mail?.accountIds).toHaveLength(2);
});

test.each(["error_before", "error_after", "reset_after", "half_json", "unavailable_html"])(
  "an attempt that ends in %s is repeated with the same bytes and key, and nobody gets it twice",
  async (fault) => {
    const prefix = `f${fault.replaceAll("_", "")}`;
    await givenMembers(productId, 5, prefix);
    await tell();
    await program({ fault, times: 1 });
    expect(await deliver()).not.toBeNull();
    await hurry();
    await deliver();
    expect(new Set(await statuses())).toEqual(new Set(["sent"]));
    const accepted = await acceptedFor(prefix);
    expect(accepted.sort()).toEqual([1, 2, 3, 4, 5].map((n) => `${prefix}${n}@crowd.example`));
  },
);

test("P41: what can no longer be repeated as it was is not sent again: nobody gets other words under the same key", async () => {
  await givenMembers(productId, 3, "altered");
  await tell();
  await program({ fault: "error_after", times: 1 });
  await deliver();
  await asOwner((own) =>
    own.transaction(async (tx) => {
      await tx.execute(sql`set local session_replication_role = replica`);
      await tx.execute(sql`update mail_batches set names = array_fill('别人'::text, array[size])`);
    }),
  );
  await hurry();
  await deliver();
  expect(await statuses()).toEqual(["unknown", "unknown", "unknown"]);
  expect((await acceptedFor("altered")).sort()).toEqual(
    [1, 2, 3].map((n) => `altered${n}@crowd.example`),
  );
});

test.each([
  { faults: ["error_after", "invalid"], said: "unknown", told: 3 },
  { faults: ["rate_limited", "invalid"], said: "failed", told: 0 },
  { faults: ["other_body"], said: "unknown", told: 0 },
])(
  "P41: after $faults the mails are $said: only what cannot have left may leave again",
  async ({ faults, said, told }) => {
    const prefix = `doubt${faults.join("").replaceAll("_", "")}`;
    await givenMembers(productId, 3, prefix);
    await tell();
    for (const fault of faults) await program({ fault, times: 1 });
    for (let attempt = 0; attempt < faults.length; attempt += 1) {
      await hurry();
      await deliver();
    }
    expect(await statuses()).toEqual([said, said, said]);
    expect(await acceptedFor(prefix)).toHaveLength(told);
  },
);

test("a revoked key halts the sending and fails nobody", async () => {
  await givenMembers(productId, 3, "halt");
  await tell();
  await program({ fault: "key_revoked", times: 2 });
  const again = await deliver();
  expect(again?.getTime()).toBeGreaterThan((await databaseClock()).getTime() + 60_000);
  expect(await statuses()).toEqual(["queued", "queued", "queued"]);
  const batches = await db.select().from(mailBatches);
  expect(batches.every(({ lastError }) => lastError?.startsWith("key_refused"))).toBe(true);
});

test("a sender that lost its lease settles nothing", async () => {
  await givenMembers(productId, 1, "fence");
  await tell();
  await deliver();
  const [batch] = await db.select().from(mailBatches);
  await db.update(mailBatches).set({ status: "frozen", attempts: 5 });
  const outcome = { kind: "refused" as const, reason: "late" };
  const settlings = [{ batchId: batch!.id, attempt: 4, outcome }];
  expect(await settleBatches(asJob("test", now), { settlings })).toBe(0);
  expect(await statuses()).toEqual(["sent"]);
});

test("provider events only move a delivery forward, whatever their order and number", async () => {
  await givenMembers(productId, 1, "events");
  await tell();
  await deliver();
  const [mail] = await db.select().from(deliveries).where(eq(deliveries.channel, "email"));
  const event = (id: string, type: string) =>
    recordProviderEvents(asJob("resend-webhook", now), {
      events: [{ id, type, providerId: mail!.providerId, occurredAt: now, detail: null }],
    });
  await event("e2", "email.bounced");
  await event("e1", "email.sent");
  expect(await event("e2", "email.bounced")).toEqual([]);
  expect(await statuses()).toEqual(["bounced"]);
  expect(await db.select().from(suppressions)).toMatchObject([
    { address: "events1@crowd.example", reason: "bounced" },
  ]);

  const second = await tell();
  expect(second.people).toBe(1);
  expect(await statuses()).toEqual(["bounced", "suppressed"]);
});

test("an event that comes before its batch is settled is not lost", async () => {
  await givenMembers(productId, 1, "early");
  await tell();
  await program({ fault: "error_after", times: 1 });
  await deliver();
  const answer = await fetch(`${resend.url}/__control/mails?to=early1@crowd.example`);
  const { mails } = (await answer.json()) as { mails: { id: string }[] };
  await recordProviderEvents(asJob("resend-webhook", now), {
    events: [
      {
        id: "early-event",
        type: "email.delivered",
        providerId: mails[0]!.id,
        occurredAt: now,
        detail: null,
      },
    ],
  });
  expect(await statuses()).toEqual(["queued"]);
  await hurry();
  await deliver();
  expect(await statuses()).toEqual(["delivered"]);
});

test("every mail says what was approved, in its reader's language", async () => {
  await givenMembers(productId, 4, "words");
  await tell();
  await deliver();
  for (const [address, locale] of [
    ["words1@crowd.example", "zh-CN"],
    ["words4@crowd.example", "en"],
  ] as const) {
    const list = await fetch(`${resend.url}/__control/mails?to=${address}`);
    const { mails } = (await list.json()) as { mails: { id: string }[] };
    const whole = await fetch(`${resend.url}/__control/mails/${mails[0]!.id}`);
    const { html, text } = (await whole.json()) as { html: string; text: string };
    expect(html).toContain(FACTS.changes[0]!.text[locale]);
    expect(text).toContain(FACTS.changes[0]!.text[locale]);
    expect(html).not.toContain("%%");
  }
});

test("P47: who has no account is answered by mail too, and holds up nobody's", async () => {
  await givenMembers(productId, 1);
  const endUser = await givenPerson("终端用户");
  await tellPerson({ actor: await givenStaff("approver"), now }, endUser.id);
  await tell();

  await deliver();

  expect(await statuses()).toEqual(["sent", "sent"]);
  expect(await acceptedFor(endUser.email)).toHaveLength(1);
});

test("what breaks in the waves of one broadcast is counted, and keeps no other waiting", async () => {
  await givenMembers(productId, 3, "waves");
  const waves: WavePlan = {
    ...{ by: "people", first: 1, waitMinutes: 5 },
    ...{ bounced: 10, refused: 10, complained: 10 },
  };
  const actor = await givenStaff("approver");
  const ids: string[] = [];
  for (const at of [now, now])
    ids.push((await tellProduct({ actor, now: at }, productId, { waves })).id);
  const [broken, whole] = ids.toSorted() as [string, string];
  await deliver();
  const mails = await db
    .select({ providerId: deliveries.providerId })
    .from(deliveries)
    .where(eq(deliveries.status, "sent"));
  await recordProviderEvents(asJob("resend-webhook", now), {
    events: mails.map(({ providerId }) => ({
      ...{ id: crypto.randomUUID(), type: "email.delivered", providerId },
      ...{ occurredAt: now, detail: null },
    })),
  });
  await asOwner(async (owner) => {
    await owner.execute(sql`alter table broadcasts disable trigger user`);
    await owner.execute(sql`update broadcasts set facts = '{}' where id = ${broken}`);
    await owner.execute(sql`alter table broadcasts enable trigger user`);
  });

  const undone = async () =>
    (await metrics.leftUndone.get()).values.find(({ labels }) => labels.what === "wave")?.value ??
    0;
  const before = await undone();
  const due = new Date(now.getTime() + 6 * 60_000);
  await deliverMails(due, { isStopping: () => false, hasNews: () => false });
  expect(await undone()).toBe(before + 1);
  const released = await db
    .select({ id: broadcastWaves.broadcastId })
    .from(broadcastWaves)
    .where(eq(broadcastWaves.releasedAt, due));
  expect(released).toEqual([{ id: whole }]);
});
