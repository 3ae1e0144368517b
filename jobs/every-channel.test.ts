import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { CATALOGUE } from "@/channels/catalogue";
import { db } from "@/db/client";
import { accounts, dispatches, endpoints, mailBatches, mailRoutes } from "@/db/schema";
import { claimBatches } from "@/domain/broadcasts/claim-batch";
import {
  claimDispatches,
  keepDispatchBodies,
  listDispatchesToCompose,
} from "@/domain/broadcasts/claim-dispatches";
import { freezeNextBatches } from "@/domain/broadcasts/freeze-batch";
import { asJob } from "@/domain/context";
import { env, provide } from "@/lib/env";
import { sendBatch } from "@/lib/mailer";
import { sendBySmtp } from "@/lib/smtp";
import { postOutward } from "@/lib/post-outward";
import { type Fault, startEndpoints } from "@/stand-ins/endpoints/start";
import type { ResendStandIn } from "@/stand-ins/resend/start";
import { type SmtpFault, startSmtp } from "@/stand-ins/smtp/start";
import { pushPublicKey } from "@/lib/web-push";
import { givenBrowser, givenEndpoint, givenNumber, smsSettings } from "@/tests/support/endpoints";
import { differencesOf, type Seen, textIn, type Wanted } from "@/tests/support/every-channel";
import { acceptedBy, startMailProvider } from "@/tests/support/mail-provider";
import { givenAffected } from "@/tests/support/notices";
import { givenStaff } from "@/tests/support/people";
import { resetDatabase } from "@/tests/support/reset-database";
import { givenSubscriber, givenTellingDesk, stranger } from "@/tests/support/subscriptions";

import { askReports } from "./ask-reports";
import { deliverMails, renderWaiting } from "./deliver-mails";
import { postDispatches } from "./post-dispatches";

const PUSH_KEY = Buffer.alloc(32, 7).toString("base64url");
const { now } = stranger("2026-11-20 10:00");
const job = () => asJob("deliver-mails", now);
let resend: ResendStandIn;
let smtp: Awaited<ReturnType<typeof startSmtp>>;
let receiver: Awaited<ReturnType<typeof startEndpoints>>;

beforeAll(async () => {
  resend = await startMailProvider();
  receiver = await startEndpoints();
  provide({ ENDPOINT_HOSTS: receiver.host, PUSH_KEY });
  provide(smsSettings(receiver.url));
  smtp = await startSmtp();
  provide({ MAIL_SMTP_URL: smtp.url });
  await resetDatabase();
  const by = { proposedBy: (await givenStaff("author")).id, proposedAt: now };
  const decided = { decidedBy: (await givenStaff("approver")).id, decidedAt: now };
  await db.insert(mailRoutes).values({
    ...{ region: "cn", route: "smtp", storedIn: "CN", decision: "approved", ...by, ...decided },
  });
});
afterAll(async () => {
  await smtp.close();
  await resend.close();
  await receiver.close();
});
beforeEach(() => {
  receiver.received.length = 0;
  smtp.taken.length = 0;
});

let turn = 0;

