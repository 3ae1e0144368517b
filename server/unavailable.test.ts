import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeEach, expect, test, vi } from "vitest";

import { inRequest } from "@/lib/request-id";

import { Unavailable } from "./unavailable";

/** What Next is to it: it answers when it is told to, with what it is told. */
let unavailable = new Unavailable();
let next: (response: http.ServerResponse) => unknown;
let asked = 0;
const ID = "6f1c7d1e-0000-4000-8000-000000000000";
const server = http.createServer((request, response) =>
  inRequest(ID, () => {
    if (unavailable.take({ request, response })) return;
    asked += 1;
    next(response);
  }),
);
await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
const { port } = server.address() as AddressInfo;
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  unavailable = new Unavailable();
  unavailable.turnTo("live");
  next = (response) => response.end("made");
  asked = 0;
});

const get = (path: string, init?: RequestInit) =>
  fetch(`http://127.0.0.1:${port}${path}`, { redirect: "manual", ...init });

test.each([
  ["/zh-CN/home", "zh-CN", "暂时无法打开"],
  ["/en/ops/audit?page=2", "en", "Not available for a moment"],
  ["/feeds/en/atom.xml", "en", "Not available for a moment"],
  ["/advisories/csaf/index.txt", "zh-CN", "暂时无法打开"],
  ["/sitemap.xml", "zh-CN", "暂时无法打开"],
])(
  "while the database is away %s answers 503 in its language, and Next is not asked",
  async (path, locale, words) => {
    unavailable.turnTo("away");
    const answer = await get(path, { headers: { cookie: "gaozhi-session=mine" } });
    const body = await answer.text();
    expect(answer.status).toBe(503);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "retry-after": "5",
      "cache-control": "no-store",
      "content-language": locale,
      "content-security-policy": expect.stringContaining("default-src 'none'"),
      "x-content-type-options": "nosniff",
    });
    expect(body).toContain(words);
    expect(body).toContain('<a href="">');
    expect(asked).toBe(0);
    unavailable.turnTo("live");
    expect(await (await get(path)).text()).toBe("made");
  },
);

test("a machine is told by a problem, in the language it asks for", async () => {
  unavailable.turnTo("away");
  const headers = { "accept-language": "en" };
  const answer = await get("/api/v1/inbox", { headers });
  expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "5"]);
  expect(answer.headers.get("content-type")).toContain("application/problem+json");
  expect(await answer.json()).toMatchObject({ status: 503, code: "unavailable" });
});

test("what needs no database is left alone", async () => {
  unavailable.turnTo("away");
  for (const path of ["/healthz", "/readyz", "/_next/static/a.js", "/gaozhi-bell.js", "/"])
    expect((await get(path)).status).toBe(200);
});

test("who waits for an answer when the database goes away has one at once, and what Next still says is dropped", async () => {
  let late: http.ServerResponse | undefined;
  next = (response) => (late = response);
  const waiting = get("/en/home");
  await vi.waitUntil(() => late);
  unavailable.turnTo("cut");
  unavailable.turnTo("away");
  const answer = await waiting;
  expect(answer.status).toBe(503);
  late?.setHeader("x-late", "1");
  late?.writeHead(200, { "content-type": "text/plain" });
  late?.write("late");
  late?.end("later");
  expect(await answer.text()).not.toContain("late");
});

test("a fault in the moment in which the connection is lost is no bare 500, and has nothing of the page's headers", async () => {
  next = (response) => {
    response.setHeader("x-request-id", ID);
    response.setHeader("set-cookie", "a=1");
    response.setHeader("content-encoding", "gzip");
    response.statusCode = 500;
    response.end("broken");
  };
  unavailable.turnTo("cut");
  const answer = await get("/en/home");
  expect(answer.status).toBe(503);
  expect(answer.headers.get("set-cookie")).toBeNull();
  expect(answer.headers.get("x-request-id")).toBe(ID);
  expect(await answer.text()).toContain("Not available for a moment");
});

test("a page that failed by a connection just lost is no bare 500 either, though nobody who listens knows yet", async () => {
  let hasJustLost = true;
  unavailable = new Unavailable(() => hasJustLost);
  unavailable.turnTo("live");
  next = (response) => response.writeHead(500).end("broken");
  const away = await get("/en/home");
  expect(away.status).toBe(503);
  expect(await away.text()).toContain("Not available for a moment");
  hasJustLost = false;
  expect((await get("/en/home")).status).toBe(500);
});

test("a fault of ours is said in words, with the number under which it is logged, where nothing is scripted", async () => {
  next = (response) => response.writeHead(500, { "content-type": "text/html" }).end("<html>");
  const page = await get("/zh-CN/ops");
  const words = await page.text();
  expect([page.status, page.headers.get("retry-after")]).toEqual([500, null]);
  expect(words).toContain("页面没有显示出来");
  expect(words).toContain(`<code>${ID}</code>`);
  const machine = await get("/api/v1/inbox", { headers: { "accept-language": "en" } });
  expect(await machine.json()).toMatchObject({ code: "internal", instance: `urn:uuid:${ID}` });
  for (const init of [{ headers: { rsc: "1" } }, { method: "POST", body: "a=b" }])
    expect(await (await get("/zh-CN/ops", init)).text()).toBe("<html>");
});

test("an answer that has begun is left to end", async () => {
  let begun: http.ServerResponse | undefined;
  next = (response) => {
    response.write("first ");
    begun = response;
  };
  const waiting = get("/en/home");
  await vi.waitUntil(() => begun?.headersSent);
  unavailable.turnTo("away");
  begun?.end("last");
  expect(await (await waiting).text()).toBe("first last");
});

test("a form that was being sent is told that it may not have been saved", async () => {
  unavailable.turnTo("away");
  const answer = await get("/zh-CN/ops/policies/new", { method: "POST", body: "a=b" });
  const body = await answer.text();
  expect(answer.status).toBe(503);
  expect(body).toContain("可能没有保存");
  expect(body).not.toContain("<a ");
});
