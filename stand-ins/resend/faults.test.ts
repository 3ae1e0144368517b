import { afterAll, expect, test } from "vitest";

import { type REQUEST_FAULTS } from "./faults";
import { API_KEY, get, mailTo, post, standIns } from "./test-client";

const servers = standIns();
afterAll(() => servers.end());

const HEADERS = { "idempotency-key": "bc/1" };

type Kind = (typeof REQUEST_FAULTS)[number];

const ANSWERED: { fault: Kind; status: number; name: string; mails: number }[] = [
  { fault: "rate_limited", status: 429, name: "rate_limit_exceeded", mails: 0 },
  { fault: "daily_quota", status: 429, name: "daily_quota_exceeded", mails: 0 },
  { fault: "key_revoked", status: 403, name: "invalid_api_key", mails: 0 },
  { fault: "concurrent", status: 409, name: "concurrent_idempotent_requests", mails: 0 },
  { fault: "other_body", status: 409, name: "invalid_idempotent_request", mails: 0 },
  { fault: "invalid", status: 422, name: "validation_error", mails: 0 },
  { fault: "error_before", status: 500, name: "application_error", mails: 0 },
  { fault: "error_after", status: 500, name: "application_error", mails: 2 },
];

test.each(ANSWERED)("$fault answers $status with $mails mails accepted", async (expected) => {
  const { fault, status, name, mails } = expected;
  const standIn = await servers.start();
  standIn.faults.program({ fault });
  const send = () => post(`${standIn.url}/emails/batch`, twoMails(), HEADERS);

  expect(await send()).toMatchObject({ status, body: { name } });
  expect(standIn.record.entries()).toHaveLength(mails);
  expect(await send()).toMatchObject({ status: 200 });
  expect(standIn.record.entries()).toHaveLength(2);
});

const UNANSWERED: [Kind, number][] = [
  ["timeout_before", 0],
  ["timeout_after", 2],
  ["reset_before", 0],
  ["reset_after", 2],
  ["half_json", 2],
];

test.each(UNANSWERED)("%s gives no whole answer, with %i mails accepted", async (fault, mails) => {
  const standIn = await servers.start();
  standIn.faults.program({ fault, holdMs: 100 });
  const send = () => post(`${standIn.url}/emails/batch`, twoMails(), HEADERS);

  await expect(send()).rejects.toThrow();
  expect(standIn.record.entries()).toHaveLength(mails);
  expect(await send()).toMatchObject({ status: 200 });
  expect(standIn.record.entries()).toHaveLength(2);
});

test("the 503 is a page, not JSON", async () => {
  const standIn = await servers.start();
  standIn.faults.program({ fault: "unavailable_html" });
  const response = await fetch(`${standIn.url}/emails`, {
    method: "POST",
    headers: { authorization: `Bearer ${API_KEY}` },
    body: JSON.stringify(mailTo("a@one.example")),
  });
  expect(response.status).toBe(503);
  expect(response.headers.get("content-type")).toBe("text/html");
  expect(standIn.record.entries()).toHaveLength(0);
});

test("the id list can be short or hold an id twice", async () => {
  const standIn = await servers.start();
  standIn.faults.program({ fault: "short_ids" });
  standIn.faults.program({ fault: "double_ids" });
  const send = () => post(`${standIn.url}/emails/batch`, twoMails(), HEADERS);
  const [short, doubled, whole] = [await send(), await send(), await send()];
  const [first, second] = standIn.record.entries();

  expect(short.body).toEqual({ data: [{ id: first!.id }] });
  expect(doubled.body).toEqual({ data: [{ id: second!.id }, { id: second!.id }] });
  expect(whole.body).toEqual({ data: [{ id: first!.id }, { id: second!.id }] });
});

test("faults are programmed over HTTP for the requests they fit, and cleared", async () => {
  const standIn = await servers.start();
  const control = `${standIn.url}/__control/faults`;
  await post(control, {
    fault: "rate_limited",
    retryAfter: 7,
    times: 2,
    skip: 1,
    path: "/emails",
    contains: "a@one.example",
  });
  const send = (to: string) => post(`${standIn.url}/emails`, mailTo(to));

  expect((await send("b@one.example")).status).toBe(200);
  expect((await send("a@one.example")).status).toBe(200);
  const limited = await send("a@one.example");
  expect(limited.status).toBe(429);
  expect(limited.headers.get("retry-after")).toBe("7");
  expect(await get(`${standIn.url}/__control/stats`)).toMatchObject({
    body: { mails: 2, faults: [{ fault: "rate_limited", times: 1 }] },
  });

  await fetch(control, { method: "DELETE" });
  expect((await send("a@one.example")).status).toBe(200);
});

test("a fault nobody knows is refused with what is wrong", async () => {
  const standIn = await servers.start();
  const answer = await post(`${standIn.url}/__control/faults`, { fault: "gremlins" });
  expect(answer).toMatchObject({
    status: 400,
    body: { message: expect.stringContaining("fault") },
  });
});

test("accepted mails are listed newest first, by recipient, time and number", async () => {
  let now = Date.parse("2026-03-15T06:05:00Z");
  const standIn = await servers.start({ now: () => now });
  for (const to of ["Lin <a@one.example>", "b@one.example", "A@one.example"]) {
    await post(`${standIn.url}/emails`, mailTo(to));
    now += 1000;
  }
  const list = async (query: string) => {
    const { body } = await get(`${standIn.url}/__control/mails${query}`);
    return body;
  };
  const recipients = (...to: string[]) => ({ mails: to.map((address) => ({ to: [address] })) });

  expect(await list("")).toMatchObject(
    recipients("A@one.example", "b@one.example", "Lin <a@one.example>"),
  );
  expect(await list("?to=a@one.example&limit=1")).toMatchObject(recipients("A@one.example"));
  expect(await list("?since=2026-03-15T06:05:01Z")).toMatchObject(
    recipients("A@one.example", "b@one.example"),
  );
  expect(JSON.stringify(await list(""))).not.toContain("<p>");
  expect(await get(`${standIn.url}/__control/mails?limit=0`)).toMatchObject({ status: 400 });
});

test("one mail is shown whole, with what became of it", async () => {
  let now = Date.parse("2026-03-15T06:05:00Z");
  const standIn = await servers.start({ now: () => now, stepMs: 1000 });
  await post(`${standIn.url}/emails`, mailTo("complain@one.example"));
  const id = standIn.record.entries()[0]!.id;
  const url = `${standIn.url}/__control/mails/${id}`;

  expect(await get(url)).toMatchObject({ body: { lastEvent: "queued", events: [] } });
  now += 3000;
  expect(await get(url)).toMatchObject({
    body: {
      html: "<p>您好 complain@one.example</p>",
      lastEvent: "complained",
      events: [{ type: "email.sent" }, { type: "email.delivered" }, { type: "email.complained" }],
    },
  });
  expect(await get(`${standIn.url}/__control/mails/none`)).toMatchObject({ status: 404 });
});

test("a page of another site can't reach the control surface", async () => {
  const standIn = await servers.start();
  const text = await post(`${standIn.url}/__control/faults`, '{"fault":"error_before"}', {
    "content-type": "text/plain",
  });
  expect(text.status).toBe(415);
  expect(standIn.faults.pending()).toHaveLength(0);
});

function twoMails() {
  return [mailTo("a@one.example"), mailTo("b@one.example")];
}