/** Somebody affected with an endpoint of each channel and a browser, somebody whose region has a server of SMTP, two subscribers, and a public incident told to them all. */
async function givenTelling() {
  turn += 1;
  const desk = await givenTellingDesk();
  await desk.tell("public");
  await drain();
  const subscribers = [
    await givenSubscriber({ productIds: [desk.productId] }),
    await givenSubscriber({ productIds: [desk.productId] }),
  ];
  const [membership] = desk.owner.memberships;
  const ctx = { actor: desk.owner, now };
  const paths = {
    webhook: `/hook/${turn}`,
    wecom: "/cgi-bin/webhook/send",
    feishu: `/open-apis/bot/v2/hook/t${turn}`,
    dingtalk: "/robot/send",
  };
  const queries = { wecom: `?key=t${turn}`, dingtalk: `?access_token=t${turn}` };
  const posts: { endpointId: string; path: string }[] = [];
  for (const channel of ["webhook", "wecom", "feishu", "dingtalk"] as const) {
    const query = channel in queries ? queries[channel as keyof typeof queries] : "";
    const address = receiver.url + paths[channel] + query;
    const accountId = membership?.accountId ?? "";
    posts.push({
      endpointId: await givenEndpoint(ctx, { accountId, channel, address }),
      path: paths[channel],
    });
  }
  const browser = await givenBrowser(ctx, receiver.push.subscribe(pushPublicKey(PUSH_KEY)));
  posts.push(browser);
  const number = `+861380000${String(1000 + turn)}`;
  posts.push(await givenNumber(desk.owner, number));
  const home = await givenAffected(desk.productId, {});
  await db.update(accounts).set({ homeRegion: "cn" }).where(eq(accounts.id, home.account.id));
  const from = Date.now();
  const broadcastId = await desk.tell("public", "major", [home.app.sdkAppId]);
  const wanted: Wanted = {
    messages: [desk.owner.id, home.owner.id],
    mails: [desk.owner.email],
    bySmtp: [home.owner.email],
    subscribers: subscribers.map(({ email }) => email),
    posts,
  };
  return { broadcastId, wanted, from, number };
}

const drain = () => deliverMails(now, { isStopping: () => false, hasNews: () => false });

/** Lets what waits for a later attempt, for a lease or for a receiver's pace be due now. */
async function hurry() {
  const due = { nextAttemptAt: sql`clock_timestamp()` };
  const past = sql`case when lease_until is not null then clock_timestamp() - interval '1 second' end`;
  // The provider knows a repeated batch; what a killed worker had with a server of SMTP is for nobody to repeat.
  const lease = sql`case when route = 'smtp' then ${past} end`;
  await db.update(mailBatches).set({ ...due, leaseUntil: lease });
  await db.update(dispatches).set({ ...due, leaseUntil: past });
  await db
    .update(dispatches)
    .set({ reportDueAt: sql`clock_timestamp()` })
    .where(eq(dispatches.status, "accepted"));
  await db.update(endpoints).set({ nextPostAt: null });
}

/** What the stand-ins saw since a moment. */
async function seenSince(from: number): Promise<Seen> {
  return {
    mails: await acceptedBy(resend, new Date(from)),
    bySmtp: smtp.taken.map(({ to, raw }) => ({ to: [to], text: textIn(raw) })),
    posts: [...receiver.received],
  };
}

async function meetByMail(fault: string) {
  const answer = await fetch(`${resend.url}/__control/faults`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ fault, times: 2 }),
  });
  expect(answer.ok).toBe(true);
}

/** Hands over all that waits as a worker does that is killed before it writes down what came of it. */
async function sendAndDie() {
  await renderWaiting(job());
  await freezeNextBatches(job(), { from: env().MAIL_FROM });
  for (const { body, key, route } of await claimBatches(job(), { most: 9 }))
    if (body !== null) await (route === "smtp" ? sendBySmtp : sendBatch)({ body, key });
  for (const { dispatchId, channel, ...telling } of await listDispatchesToCompose(job(), {})) {
    const told = { ...telling, origin: "https://notices.example", vendor: "云桥科技" };
    const body = CATALOGUE[channel].compose(told);
    await keepDispatchBodies(job(), { bodies: [{ dispatchId, body }] });
  }
  for (const { channel, body, ...target } of await claimDispatches(job(), { most: 9 }))
    await postOutward(CATALOGUE[channel].request(body, { ...target, now: new Date() }), {
      also: env().ENDPOINT_HOSTS,
    });
}

const ROUNDS = 6;
async function run() {
  for (let n = 0; n < ROUNDS; n += 1) {
    await drain();
    await postDispatches(() => false);
    await hurry();
    await askReports(
      () => false,
      () => Promise.resolve(),
    );
  }
}

const UNAVAILABLE: Fault = { status: 503 };
const LATER: Fault = { status: 429, headers: { "retry-after": "1" } };

type Faults = { mail?: string; posts?: readonly Fault[]; bySmtp?: readonly SmtpFault[] };

