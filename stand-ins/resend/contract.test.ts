import { createHash } from "node:crypto";
import { afterAll, expect, test } from "vitest";

import { get, mailTo, post, standIns } from "./test-client";

const servers = standIns();
afterAll(() => servers.end());

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const DAY_MS = 24 * 60 * 60 * 1000;

test("a mail is accepted with an id, recorded whole and found by its id", async () => {
  const standIn = await servers.start();
  const mail = mailTo("lin.mo@chenxi.example", {
    headers: { "X-Entity-Ref-ID": "7" },
    tags: [{ name: "delivery", value: "d-1" }],
  });
  const body = JSON.stringify(mail);

  const answer = await post(`${standIn.url}/emails`, body, { "idempotency-key": "welcome/1" });
  expect(answer).toMatchObject({ status: 200, body: { id: expect.stringMatching(UUID) } });

  const [recorded] = await standIn.record.all();
  expect(recorded).toMatchObject({
    ...mail,
    to: [mail.to],
    key: "welcome/1",
    index: 0,
    sha256: createHash("sha256").update(body).digest("hex"),
  });
  const found = await get(`${standIn.url}/emails/${recorded!.id}`);
  expect(found.body).toMatchObject({ object: "email", id: recorded!.id, html: mail.html });
});

test("a batch answers its ids in the order of its mails", async () => {
  const standIn = await servers.start();
  const batch = ["a@one.example", "b@two.example", "c@three.example"].map((to) => mailTo(to));

  const { body } = await post(`${standIn.url}/emails/batch`, batch);

  const recorded = await standIn.record.all();
  expect(recorded.map(({ to }) => to[0])).toEqual(batch.map(({ to }) => to));
  expect(body).toEqual({ data: recorded.map(({ id }) => ({ id })) });
});

test("a strict batch with one bad address sends nothing", async () => {
  const standIn = await servers.start();
  const batch = [mailTo("a@one.example"), mailTo("no address")];

  const answer = await post(`${standIn.url}/emails/batch`, batch);

  expect(answer).toMatchObject({
    status: 422,
    body: {
      statusCode: 422,
      name: "validation_error",
      message: expect.stringContaining("Invalid `to` field."),
    },
  });
  expect(standIn.record.entries()).toHaveLength(0);
});

test("a permissive batch sends the good mails and names the bad ones by index", async () => {
  const standIn = await servers.start();
  const batch = [
    mailTo("no address"),
    mailTo("b@two.example"),
    mailTo("c@three.example,d@x.example"),
  ];

  const answer = await post(`${standIn.url}/emails/batch`, batch, {
    "x-batch-validation": "permissive",
  });

  expect(answer).toMatchObject({
    status: 200,
    body: { data: [{ id: expect.any(String) }], errors: [{ index: 0 }, { index: 2 }] },
  });
  const recorded = await standIn.record.all();
  expect(recorded).toMatchObject([{ to: ["b@two.example"], index: 1 }]);
});

test.each([
  ["no mail", []],
  ["more than 100 mails", Array.from({ length: 101 }, (_, n) => mailTo(`a${n}@one.example`))],
  ["an attachment", [mailTo("a@one.example", { attachments: [{ content: "eA==" }] })]],
  ["something that is not a list", mailTo("a@one.example")],
  [
    "a tag with other characters",
    [mailTo("a@one.example", { tags: [{ name: "类", value: "x" }] })],
  ],
  ["a subject of two lines", [mailTo("a@one.example", { subject: "one\r\nBcc: b@two.example" })]],
  [
    "a header of two lines",
    [mailTo("a@one.example", { headers: { "X-A": "1\r\nBcc: b@x.example" } })],
  ],
  ["two addresses in one text", [mailTo("a@one.example, b@two.example")]],
])("a batch with %s is refused", async (_case, batch) => {
  const standIn = await servers.start();
  const answer = await post(`${standIn.url}/emails/batch`, batch);
  expect(answer).toMatchObject({ status: 422, body: { name: "validation_error" } });
  expect(standIn.record.entries()).toHaveLength(0);
});

test.each(["from", "to", "subject"])("a mail without %s lacks a required field", async (field) => {
  const standIn = await servers.start();
  const answer = await post(
    `${standIn.url}/emails`,
    mailTo("a@one.example", { [field]: undefined }),
  );
  expect(answer).toMatchObject({
    status: 422,
    body: { name: "missing_required_field", message: `Missing \`${field}\` field.` },
  });
});

test("the API key is asked for and must be right", async () => {
  const standIn = await servers.start();
  const mail = mailTo("a@one.example");
  const missing = await post(`${standIn.url}/emails`, mail, { authorization: "" });
  const wrong = await post(`${standIn.url}/emails`, mail, { authorization: "Bearer re_other" });

  expect(missing).toMatchObject({ status: 401, body: { name: "missing_api_key" } });
  expect(wrong).toMatchObject({ status: 403, body: { name: "invalid_api_key" } });
  expect(standIn.record.entries()).toHaveLength(0);
});

test("what is not there, not allowed or not JSON is said in Resend's shapes", async () => {
  const standIn = await servers.start();
  const id = "4ef9a417-02e9-4d39-ad75-9611e0fcc33c";
  expect(await get(`${standIn.url}/emails/${id}`)).toMatchObject({ status: 404 });
  expect(await get(`${standIn.url}/emails/7`)).toMatchObject({
    body: { name: "invalid_parameter" },
  });
  expect(await get(`${standIn.url}/emails/batch`)).toMatchObject({
    body: { name: "method_not_allowed" },
  });
  expect(await get(`${standIn.url}/domains`)).toMatchObject({ body: { name: "not_found" } });
  expect(await post(`${standIn.url}/emails`, "{")).toMatchObject({ status: 400 });
});

