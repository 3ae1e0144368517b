import http, { type IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";

import { typeAnswers } from "./known-methods";

const own = ServerResponse.prototype.writeHead;
const answers: Record<string, (request: IncomingMessage, response: ServerResponse) => void> = {
  "/redirect": (_, response) => {
    response.statusCode = 307;
    response.setHeader("location", "/zh-CN");
    response.end("/zh-CN");
  },
  "/typed": (_, response) => void response.writeHead(303, { "content-type": "text/html" }).end("x"),
  "/icon.svg": (_, response) => {
    response.setHeader("content-type", "image/svg+xml");
    response.end("<svg/>");
  },
  "/unchanged": (_, response) => {
    response.statusCode = 304;
    response.end();
  },
};
const server = http.createServer((request, response) =>
  answers[request.url ?? ""]?.(request, response),
);
beforeAll(() => {
  typeAnswers();
  return new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
});
afterAll(() => {
  ServerResponse.prototype.writeHead = own;
  server.closeAllConnections();
  server.close();
});

test.each([
  ["/redirect", "text/plain; charset=utf-8"],
  ["/typed", "text/html"],
  ["/icon.svg", "image/svg+xml; charset=utf-8"],
  ["/unchanged", null],
])("%s is told as %s", async (at, type) => {
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}${at}`, { redirect: "manual" });
  expect(answer.headers.get("content-type")).toBe(type);
});
