import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { NextRequest } from "next/server";
import { afterAll, beforeAll, expect, test } from "vitest";

import { ThreadPool } from "@/lib/thread-pool";

import proxy from "./proxy";

const folder = mkdtempSync(path.join(os.tmpdir(), "gaozhi-line-"));
const file = path.join(folder, "work.mjs");
// It never answers, so that who waits keeps waiting.
writeFileSync(
  file,
  `import { parentPort } from "node:worker_threads"; parentPort.on("message", () => {});`,
);

/** What stands before Next, over HTTP: what it lets through is answered "on". */
const server = http.createServer((request, response) => {
  const asked = new NextRequest(`http://${request.headers.host}${request.url}`, {
    headers: request.headers as Record<string, string>,
    method: request.method ?? "GET",
  });
  void proxy(asked).then(async (answer) => {
    const isOn =
      answer.headers.has("x-middleware-next") || answer.headers.has("x-middleware-rewrite");
    response.writeHead(isOn ? 200 : answer.status, Object.fromEntries(answer.headers));
    response.end(isOn ? "on" : await answer.text());
  });
});
beforeAll(() => new Promise<void>((done) => server.listen(0, "127.0.0.1", done)));
afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

const get = (at: string) => {
  const { port } = server.address() as AddressInfo;
  return fetch(`http://127.0.0.1:${port}${at}`, { redirect: "manual" });
};

/** As many wait for a text as may. */
async function withFullLine(look: () => Promise<void>): Promise<void> {
  const own = globalThis.gaozhiTextThreads;
  const budget = { threads: 1, workMs: 60_000, waitMs: 60_000, waiting: 2, megabytes: 64 };
  const threads = new ThreadPool({ ...budget, file });
  globalThis.gaozhiTextThreads = threads;
  for (let wish = 0; wish < 3; wish += 1) void threads.run(wish).catch(() => undefined);
  try {
    await look();
  } finally {
    globalThis.gaozhiTextThreads = own;
  }
}

test("P03: a version to embed may be framed by anybody, runs nothing and keeps nothing; no other page may be framed", async () => {
  for (const page of ["/zh-CN/policies/im.html", "/en/policies/im/3.2.html"]) {
    const { headers } = await get(page);
    expect(headers.get("content-security-policy")).toMatch(
      /default-src 'none'.*frame-ancestors \*/,
    );
    expect(headers.get("set-cookie")).toBeNull();
  }
  for (const page of ["/zh-CN/policies/im/3.2", "/en/policies/im/3.2.md", "/zh-CN/home", "/x.html"])
    expect((await get(page)).headers.get("content-security-policy")).toContain(
      "frame-ancestors 'none'",
    );
});

test("while too many wait for a text, who opens one is told when to come again, in their language", async () => {
  await withFullLine(async () => {
    for (const [at, words] of [
      ["/zh-CN/policies/im-sdk", "暂时忙不过来，请稍候"],
      ["/en/policies/im-sdk/2.0", "Too busy for a moment"],
      ["/en/acknowledgements/1", "Too busy for a moment"],
    ] as const) {
      const answer = await get(at);
      expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "10"]);
      expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
      expect(answer.headers.get("cache-control")).toBe("no-store");
      expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
      const body = await answer.text();
      expect(body).toContain(words);
      expect(body).toContain("10");
      expect(body).not.toContain("{seconds}");
    }
  });
});

test("pages without a text go on meanwhile, and texts as soon as fewer wait", async () => {
  await withFullLine(async () => {
    for (const at of ["/zh-CN/policies", "/zh-CN/incidents", "/zh-CN/sign-in", "/healthz"])
      expect(await (await get(at)).text(), at).toBe("on");
  });
  expect(await (await get("/zh-CN/policies/im-sdk")).text()).toBe("on");
});
