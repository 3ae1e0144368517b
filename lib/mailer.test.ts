import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import fc from "fast-check";
import { Resend } from "resend";
import { afterAll, expect, test } from "vitest";

import { type SeenRequest } from "@/stand-ins/resend/options";
import { reconcile } from "@/stand-ins/resend/reconcile";
import { signedHeaders } from "@/stand-ins/resend/sign";
import { API_KEY, standIns, WEBHOOK_SECRET } from "@/stand-ins/resend/test-client";

import { freezeBatch, sendBatch, sendOne, type Mail, type MailerConfig } from "./mailer";

const servers = standIns();
const others: Server[] = [];
afterAll(async () => {
  await servers.end();
  for (const server of others) server.closeAllConnections();
  for (const server of others) server.close();
});

const KEY = "bc/7/1/0123456789abcdef";

function mailTo(to: string, more: Partial<Mail> = {}): Mail {
  return {
    from: "云桥科技 <notice@yunqiao.example>",
    to,
    subject: "《隐私指引》将于 2026年4月1日 变更",
    html: `<p>您好 ${to}</p>`,
    text: `您好 ${to}`,
    headers: { "X-Entity-Ref-ID": "7" },
    tags: { delivery: "d-1" },
    ...more,
  };
}

const mailsTo = (count: number) =>
  Array.from({ length: count }, (_, n) => mailTo(`reader${n}@chenxi.example`));

async function setUp(options: Parameters<typeof servers.start>[0] = {}) {
  const seen: SeenRequest[] = [];
  const standIn = await servers.start({ onRequest: (request) => seen.push(request), ...options });
  const config: MailerConfig = { apiKey: API_KEY, baseUrl: standIn.url };
  return { standIn, config, seen };
}

test("a frozen batch of 100 is accepted with an id for each mail, in order", async () => {
  const { standIn, config } = await setUp();
  const mails = mailsTo(100);
  const { body, sha256 } = freezeBatch(mails);

  const outcome = await sendBatch({ body, key: KEY }, config);

  const recorded = await standIn.record.all();
  expect(outcome).toEqual({
    kind: "accepted",
    ids: recorded.map(({ id }) => id),
    errors: [],
    waitMs: 0,
    rate: { limit: 1_000_000, remaining: 999_999, windowMs: 1000 },
  });
  expect(reconcile(mails, recorded)).toEqual({ lost: [], doubled: [], unexpected: [] });
  expect(recorded[0]).toMatchObject({
    key: KEY,
    sha256,
    headers: { "X-Entity-Ref-ID": "7" },
    tags: [{ name: "delivery", value: "d-1" }],
  });
});

test("each attempt sends the frozen bytes under the same key", async () => {
  const { standIn, config, seen } = await setUp();
  const { body, sha256 } = freezeBatch(mailsTo(3));
  standIn.faults.program({ fault: "error_after" });

  expect(await sendBatch({ body, key: KEY }, config)).toMatchObject({ kind: "retry" });
  expect(await sendBatch({ body, key: KEY }, config)).toMatchObject({ kind: "accepted" });

  expect(seen.map(({ key }) => key)).toEqual([KEY, KEY]);
  expect(seen.map((request) => request.body)).toEqual([Buffer.from(body), Buffer.from(body)]);
  expect(createHash("sha256").update(seen[1]!.body).digest("hex")).toBe(sha256);
  expect(standIn.record.entries()).toHaveLength(3);
});

test("a mail says where its answers go, by itself as in a batch", async () => {
  const { standIn, config, seen } = await setUp();
  const answered = (to: string) => mailTo(to, { replyTo: "answers@yunqiao.example" });
  const { body } = freezeBatch([answered("a@one.example"), mailTo("b@one.example")]);

  expect(await sendBatch({ body, key: KEY }, config)).toMatchObject({ kind: "accepted" });
  expect(seen[0]?.body).toEqual(Buffer.from(body));
  await sendOne({ mail: answered("c@one.example"), key: KEY }, config);
  const recorded = await standIn.record.all();
  const where = ["answers@yunqiao.example"];
  expect(recorded.map(({ replyTo }) => replyTo)).toEqual([where, undefined, where]);
});

test("any text travels as the bytes that were frozen", async () => {
  const { config, seen } = await setUp();
  const text = fc.string({ unit: "binary", maxLength: 40 });
  const awkward = 'a\u0000b\u2028c\u2029d\ud800e</script>\\"\u007f𠮷';
  const property = fc.asyncProperty(text, text, async (subject, html) => {
    const mails = [
      mailTo("a@one.example", { subject: `x${subject}`, html: `x${html}`, text: awkward }),
    ];
    const { body } = freezeBatch(mails);
    const outcome = await sendBatch({ body, key: `k/${seen.length}` }, config);
    expect(outcome).toMatchObject({ kind: "accepted", errors: [] });
    expect(seen.at(-1)!.body.equals(Buffer.from(body))).toBe(true);
  });
  await fc.assert(property, { numRuns: 100 });
});

