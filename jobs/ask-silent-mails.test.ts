import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { db } from "@/db/client";
import { deliveries, providerEvents, suppressions } from "@/db/schema";
import { reportFound } from "@/domain/broadcasts/after-restore";
import { finishBroadcasts } from "@/domain/broadcasts/finish";
import { asJob } from "@/domain/context";
import { provide } from "@/lib/env";
import type { ResendStandIn } from "@/stand-ins/resend/start";
import {
  databaseClock,
  givenMembers,
  mailsOf,
  providerReports,
  tellProduct,
} from "@/tests/support/broadcasts";
import { startMailProvider } from "@/tests/support/mail-provider";
import { givenProduct, givenStaff } from "@/tests/support/people";
import { resetDatabase } from "@/tests/support/reset-database";

import { askSilentMails } from "./ask-silent-mails";
import { deliverMails } from "./deliver-mails";

const now = new Date("2026-03-02T02:00:00Z");
const HOUR_MS = 3_600_000;
const MOST = 3;
let asked: string[] = [];
let resend: ResendStandIn;
let productId: string;
let broadcastId: string;

beforeAll(async () => {
  resend = await startMailProvider({
    stepMs: 0,
    onRequest: ({ method, path }) =>
      void (method === "GET" && asked.push(path.split("/")[2] ?? "")),
  });
});
afterAll(() => resend.close());
beforeEach(async () => {
  provide({ RESEND_BASE_URL: resend.url, RESEND_API_KEY: "re_test" });
  await resetDatabase();
  productId = (await givenProduct()).id;
});

/** Mails to people whose addresses begin so, all accepted, nothing reported. */
async function givenSilent(prefixes: readonly string[], each = 1) {
  for (const prefix of prefixes) await givenMembers(productId, each, prefix);
  const told = await tellProduct({ actor: await givenStaff("approver"), now }, productId);
  broadcastId = told.id;
  await deliverMails(now, { isStopping: () => false, hasNews: () => false });
  expect(await mailsOf(broadcastId)).toEqual({ sent: prefixes.length * each });
  asked = [];
}

const after = async (hours: number) =>
  new Date((await databaseClock()).getTime() + hours * HOUR_MS);
const none = () => Promise.resolve();
const ask = async (hours: number, isStopping = () => false) =>
  askSilentMails(await after(hours), { isStopping, pause: none, most: MOST });
const mailTo = async (prefix: string) => {
  const rows = await db
    .select()
    .from(deliveries)
    .where(eq(deliveries.address, `${prefix}1@crowd.example`));
  return rows[0]!;
};

test("P41: of what became nothing was heard of is asked after the hours set, and counts as if it had been reported", async () => {
  await givenSilent(["arrives", "bounce", "complain"]);
  await ask(5);
  expect(asked).toEqual([]);

  await ask(7);
  expect(asked).toHaveLength(3);
  // Whether the bounce is for good is not said, so that the address is not stopped by it.
  expect(await mailsOf(broadcastId)).toEqual({ delivered: 1, deferred: 1, complained: 1 });
  const stopped = await db.select().from(suppressions);
  expect(stopped.map(({ address }) => address)).toEqual(["complain1@crowd.example"]);

  await ask(40);
  expect(asked).toHaveLength(3);
});

test("a report that comes after the answer still counts, and one that came before is not asked for", async () => {
  await givenSilent(["bounce", "known"]);
  await providerReports("known1@crowd.example", "email.delivered", now);
  await ask(7);
  expect(asked).toEqual([(await mailTo("bounce")).providerId]);
  await providerReports("bounce1@crowd.example", "email.bounced", now);
  expect(await mailsOf(broadcastId)).toEqual({ bounced: 1, delivered: 1 });
});

test("who is killed between an answer and its note asks again, and it counts once", async () => {
  await givenSilent(["killed", "next"]);
  const { providerId } = await mailTo("killed");
  const mails = [{ id: providerId ?? "", lastEvent: "delivered" }];
  for (let n = 0; n < 2; n += 1)
    await reportFound(asJob("ask-silent-mails", await after(7)), { mails });
  await db.update(deliveries).set({ status: "sent" }).where(eq(deliveries.providerId, providerId!));

  await Promise.all([ask(7), ask(7)]);
  const events = await db
    .select()
    .from(providerEvents)
    .where(eq(providerEvents.providerId, providerId!));
  expect(events).toHaveLength(1);
  expect((await mailTo("next")).status).toBe("delivered");
});

test("a run asks of so many and no more, ends when it is told to, and the next goes on", async () => {
  await givenSilent(["many"], MOST + 5);
  let rounds = 0;
  await ask(7, () => (rounds += 1) > 2);
  expect(asked).toHaveLength(2);
  await ask(7);
  expect(asked).toHaveLength(2 + MOST);
  await ask(7);
  expect(new Set(asked).size).toBe(MOST + 5);
  expect(asked).toHaveLength(MOST + 5);
  expect(await mailsOf(broadcastId)).toEqual({ delivered: MOST + 5 });
});

test("a provider that says nothing now is left alone, and its mails are asked for in the next run", async () => {
  await givenSilent(["later"], 2);
  provide({ RESEND_API_KEY: "re_another" });
  await ask(7);
  expect(asked).toHaveLength(1);
  provide({ RESEND_API_KEY: "re_test" });
  await ask(7);
  expect(await mailsOf(broadcastId)).toEqual({ delivered: 2 });
});

test("P41: what the provider knows nothing of is asked for once a day, holds nobody up, and is unconfirmed in the end", async () => {
  await givenSilent(["strange", "arrives"]);
  const strange = randomUUID();
  await db
    .update(deliveries)
    .set({ providerId: strange })
    .where(eq(deliveries.address, "strange1@crowd.example"));
  await ask(7);
  await ask(8);
  expect(asked.filter((id) => id === strange)).toHaveLength(1);
  expect(await mailsOf(broadcastId)).toEqual({ sent: 1, delivered: 1 });
  await ask(32);
  expect(asked.filter((id) => id === strange)).toHaveLength(2);

  await finishBroadcasts(asJob("deliver-mails", await after(73)), {});
  expect(await mailsOf(broadcastId)).toEqual({ unconfirmed: 1, delivered: 1 });
});

test("mails that are to leave go first", async () => {
  await givenSilent(["first"]);
  await givenMembers(productId, 1, "waits");
  resend.faults.program({ fault: "error_before", times: 9 });
  await tellProduct({ actor: await givenStaff("approver"), now }, productId, { label: "3.3" });
  await deliverMails(now, { isStopping: () => false, hasNews: () => false });
  resend.faults.clear();
  await db.execute(sql`update mail_batches set next_attempt_at = clock_timestamp()
    where status = 'frozen'`);
  await ask(7);
  expect(asked).toEqual([]);
});
