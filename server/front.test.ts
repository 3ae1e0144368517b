import { sql } from "drizzle-orm";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";

import { db } from "@/db/client";
import { metrics } from "@/lib/metrics";
import { MANNERS } from "@/lib/own-scripts";

import { standInFront } from "./front";

/** What Next is to the front: pages with a nonce of their own, each made anew. */
let made: string[] = [];
const wholePage = (response: http.ServerResponse, nonce: string): unknown =>
  response.end(`${pageWith(nonce)}<script nonce="${nonce}">self.__next_f.push([])</script>`);
/** What is sent of it: the script that every page has, and the words. */
const pageWith = (nonce: string) =>
  `<script src="${MANNERS}" nonce="${nonce}"></script>`.concat("世界".repeat(500));
let answering = wholePage;
const next = http.createServer((request, response) => {
  made.push(`${request.url} ${request.headers.cookie ?? ""}${request.headers["user-agent"] ?? ""}`);
  response.setHeader("Content-Type", "text/html; charset=utf-8");
  const nonce = `n${made.length}-`;
  response.setHeader("Content-Security-Policy", `script-src 'nonce-${nonce}'`);
  answering(response, nonce);
});
const ended = new AbortController();
standInFront("gaozhi-session", ended.signal);
await new Promise<void>((done) => next.listen(0, "127.0.0.1", done));
const { port } = next.address() as AddressInfo;
afterAll(() => {
  ended.abort();
  next.closeAllConnections();
  next.close();
});

type Answer = { status: number; headers: http.IncomingHttpHeaders; body: Buffer };

const get = (path: string, headers: http.OutgoingHttpHeaders = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    http
      .get({ host: "127.0.0.1", port, path, headers }, (answer) => {
        const parts: Buffer[] = [];
        answer.on("data", (part: Buffer) => parts.push(part));
        answer.on("end", () =>
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            body: Buffer.concat(parts),
          }),
        );
      })
      .on("error", reject);
  });

const isKept = async (path: string, headers?: http.OutgoingHttpHeaders): Promise<boolean> => {
  const before = made.length;
  await get(path, headers);
  await get(path, headers);
  return made.length === before + 1;
};

const CHANGE = sql`
  insert into products (slug, name_zh, name_en) values (gen_random_uuid()::text, '甲', 'A')`;
const change = () => db.execute(CHANGE);

beforeAll(async () => {
  await vi.waitUntil(async () => (await get("/zh-CN/rights")).headers["cache-status"], {
    timeout: 20_000,
    interval: 50,
  });
});
beforeEach(async () => {
  answering = wholePage;
  await turned();
  made = [];
});

/** Until what was kept is kept no more; in milliseconds. */
async function turned(): Promise<number> {
  const probe = "/zh-CN/announcements?page=probe";
  await get(probe);
  const began = performance.now();
  await change();
  await vi.waitUntil(async () => (await get(probe)).headers["cache-status"] !== "gaozhi; hit", {
    timeout: 5_000,
    interval: 5,
  });
  return performance.now() - began;
}

test("a page for everybody is made once, by a request that says nothing of who asks", async () => {
  const headers = { "user-agent": "somebody", cookie: "theme=dark", "accept-encoding": "br" };
  const answers = await Promise.all(Array.from({ length: 20 }, () => get("/zh-CN", headers)));

  expect(made).toEqual(["/zh-CN "]);
  for (const { status, headers: given, body } of answers) {
    expect(status).toBe(200);
    expect(given).toMatchObject({
      "cache-control": "public, max-age=0, s-maxage=1",
      "content-encoding": "br",
      "content-security-policy": "script-src 'nonce-n1-'",
      "content-type": "text/html; charset=utf-8",
    });
    expect(brotliDecompressSync(body).toString()).toBe(pageWith("n1-"));
  }
});

test("each reader gets the coding they take, with an ETag of its own", async () => {
  const [gzip, plain, none] = await Promise.all([
    get("/en", { "accept-encoding": "gzip, br;q=0" }),
    get("/en"),
    get("/en", { "accept-encoding": "identity, gzip;q=0.0" }),
  ]);
  expect(gunzipSync(gzip.body).toString()).toBe(pageWith("n1-"));
  expect(plain.body.toString()).toBe(pageWith("n1-"));
  expect(plain.headers["content-encoding"]).toBeUndefined();
  expect(plain.headers.etag).not.toBe(gzip.headers.etag);
  expect(none.headers.etag).toBe(plain.headers.etag);
});

test("who has it gets 304 without another policy, also after it was made anew, and the whole once it differs", async () => {
  const { headers } = await get("/en/policies", { "accept-encoding": "br" });
  const has = { "accept-encoding": "br", "if-none-match": `"x", W/${headers.etag}` };
  for (let times = 0; times < 2; times += 1) {
    const again = await get("/en/policies", has);
    expect(again.status).toBe(304);
    expect(again.headers["content-security-policy"]).toBeUndefined();
    expect(again.headers.vary).toContain("Cookie");
    await turned();
  }
  answering = (response) => response.end("something else");
  await turned();
  expect((await get("/en/policies", has)).status).toBe(200);
});

