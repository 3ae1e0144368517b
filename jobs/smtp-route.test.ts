import { setTimeout } from "node:timers/promises";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { db } from "@/db/client";
import { broadcasts, deliveries, mailBatches, mailRoutes } from "@/db/schema";
import { claimBatches } from "@/domain/broadcasts/claim-batch";
import { freezeNextBatches } from "@/domain/broadcasts/freeze-batch";
import { listMailRoutes } from "@/domain/broadcasts/mail-routes";
import { reconcile } from "@/domain/broadcasts/reconcile";
import { asJob } from "@/domain/context";
import { env, provide } from "@/lib/env";
import { sendBySmtp } from "@/lib/smtp";
import type { ResendStandIn } from "@/stand-ins/resend/start";
import { type SmtpFault, startSmtp } from "@/stand-ins/smtp/start";
import { givenMembers, tellProduct } from "@/tests/support/broadcasts";
import { acceptedBy, startMailProvider } from "@/tests/support/mail-provider";
import { givenProduct, givenStaff } from "@/tests/support/people";
import { resetDatabase } from "@/tests/support/reset-database";

import { deliverMails, renderWaiting } from "./deliver-mails";

const now = new Date("2026-03-02T02:00:00Z");
const job = () => asJob("deliver-mails", now);
const drain = () => deliverMails(now, { isStopping: () => false, hasNews: () => false });
let resend: ResendStandIn;
let server: Awaited<ReturnType<typeof startSmtp>>;
let productId: string;
let before: Date;

beforeAll(async () => {
  [resend, server] = [await startMailProvider(), await startSmtp()];
  provide({ MAIL_SMTP_URL: server.url, MAIL_REPLY_TO: "notices@yunqiao.example" });
});
afterAll(async () => {
  await resend.close();
  await server.close();
});
beforeEach(async () => {
  await resetDatabase();
  productId = (await givenProduct()).id;
  server.taken.length = 0;
  before = new Date();
  const by = { proposedBy: (await givenStaff("author")).id, proposedAt: now };
  const decided = { decidedBy: (await givenStaff("approver")).id, decidedAt: now };
  await db.insert(mailRoutes).values({
    ...{ region: "cn", route: "smtp", storedIn: "CN", decision: "approved", ...by, ...decided },
  });
});

const PEOPLE = 8;
/** Of so many accounts every other is at home in mainland China. */
async function tellHalves() {
  await givenMembers(productId, PEOPLE, "half");
  await db.execute(sql`
    update accounts set home_region = 'cn'
    where uin ~ 'half[2468]@'`);
  const approver = { actor: await givenStaff("approver"), now };
  const { id } = await tellProduct(approver, productId);
  return id;
}

async function rowsOf(broadcastId: string) {
  const rows = await db.select().from(deliveries).where(eq(deliveries.broadcastId, broadcastId));
  return rows.filter(({ channel }) => channel === "email");
}

const hurry = () =>
  db
    .update(mailBatches)
    .set({ nextAttemptAt: sql`clock_timestamp()` })
    .where(eq(mailBatches.status, "frozen"));

async function run() {
  for (let n = 0; n < 5; n += 1) {
    await drain();
    await hurry();
  }
}

const timesTaken = (address: string) => server.taken.filter(({ to }) => to === address).length;

test("P15: mails of one region leave by its server alone, the others by the provider, with the same words and headers", async () => {
  const id = await tellHalves();
  await run();
  const rows = await rowsOf(id);
  const bySmtp = rows.filter(({ route }) => route === "smtp").map(({ address }) => address);
  expect(server.taken.map(({ to }) => to).toSorted()).toEqual(bySmtp.toSorted());
  expect(bySmtp).toHaveLength(PEOPLE / 2);
  const toProvider = (await acceptedBy(resend, before)).flatMap(({ to }) => to);
  expect(toProvider.filter((address) => bySmtp.includes(address))).toEqual([]);
  expect(toProvider).toHaveLength(PEOPLE / 2);
  expect(rows.every(({ status }) => status === "sent")).toBe(true);

  const [mail] = server.taken;
  const row = rows.find(({ address }) => address === mail?.to);
  // A long header is folded.
  expect(mail?.raw.replaceAll(/\r\n /g, " ")).toContain(`Message-ID: ${row?.providerId}`);
  expect(mail?.raw).toContain("Reply-To: notices@yunqiao.example");
  expect(mail?.raw).toMatch(/^Subject: /m);
  expect(server.connections()).toBeLessThanOrEqual(4);
  const auditor = { actor: await givenStaff("auditor"), now };
  expect(await reconcile(auditor, { id })).toMatchObject({ agrees: true });
});

