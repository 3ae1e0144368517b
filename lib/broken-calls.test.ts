import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";

import { answerBrokenCalls, beginCall, CALL_HEADER } from "./broken-calls";

/** As Next does: what breaks before the action or in it is 500, its headers written by the way. */
const server = http.createServer((request, response) => {
  const call = String(request.headers[CALL_HEADER] ?? "");
  if (request.url === "/begun") beginCall(new Headers({ [CALL_HEADER]: call }));
  response.statusCode = request.url === "/fine" ? 200 : 500;
  response.end("said");
});
let origin = "";

beforeAll(async () => {
  answerBrokenCalls();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const statusOf = async (path: string, method = "POST") =>
  (await fetch(origin + path, { method, headers: { [CALL_HEADER]: "1" } })).status;

test("a form that cannot be read is the sender's to mend, an action that fails is ours", async () => {
  expect(await statusOf("/broken")).toBe(400);
  expect(await statusOf("/begun")).toBe(500);
  expect(await statusOf("/broken")).toBe(400);
  expect(await statusOf("/fine")).toBe(200);
});

test("pages that are read and calls of machines answer as they did", async () => {
  expect(await statusOf("/broken", "GET")).toBe(500);
  expect(await statusOf("/api/v1/broken")).toBe(500);
});