test.each([
  ["a session", "/zh-CN/policies", { cookie: "a=1; __Host-gaozhi-session=t" }],
  ["a session of a plain name", "/zh-CN/policies", { cookie: "gaozhi-session=" }],
  ["a part of a page for the router", "/zh-CN/policies", { rsc: "1" }],
  ["a page fetched ahead", "/zh-CN/policies", { "next-router-prefetch": "1" }],
  ["a tree of the router", "/zh-CN/policies", { "next-router-state-tree": "x" }],
  ["a key", "/zh-CN/policies", { authorization: "Bearer x" }],
  ["a range", "/zh-CN/policies", { range: "bytes=0-1" }],
  ["a forged word of our own", "/zh-CN/home", { "x-gaozhi-inner": "guess" }],
  ["the router's own mark in the address", "/zh-CN/policies?_rsc=1a2b", {}],
  ["a word the page does not know", "/zh-CN/policies?token=1", {}],
  ["a word twice", "/zh-CN/policies?page=1&page=2", {}],
  ["a page of one's own", "/zh-CN/home", {}],
  ["operations", "/zh-CN/ops", {}],
  ["sign-in", "/zh-CN/sign-in", {}],
  ["a link from a ticket", "/zh-CN/t/abc", {}],
  ["the interface", "/api/v1/inbox", {}],
  ["an address with a private one in it", "/zh-CN/policies/%2e%2e/home/x/y", {}],
  ["a double slash", "/zh-CN//home", {}],
  ["no language", "/policies", {}],
])("not kept: %s", async (_, path, headers) => {
  expect(await isKept(path, headers)).toBe(false);
});

test.each([
  "/zh-CN/policies?page=x",
  "/en/policies/im-guide/3.2",
  "/en/policies/im-guide.md",
  "/en/policies/im-guide/3.2/changes?since=3.1&view=all",
  "/zh-CN/incidents?state=resolved&severity=high",
  "/zh-CN/incidents/INC-2026-0001",
  "/feeds/en/atom.xml",
])("kept: %s", async (path) => {
  expect(await isKept(path)).toBe(true);
});

test.each<[string, (response: http.ServerResponse) => unknown]>([
  ["an error", (response) => response.writeHead(502).end("no")],
  ["a page that is not there", (response) => response.writeHead(404).end("no")],
  ["a way elsewhere", (response) => response.writeHead(307, { location: "/x" }).end()],
  ["too many", (response) => response.writeHead(429, { "retry-after": "5" }).end("later")],
  ["a cookie", (response) => response.writeHead(200, { "set-cookie": "a=1" }).end("yours")],
])("%s is passed on as it is, and not kept", async (_, answer) => {
  answering = answer;
  const [first, second] = [await get("/zh-CN/rights"), await get("/zh-CN/rights")];
  expect(made.length).toBeGreaterThan(2);
  expect(second).toMatchObject({ status: first.status, body: first.body });
  expect(second.headers["cache-status"]).toBeUndefined();
});

test("a fault of ours is said in words, is not kept, and counts for nobody's page", async () => {
  answering = (response) => response.writeHead(500).end("<html>");
  const answer = await get("/zh-CN/rights");
  expect([answer.status, answer.headers["cache-status"]]).toEqual([500, undefined]);
  expect(answer.headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
  expect(answer.body.toString()).toContain(String(answer.headers["x-request-id"]));
  answering = (response) => response.end("well");
  expect((await get("/zh-CN/rights")).body.toString()).toBe("well");
});

test("what is answered is counted by who answered it", async () => {
  const hits = async () => {
    const { values } = await metrics.frontAnswers.get();
    return values.find(({ labels }) => labels.result === "hit")?.value ?? 0;
  };
  await get("/en/rights");
  const before = await hits();
  await get("/en/rights");
  await get("/en/rights");
  expect((await hits()) - before).toBe(2);
  expect((await metrics.frontBytes.get()).values[0]?.value).toBeGreaterThan(0);
});

test("a change that another connection commits is seen within a second", async () => {
  const waits: number[] = [];
  for (let count = 0; count < 10; count += 1) waits.push(await turned());
  expect(Math.max(...waits)).toBeLessThan(1000);
});

test("what is rolled back changes nothing", async () => {
  await get("/zh-CN/rights");
  await db
    .transaction(async (tx) => {
      await tx.execute(sql`update products set name_en = name_en`);
      tx.rollback();
    })
    .catch(() => undefined);
  expect((await get("/zh-CN/rights")).headers["cache-status"]).toBe("gaozhi; hit");
});

test("a listening connection that is cut is opened again, and what was kept meanwhile is dropped", async () => {
  await get("/zh-CN/rights");
  await db.execute(
    sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'gaozhi-changes' and datname = current_database()`,
  );
  await vi.waitUntil(
    async () => (await get("/zh-CN/rights")).headers["cache-status"] !== "gaozhi; hit",
    { timeout: 5_000, interval: 20 },
  );
  await vi.waitUntil(
    async () => (await get("/zh-CN/rights")).headers["cache-status"] === "gaozhi; hit",
    { timeout: 5_000, interval: 20 },
  );
  expect(await turned()).toBeLessThan(1000);
});