test("bad addresses are named by index, and the others are sent", async () => {
  const { standIn, config } = await setUp();
  const mails = [mailTo("no address"), ...mailsTo(2), mailTo("a@one.example, b@two.example")];

  const outcome = await sendBatch({ body: freezeBatch(mails).body, key: KEY }, config);

  const [first, second] = standIn.record.entries();
  expect(outcome).toMatchObject({
    kind: "accepted",
    ids: [null, first!.id, second!.id, null],
    errors: [{ index: 0 }, { index: 3 }],
  });
});

test("one mail is sent by itself, once under its key", async () => {
  const { standIn, config } = await setUp();
  const send = () => sendOne({ mail: mailTo("a@one.example"), key: KEY }, config);
  const outcome = await send();

  expect(outcome).toEqual({
    kind: "accepted",
    ids: [standIn.record.entries()[0]!.id],
    errors: [],
    waitMs: 0,
    rate: { limit: 1_000_000, remaining: 999_999, windowMs: 1000 },
  });
  expect(await send()).toMatchObject({ kind: "accepted", ids: [standIn.record.entries()[0]!.id] });
  expect(standIn.record.entries()).toHaveLength(1);
});

test.each([
  ["rate_limited", { kind: "retry", reason: "rate_limited" }, 0],
  ["concurrent", { kind: "retry", reason: "concurrent" }, 0],
  ["error_before", { kind: "retry", reason: "provider_error" }, 0],
  ["error_after", { kind: "retry", reason: "provider_error" }, 2],
  ["unavailable_html", { kind: "retry", reason: "provider_error" }, 0],
  ["timeout_before", { kind: "retry", reason: "timeout" }, 0],
  ["timeout_after", { kind: "retry", reason: "timeout" }, 2],
  ["reset_before", { kind: "retry", reason: "no_answer" }, 0],
  ["reset_after", { kind: "retry", reason: "no_answer" }, 2],
  ["half_json", { kind: "retry", reason: "no_answer" }, 2],
  ["short_ids", { kind: "retry", reason: "unreadable_answer" }, 2],
  ["double_ids", { kind: "retry", reason: "unreadable_answer" }, 2],
  ["key_revoked", { kind: "halt", reason: "key_refused" }, 0],
  ["daily_quota", { kind: "halt", reason: "daily_quota" }, 0],
] as const)(
  "after %s the outcome is %j, and a second attempt sends each mail once",
  async (...row) => {
    const [fault, outcome, acceptedBefore] = row;
    const { standIn, config } = await setUp();
    const mails = mailsTo(2);
    const { body } = freezeBatch(mails);
    standIn.faults.program({ fault });
    // Short where the time-out is the point, and nowhere else: a busy machine is slow to answer.
    const hurried = fault.startsWith("timeout_") ? { ...config, timeoutMs: 1000 } : config;

    expect(await sendBatch({ body, key: KEY }, hurried)).toMatchObject(outcome);
    expect(standIn.record.entries()).toHaveLength(acceptedBefore);

    const again = await sendBatch({ body, key: KEY }, config);
    const recorded = await standIn.record.all();
    expect(again).toMatchObject({ kind: "accepted", ids: recorded.map(({ id }) => id) });
    expect(reconcile(mails, recorded)).toEqual({ lost: [], doubled: [], unexpected: [] });
  },
);

test("the provider's retry-after is handed on in milliseconds", async () => {
  const { standIn, config } = await setUp();
  const { body } = freezeBatch(mailsTo(1));
  standIn.faults.program({ fault: "rate_limited", retryAfter: 7 });
  expect(await sendBatch({ body, key: KEY }, config)).toMatchObject({ retryAfterMs: 7000 });
});

test("a used-up rate window is reported before it is exceeded", async () => {
  const { config } = await setUp({ ratePerSecond: 1, now: () => 0 });
  const send = (key: string) => sendOne({ mail: mailTo("a@one.example"), key }, config);
  expect(await send("k/1")).toMatchObject({ kind: "accepted", waitMs: 1000 });
  expect(await send("k/2")).toMatchObject({ reason: "rate_limited", retryAfterMs: 1000 });
});

test("other bytes under a used key are refused for good", async () => {
  const { standIn, config } = await setUp();
  await sendBatch({ body: freezeBatch(mailsTo(1)).body, key: KEY }, config);
  const other = await sendBatch({ body: freezeBatch(mailsTo(2)).body, key: KEY }, config);
  expect(other).toMatchObject({ kind: "refused", code: "invalid_idempotent_request" });
  expect(standIn.record.entries()).toHaveLength(1);
});

test("a single mail to a bad address is refused for good", async () => {
  const { config } = await setUp();
  const outcome = await sendOne({ mail: mailTo("no address"), key: KEY }, config);
  expect(outcome).toMatchObject({ kind: "refused", code: "validation_error" });
});

test("a wrong API key halts", async () => {
  const { config } = await setUp();
  const { body } = freezeBatch(mailsTo(1));
  const outcome = await sendBatch({ body, key: KEY }, { ...config, apiKey: "re_revoked" });
  expect(outcome).toMatchObject({ kind: "halt", reason: "key_refused" });
});

