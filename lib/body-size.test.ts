import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, expect, test } from "vitest";

import { dropLargeBodies, sizeOfBody } from "./body-size";

const end = dropLargeBodies("session");
const server = http.createServer(async (request, response) => {
  let bytes = 0;
  for await (const part of request) bytes += (part as Buffer).byteLength;
  response.end(String(bytes));
});
await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
// The process is the next file's as well, and a collector of traces takes bodies that say no length.
afterAll(() => {
  end();
  server.close();
});

async function reaches(path: string, bytes: number, cookie = ""): Promise<number> {
  const { port } = server.address() as AddressInfo;
  const body = "x".repeat(bytes);
  const init = { method: "POST", body, headers: { cookie } };
  return Number(await (await fetch(`http://127.0.0.1:${port}${path}`, init)).text());
}

test("a form's fields arrive anywhere, a file where it is taken from who shows a session, nothing else", async () => {
  expect(await reaches("/zh-CN/sign-in", 1_000_000)).toBe(1_000_000);
  expect(await reaches("/zh-CN/sign-in", 11_500_000)).toBe(0);
  expect(await reaches("/zh-CN/ops/policies", 2_000_000)).toBe(0);
  expect(await reaches("/zh-CN/ops/policies", 2_000_000, "session=a")).toBe(2_000_000);
  expect(await reaches("/zh-CN/ops/policies", 13_000_000, "session=a")).toBe(0);
  expect(await reaches("/api/v1/accounts", 13_000_000)).toBe(13_000_000);
});

test("a body that does not say how long it is is none that a form has", () => {
  const body = { method: "POST", pathname: "/zh-CN/sign-in", length: null };
  expect(sizeOfBody({ ...body, isChunked: true })).toBe("too large");
  expect(sizeOfBody({ ...body, isChunked: false })).toBe("fields");
});