const FAULTS: [string, SmtpFault, { status: string; taken: number; reason?: unknown }][] = [
  ["put off at MAIL", { at: "MAIL", code: 451 }, { status: "sent", taken: 1 }],
  ["put off at RCPT", { at: "RCPT", code: 450 }, { status: "sent", taken: 1 }],
  ["put off at the end", { at: "END", code: 452 }, { status: "sent", taken: 1 }],
  ["broken off before the mail", { at: "DATA", code: 421 }, { status: "sent", taken: 1 }],
  [
    ...(["refused for its address", { at: "RCPT", code: 550 }] as const),
    { status: "failed", taken: 0, reason: expect.stringContaining("550") },
  ],
  [
    ...(["refused for its content", { at: "END", code: 554 }] as const),
    { status: "failed", taken: 0, reason: expect.stringContaining("554") },
  ],
  [
    ...(["taken, and the answer cut off", "cut_after"] as const),
    { status: "unknown", taken: 1, reason: "cut_off" },
  ],
];

test.each(FAULTS)("0 lost, 0 doubled by SMTP where a mail is %s", async (_, fault, wanted) => {
  const id = await tellHalves();
  server.meet(fault);
  await run();
  const rows = (await rowsOf(id)).filter(({ route }) => route === "smtp");
  const { taken, ...row } = wanted;
  const met = rows.filter(({ status }) => status !== "sent");
  if (row.status === "sent") expect(met).toEqual([]);
  else expect(met).toEqual([expect.objectContaining(row)]);
  for (const { address, status } of rows)
    expect(timesTaken(address ?? ""), address ?? "").toBe(status === "sent" ? 1 : taken);
});

test("a mail that its server says nothing of is unknown, and is not sent again", async () => {
  server.meet("silent");
  const body = JSON.stringify([
    {
      from: "云桥 <a@b.example>",
      to: "x@y.example",
      subject: "变更",
      html: "<p>一</p>",
      text: "一",
    },
  ]);
  const config = { url: server.url, plainHosts: [], timeoutMs: 300 };
  expect(await sendBySmtp({ body, key: "broadcast/1/2" }, config)).toEqual({
    ...{ kind: "altered", reason: "cut_off" },
  });
  const away = { ...config, url: "smtp://127.0.0.1:9" };
  expect(await sendBySmtp({ body, key: "broadcast/1/2" }, away)).toMatchObject({
    ...{ kind: "retry", reason: "no_answer" },
  });
  const other = { ...config, url: server.url.replace("127.0.0.1", "localhost.example") };
  expect((await sendBySmtp({ body, key: "broadcast/1/2" }, other)).kind).toBe("retry");
});

test("a mail given up because its server greets too late does not leave after all: the next attempt is the only one", async () => {
  const slow = await startSmtp({ greetsAfterMs: 300 });
  const [from, to] = ["云桥 <a@b.example>", "x@y.example"];
  const body = JSON.stringify([{ from, to, subject: "变更", html: "<p>一</p>", text: "一" }]);
  const config = { url: slow.url, plainHosts: [], timeoutMs: 100 };
  const mail = { body, key: "broadcast/1/3" };
  expect(await sendBySmtp(mail, config)).toMatchObject({ kind: "retry", reason: "no_answer" });
  await setTimeout(600);
  expect(slow.taken).toEqual([]);
  expect((await sendBySmtp(mail, { ...config, timeoutMs: 5000 })).kind).toBe("accepted");
  expect(slow.taken).toHaveLength(1);
  // A line that its server has ended meanwhile is not tried again: the next mail opens another.
  slow.hangUp();
  await setTimeout(50);
  expect((await sendBySmtp(mail, { ...config, timeoutMs: 5000 })).kind).toBe("accepted");
  await slow.close();
});

