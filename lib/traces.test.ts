import http from "node:http";
import type { AddressInfo } from "node:net";
import { trace } from "@opentelemetry/api";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import { provide } from "./env";
import { beginStep, closeTraces, openTraces, statementName, traced } from "./traces";

/** A collector: what it was sent, and with which headers. */
const sent: { path: string; key: string; body: string }[] = [];
const collector = http.createServer((request, response) => {
  let body = "";
  request.on("data", (part) => (body += String(part)));
  request.on("end", () => {
    sent.push({ path: request.url ?? "", key: String(request.headers["x-key"]), body });
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
});
beforeAll(() => new Promise<void>((done) => collector.listen(0, "127.0.0.1", done)));
afterEach(closeTraces);
afterAll(() => void collector.close());

type Sent = { resourceSpans: { scopeSpans: { spans: SentSpan[] }[] }[] };
type SentSpan = { name: string; spanId: string; parentSpanId?: string; attributes: unknown[] };

async function collected(): Promise<SentSpan[]> {
  await closeTraces();
  const all = sent.map(({ body }) => JSON.parse(body) as Sent);
  return all.flatMap(({ resourceSpans }) =>
    resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
  );
}

function configure(more: Record<string, string> = {}): Promise<void> {
  const { port } = collector.address() as AddressInfo;
  sent.splice(0);
  provide({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`, ...more });
  return openTraces("gaozhi-web");
}

test("without a collector work is done, and no step begins", async () => {
  await openTraces("gaozhi-web");
  expect(beginStep("one", { kind: "internal" })).toBeUndefined();
  expect(await traced("one", { kind: "internal" }, async () => 1)).toBe(1);
});

test("a step and its parts reach the collector, with its key, under their names", async () => {
  await configure({ OTEL_EXPORTER_OTLP_HEADERS: "x-key=a%20key" });
  const whole = traced("GET /[locale]", { kind: "server" }, async (tell) => {
    await traced("select users", { kind: "client" }, async () => undefined);
    tell({ "http.response.status_code": 200 });
  });
  await whole;
  const [part, all] = await collected();
  expect([all?.name, part?.name]).toEqual(["GET /[locale]", "select users"]);
  expect(part?.parentSpanId).toBe(all?.spanId);
  expect(all?.attributes).toEqual([{ key: "http.response.status_code", value: { intValue: 200 } }]);
  expect(sent[0]).toMatchObject({ path: "/v1/traces", key: "a key" });
});

test("nothing that somebody gave leaves: no address asked for, no key, no words of an error", async () => {
  await configure();
  const asked = "/zh-CN/t/a-secret?token=a-secret";
  const failing = traced("mail-sign-in", { kind: "internal" }, async () => {
    // As Next begins its steps.
    const span = trace.getTracer("next.js").startSpan(`GET ${asked}`, {
      attributes: { "http.target": asked, "next.span_type": "BaseServer.handleRequest" },
    });
    span.recordException(new Error("ana-secret@one.example"));
    span.setStatus({ code: 2, message: "a-secret" });
    span.end();
    throw Object.assign(new Error("no a-secret"), { code: "EUNKNOWNHOST" });
  });
  await expect(failing).rejects.toThrow();
  const [inner, outer] = await collected();
  expect(inner).toMatchObject({ name: "BaseServer.handleRequest", attributes: [] });
  expect(outer?.attributes).toEqual([
    { key: "error.type", value: { stringValue: "EUNKNOWNHOST" } },
  ]);
  expect(sent.map(({ body }) => body).join()).not.toContain("secret");
});

test("of a share of none no step is told", async () => {
  await configure({ OTEL_TRACES_SAMPLER_ARG: "0" });
  await traced("one", { kind: "internal" }, async () => undefined);
  expect(await collected()).toEqual([]);
});

test.each([
  ["select 1", "select"],
  ['select "id" from "users" where "email" = $1', "select users"],
  [
    "with due as (select id from mail_batches) update mail_batches set attempts = 1",
    "select mail_batches",
  ],
  ['insert into "deliveries" ("id") values ($1)', "insert deliveries"],
  ["delete from audience_parts where part = $1", "delete audience_parts"],
  ["commit", "commit"],
])("a statement is told by its act and table: %s", (text, name) => {
  expect(statementName(text)).toBe(name);
});