test("the same key and body get the same answer and one mail", async () => {
  const standIn = await servers.start();
  const send = () =>
    post(`${standIn.url}/emails/batch`, [mailTo("a@one.example"), mailTo("bad")], {
      "idempotency-key": "bc/1/1",
      "x-batch-validation": "permissive",
    });
  const first = await send();
  const second = await send();

  expect(second.body).toEqual(first.body);
  expect(standIn.record.entries()).toHaveLength(1);
});

test("the same key with another body is a conflict", async () => {
  const standIn = await servers.start();
  const headers = { "idempotency-key": "bc/1/1" };
  await post(`${standIn.url}/emails`, mailTo("a@one.example"), headers);
  const other = await post(`${standIn.url}/emails`, mailTo("b@one.example"), headers);

  expect(other).toMatchObject({ status: 409, body: { name: "invalid_idempotent_request" } });
  expect(standIn.record.entries()).toHaveLength(1);
});

test("the same key while its first request is in progress is a conflict", async () => {
  const standIn = await servers.start();
  standIn.faults.program({ fault: "slow", holdMs: 150 });
  const send = () =>
    post(`${standIn.url}/emails`, mailTo("a@one.example"), { "idempotency-key": "k" });
  const slow = send();
  await new Promise((resolve) => setTimeout(resolve, 50));

  expect(await send()).toMatchObject({
    status: 409,
    body: { name: "concurrent_idempotent_requests" },
  });
  expect(await slow).toMatchObject({ status: 200 });
  expect(standIn.record.entries()).toHaveLength(1);
});

test("of twenty requests at once with one key, one mail is accepted", async () => {
  const standIn = await servers.start();
  const answers = await Promise.all(
    Array.from({ length: 20 }, () =>
      post(`${standIn.url}/emails`, mailTo("a@one.example"), { "idempotency-key": "k" }),
    ),
  );
  expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true);
  expect(standIn.record.entries()).toHaveLength(1);
});

test("a key has 1 to 256 characters and belongs to one endpoint", async () => {
  const standIn = await servers.start();
  const mail = mailTo("a@one.example");
  const long = await post(`${standIn.url}/emails`, mail, { "idempotency-key": "k".repeat(257) });
  expect(long).toMatchObject({ status: 400, body: { name: "invalid_idempotency_key" } });

  await post(`${standIn.url}/emails`, mail, { "idempotency-key": "k" });
  const batch = await post(`${standIn.url}/emails/batch`, [mail], { "idempotency-key": "k" });
  expect(batch.status).toBe(200);
});

test("a refused request may be sent again, mended, under its key", async () => {
  const standIn = await servers.start();
  const headers = { "idempotency-key": "k" };
  await post(`${standIn.url}/emails`, mailTo("bad"), headers);
  expect(await post(`${standIn.url}/emails`, mailTo("a@one.example"), headers)).toMatchObject({
    status: 200,
  });
});

test("a key is kept for 24 hours of the stand-in's clock", async () => {
  let now = Date.parse("2026-03-15T06:05:00Z");
  const standIn = await servers.start({ now: () => now });
  const send = () =>
    post(`${standIn.url}/emails`, mailTo("a@one.example"), { "idempotency-key": "k" });
  await send();
  now += DAY_MS - 1;
  await send();
  expect(standIn.record.entries()).toHaveLength(1);
  now += 1;
  await send();
  expect(standIn.record.entries()).toHaveLength(2);
});

test("a rate that is exceeded is a 429 with its headers, and nothing is sent", async () => {
  let now = 0;
  const standIn = await servers.start({ ratePerSecond: 2, now: () => now });
  const send = () => post(`${standIn.url}/emails`, mailTo("a@one.example"));
  const answers = [await send(), await send(), await send()];

  expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
  expect(answers.map(({ headers }) => headers.get("ratelimit-remaining"))).toEqual(["1", "0", "0"]);
  expect(answers[2]).toMatchObject({ body: { name: "rate_limit_exceeded" } });
  expect(answers[2]!.headers.get("retry-after")).toBe("1");
  expect(standIn.record.entries()).toHaveLength(2);

  now += 1000;
  expect(await send()).toMatchObject({ status: 200 });
});

test("a body of more than 40 MB is refused", async () => {
  const standIn = await servers.start();
  const mail = mailTo("a@one.example", { html: "x".repeat(41 * 1024 * 1024) });
  expect(await post(`${standIn.url}/emails`, mail)).toMatchObject({ status: 413 });
});

test("what was accepted is listed, the latest first, in pages", async () => {
  const listing = await servers.start();
  const mails = ["a", "b", "c"].map((name) => mailTo(`${name}@list.example`));
  await post(`${listing.url}/emails/batch`, mails);
  const page = await get(`${listing.url}/emails?limit=2`);
  const [last, middle] = (page.body as { data: { id: string; to: string[] }[] }).data;
  expect(page.body).toMatchObject({ object: "list", has_more: true });
  expect([last?.to, middle?.to]).toEqual([["c@list.example"], ["b@list.example"]]);
  expect(await get(`${listing.url}/emails?limit=2&after=${middle?.id}`)).toMatchObject({
    body: { has_more: false, data: [{ to: ["a@list.example"], subject: mails[0]?.subject }] },
  });
  expect(await get(`${listing.url}/emails?limit=101`)).toMatchObject({ status: 422 });
});
