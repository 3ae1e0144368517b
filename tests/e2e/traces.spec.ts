import http from "node:http";
import type { AddressInfo } from "node:net";

import { cookieOf } from "./support/people";
import { expect, test } from "./support/test";
import { endWeb, startWeb } from "./support/web-processes";

type Sent = { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] };
type Span = { name: string; traceId: string; parentSpanId?: string };

test("where a collector is set, requests are told with their statements, and nothing that they were asked with", async () => {
  const bodies: string[] = [];
  const collector = http.createServer((request, response) => {
    let body = "";
    request.on("data", (part) => (body += String(part)));
    request.on("end", () => {
      bodies.push(body);
      response.end("{}");
    });
  });
  await new Promise<void>((done) => collector.listen(0, "127.0.0.1", done));
  const { port } = collector.address() as AddressInfo;
  const web = await startWeb({
    environment: {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
      OTEL_BSP_SCHEDULE_DELAY: "100",
    },
  });
  const strange = "a".repeat(32);
  try {
    const cookie = await cookieOf("owner");
    const ask = async (address: string, headers: Record<string, string>) =>
      (await fetch(`http://127.0.0.1:${web.port}${address}`, { headers })).text();
    await ask("/zh-CN/inbox?q=a-marked-word", {
      cookie,
      traceparent: `00-${strange}-${"b".repeat(16)}-01`,
    });
    await ask("/zh-CN/t/a-marked-link", {});

    const spans = () =>
      bodies
        .map((body) => JSON.parse(body) as Sent)
        .flatMap(({ resourceSpans }) => resourceSpans)
        .flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
    const requestOf = (name: string) => spans().find((span) => span.name === name);
    await expect.poll(() => requestOf("GET /[locale]/t/[link]")).toBeTruthy();
    const request = requestOf("GET /[locale]/inbox");
    expect(request?.parentSpanId ?? "").toBe("");
    const parts = spans()
      .filter(({ traceId }) => traceId === request?.traceId)
      .map(({ name }) => name);
    expect(parts).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^select [a-z_]+$/),
        "BaseServer.handleRequest",
      ]),
    );
    const said = bodies.join("\n");
    for (const word of ["marked", strange, cookie.split("=")[1] ?? ""])
      expect(said).not.toContain(word);
  } finally {
    await endWeb([web]);
    collector.close();
  }
});