test.each<[string, Faults]>([
  ["nothing goes wrong", {}],
  [
    "the provider answers with an error after it took them, receivers are away, a server has no room",
    {
      mail: "error_after",
      posts: [UNAVAILABLE, UNAVAILABLE, UNAVAILABLE, UNAVAILABLE],
      bySmtp: [{ at: "END", code: 452 }],
    },
  ],
  [
    "answers are cut off",
    { mail: "half_json", posts: ["cut", "cut", "cut", "cut"], bySmtp: ["cut_after"] },
  ],
  [
    "connections break, receivers ask to wait",
    {
      mail: "reset_before",
      posts: [LATER, "cut", LATER, UNAVAILABLE],
      bySmtp: [{ at: "MAIL", code: 451 }, "cut_before", { at: "RCPT", code: 450 }],
    },
  ],
])("0 lost, 0 doubled, 0 wrong over every channel where %s", async (_case, faults) => {
  const { mail, posts = [], bySmtp = [] } = faults;
  const { from, ...telling } = await givenTelling();
  if (mail) await meetByMail(mail);
  receiver.meet(...posts);
  smtp.meet(...bySmtp);
  await run();
  expect(await differencesOf({ ...telling, seen: await seenSince(from) })).toEqual([]);
});

test("0 lost, 0 doubled, 0 wrong over every channel where the worker is killed after it handed everything over", async () => {
  const { from, ...telling } = await givenTelling();
  await sendAndDie();
  await hurry();
  await run();
  expect(await differencesOf({ ...telling, seen: await seenSince(from) })).toEqual([]);
});

test.each(["silent", { fails: "SHUTDOWN" }] as const)(
  "an operator of text messages that reports %j of what it showed is caught",
  async (fate) => {
    const { from, number, ...telling } = await givenTelling();
    receiver.sms.fate(number, fate);
    await run();
    const differences = await differencesOf({ ...telling, seen: await seenSince(from) });
    expect(differences).toEqual([expect.stringContaining(number)]);
  },
);

test("what stands in for a receiver and loses, doubles or alters what it was given is caught, on each channel", async () => {
  const { from, ...telling } = await givenTelling();
  await run();
  const seen = await seenSince(from);
  const caught = async (changed: Partial<Seen>) =>
    (await differencesOf({ ...telling, seen: { ...seen, ...changed } })).length > 0;
  expect(await caught({})).toBe(false);

  const { mails, bySmtp, subscribers, posts } = telling.wanted;
  for (const address of bySmtp) {
    const own = seen.bySmtp.filter(({ to }) => to.includes(address));
    const altered = own.map((one) => ({ ...one, text: one.text.replace("令牌", "口令") }));
    // Lost, doubled, altered; and gone by the provider, beside its own way or instead of it.
    for (const mutant of [[], [...own, ...own], altered])
      expect(await caught({ bySmtp: mutant }), address).toBe(true);
    for (const mutant of [{}, { bySmtp: [] }])
      expect(await caught({ mails: [...seen.mails, ...own], ...mutant }), address).toBe(true);
  }
  for (const address of [...mails, ...subscribers]) {
    const isIt = ({ to }: Seen["mails"][number]) => to.includes(address);
    const own = seen.mails.filter(isIt);
    const rest = seen.mails.filter((one) => !isIt(one));
    const altered = own.map((one) => ({ ...one, text: one.text.replace("令牌", "口令") }));
    for (const mutant of [rest, [...seen.mails, ...own], [...rest, ...altered]])
      expect(await caught({ mails: mutant }), address).toBe(true);
  }
  for (const { path } of posts) {
    const own = seen.posts.filter((one) => one.path === path && one.isTaken);
    const rest = seen.posts.filter((one) => one.path !== path);
    // What a receiver would not know for a repeat of the same.
    const again = own.map((one) => ({
      ...one,
      headers: { ...one.headers, "webhook-id": "msg_other", topic: "other" },
    }));
    const altered = own.map((one) => ({
      ...one,
      body: one.body.replace("令牌", "口令").replace(/I-\d{4}/, "I-0000"),
    }));
    for (const mutant of [rest, [...seen.posts, ...again], [...rest, ...altered]])
      expect(await caught({ posts: mutant }), path).toBe(true);
  }
});