test("a worker killed in the middle: what it had with the server is unknown and leaves no more, the rest leaves once", async () => {
  const id = await tellHalves();
  await renderWaiting(job());
  while ((await freezeNextBatches(job(), { from: env().MAIL_FROM })) > 0);
  const claimed = (await claimBatches(job(), { most: 99 })).filter(({ route }) => route === "smtp");
  const begun = claimed.slice(0, 2);
  for (const { body, key } of begun) await sendBySmtp({ body: body ?? "", key });
  const isBegun = sql`id = any(${sql.param(begun.map((one) => one.id))}::uuid[])`;
  // The others never began: their leases are given back, as if nobody had claimed them.
  await db.execute(sql`
    update mail_batches set lease_until = case when ${isBegun}
        then clock_timestamp() - interval '1 second' end,
      attempts = case when ${isBegun} or route is null then attempts else 0 end`);
  await db.execute(sql`
    delete from mail_attempts a using mail_batches b where b.id = a.batch_id and b.attempts = 0`);
  await run();
  const rows = (await rowsOf(id)).filter(({ route }) => route === "smtp");
  expect(rows.map(({ status }) => status).toSorted()).toEqual([
    "sent",
    "sent",
    "unknown",
    "unknown",
  ]);
  for (const { address } of rows) expect(timesTaken(address ?? "")).toBe(1);
  expect(rows.filter(({ status }) => status === "unknown")).toMatchObject([
    { reason: "cut_off" },
    { reason: "cut_off" },
  ]);
});

test("a server that refuses the login is no bounce of anybody: all its mails wait, it is asked once, and the page says so", async () => {
  const strict = await startSmtp({ login: { user: "portal", pass: "right" } });
  const logInBy = (pass: string) =>
    provide({ MAIL_SMTP_URL: strict.url.replace("//", `//portal:${pass}@`) });
  logInBy("wrong");
  const id = await tellHalves();
  await drain();
  await drain();
  expect(strict.logins()).toBe(1);
  const bySmtp = (await rowsOf(id)).filter(({ route }) => route === "smtp");
  expect(bySmtp.map(({ status }) => status)).toEqual(Array(PEOPLE / 2).fill("queued"));
  // The provider's mails left meanwhile.
  expect((await acceptedBy(resend, before)).flatMap(({ to }) => to)).toHaveLength(PEOPLE / 2);
  const author = { actor: await givenStaff("author"), now };
  expect((await listMailRoutes(author, {})).trouble).toMatchObject({
    ...{ reason: "key_refused", waiting: PEOPLE / 2, detail: expect.stringContaining("535") },
  });
  logInBy("right");
  await hurry();
  await run();
  expect(strict.taken).toHaveLength(PEOPLE / 2);
  expect((await listMailRoutes(author, {})).trouble).toBeNull();
  provide({ MAIL_SMTP_URL: server.url });
  await strict.close();
});

test("a server that is away keeps none of the provider's mails waiting, and is asked once for all of its own", async () => {
  provide({ MAIL_SMTP_URL: "smtp://127.0.0.1:9" });
  const id = await tellHalves();
  await drain();
  expect((await acceptedBy(resend, before)).flatMap(({ to }) => to)).toHaveLength(PEOPLE / 2);
  const isTried = sql`route = 'smtp' and attempts > 0`;
  // At most the mails of one round.
  expect(await db.$count(mailBatches, isTried)).toBeLessThan(PEOPLE / 2);
  provide({ MAIL_SMTP_URL: server.url });
  await hurry();
  await run();
  const rows = (await rowsOf(id)).filter(({ route }) => route === "smtp");
  expect(rows.map(({ status }) => status)).toEqual(Array(PEOPLE / 2).fill("sent"));
});

test("what a telling froze holds: its mails wait by SMTP, whatever is decided meanwhile", async () => {
  const id = await tellHalves();
  await db.execute(sql`
    insert into mail_routes (region, route, proposed_by, proposed_at, decision, decided_by, decided_at)
    select region, 'inbox_only', proposed_by, now(), 'approved', decided_by, now() from mail_routes`);
  await run();
  expect(server.taken).toHaveLength(PEOPLE / 2);
  const [broadcast] = await db.select().from(broadcasts).where(eq(broadcasts.id, id));
  expect(broadcast?.routes?.cn.route).toBe("smtp");
});