test("a provider that is not there is a retry", async () => {
  const { standIn, config } = await setUp();
  await standIn.close();
  const outcome = await sendOne({ mail: mailTo("a@one.example"), key: KEY }, config);
  expect(outcome).toMatchObject({ kind: "retry", reason: "no_answer" });
});

test("the caller's signal ends an attempt", async () => {
  const { standIn, config } = await setUp();
  standIn.faults.program({ fault: "timeout_before" });
  const { body } = freezeBatch(mailsTo(1));
  const attempt = { body, key: KEY, signal: AbortSignal.timeout(50) };
  expect(await sendBatch(attempt, config)).toMatchObject({ kind: "retry", reason: "aborted" });
});

test.each([
  ["null", 500, { kind: "retry", reason: "unreadable_answer" }],
  ["[]", 502, { kind: "retry", reason: "unreadable_answer" }],
  ['{"error":"bad gateway"}', 502, { kind: "retry", reason: "unreadable_answer" }],
  ["null", 200, { kind: "retry", reason: "unreadable_answer" }],
  ['{"data":"ok"}', 200, { kind: "retry", reason: "unreadable_answer" }],
  ["<h1>Forbidden</h1>", 403, { kind: "halt", reason: "access_refused" }],
  ["<h1>Gone</h1>", 410, { kind: "refused", code: "application_error" }],
] as const)("an answer of %s with %i is read without a surprise", async (text, status, outcome) => {
  const baseUrl = await somethingElse(status, text);
  const { body } = freezeBatch(mailsTo(1));
  const config = { apiKey: API_KEY, baseUrl };
  expect(await sendBatch({ body, key: KEY }, config)).toMatchObject(outcome);
});

test("bytes that are not a frozen batch are never sent", async () => {
  const { config, seen } = await setUp();
  for (const body of ["", "{}", "[ ]", '[{"to":']) {
    const outcome = await sendBatch({ body, key: KEY }, config);
    expect(outcome).toMatchObject({ kind: "refused", code: "body_not_frozen" });
  }
  expect(seen).toHaveLength(0);
});

test("what the code itself got wrong is thrown when it is frozen", async () => {
  const { config } = await setUp();
  expect(() => freezeBatch([])).toThrow("1 to 100");
  expect(() => freezeBatch(mailsTo(101))).toThrow("1 to 100");
  expect(() => freezeBatch([mailTo("a@one.example", { tags: { 类: "x" } })])).toThrow("tag");
  expect(() =>
    freezeBatch([mailTo("a@one.example", { headers: { "X-A": "1\r\nBcc: b@two.example" } })]),
  ).toThrow("header");
  await expect(sendOne({ mail: mailTo("a@one.example"), key: "键" }, config)).rejects.toThrow();
  await expect(sendOne({ mail: mailTo("a@one.example"), key: "" }, config)).rejects.toThrow();
});

test("a subject is one line, whatever it was made of", () => {
  const { body } = freezeBatch([
    mailTo("a@one.example", { subject: " a\r\nBcc: b\u2028c\u0000 " }),
  ]);
  expect(JSON.parse(body)).toMatchObject([{ subject: "a Bcc: b c" }]);
});

test("the SDK verifies the stand-in's webhooks, and no others", () => {
  const { webhooks } = new Resend(API_KEY);
  const body = JSON.stringify({ type: "email.delivered", data: { subject: "变更" } });
  const signed = signedHeaders({ id: "msg_1", body }, WEBHOOK_SECRET, Date.now());
  const verify = (payload: string) =>
    webhooks.verify({
      payload,
      headers: {
        id: signed["svix-id"],
        timestamp: signed["svix-timestamp"],
        signature: signed["svix-signature"],
      },
      webhookSecret: WEBHOOK_SECRET,
    });
  expect(verify(body)).toMatchObject({ type: "email.delivered" });
  expect(() => verify(body.replace("delivered", "bounced"))).toThrow();
});

test("neither the mails nor the key follow an answer that points elsewhere", async () => {
  const { standIn, seen } = await setUp();
  const baseUrl = await somethingElse(307, "", { location: `${standIn.url}/emails/batch` });
  const { body } = freezeBatch(mailsTo(1));

  expect(await sendBatch({ body, key: KEY }, { apiKey: API_KEY, baseUrl })).toMatchObject({
    kind: "retry",
    reason: "no_answer",
  });
  expect(seen).toEqual([]);
});

test("a provider that sends us elsewhere is not followed, with mails or key", async () => {
  const { standIn, seen } = await setUp();
  const mover = await somethingElse(307, "", { location: `${standIn.url}/emails/batch` });
  const { body } = freezeBatch(mailsTo(1));

  const outcome = await sendBatch({ body, key: KEY }, { apiKey: API_KEY, baseUrl: mover });

  expect(outcome).toMatchObject({ kind: "retry", reason: "no_answer" });
  expect(seen).toEqual([]);
});

async function somethingElse(
  status: number,
  text: string,
  headers: Record<string, string> = {},
): Promise<string> {
  const server = createServer((request, response) => {
    request.resume().on("end", () => response.writeHead(status, headers).end(text));
  });
  others.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
}
