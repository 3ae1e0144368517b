import { randomUUID } from "node:crypto";
import { z } from "zod";

import { TOKEN_SCOPES } from "@/db/vocabulary/tickets";
import { env } from "@/lib/env";
import { signConsoleToken } from "@/stand-ins/console/token";
import { givenToken } from "@/tests/support/tickets";

import { ask, inTurns } from "./support/ask";
import { wrongBodies } from "./support/bad-values";
import { builtRoutes } from "./support/manifest";
import { ODD_PARTS } from "./support/odd-addresses";
import { askBy, statusesOf } from "./support/raw";
import { givenRecords } from "./support/records";
import { addressOf } from "./support/rules";
import { expect, test } from "./support/test";

/**
 * What no client that reads the documents would send: to the interface for machines, by methods
 * that nothing takes, for files that are no pages, with headers beyond measure and with two ends.
 */
const isLong = process.env.WRONG_INPUT === "all";
/** The example's account is one of the story. */
const [EXAMPLE_UIN, OWN_UIN] = ["100000000001", "100000099999"];
/** Fewer than a token may make in a minute, whatever the call. */
const CALLS_OF_A_TOKEN = 50;

const documented = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.looseObject({
        operationId: z.string(),
        "x-scopes": z.array(z.string()),
        parameters: z.array(z.object({ in: z.string(), name: z.string(), example: z.string() })),
        requestBody: z
          .object({ content: z.record(z.string(), z.looseObject({ example: z.unknown() })) })
          .optional(),
        responses: z.record(z.string(), z.unknown()),
      }),
    ),
  ),
});

type Call = { what: string; address: string; init: RequestInit; statuses: string[] };

test("no call of the interface answers 500, and each refusal is a problem that its document names", async () => {
  test.setTimeout(isLong ? 600_000 : 60_000);
  const calls = await wrongCalls();
  const tokens: string[] = [];
  for (let made = 0; made < calls.length; made += CALLS_OF_A_TOKEN)
    tokens.push((await givenToken({ scopes: [...TOKEN_SCOPES] })).token);
  const wrong: string[] = [];
  const answers = new Map<number, number>();
  await inTurns([...calls.entries()], async ([at, { what, address, init, statuses }]) => {
    const headers = new Headers(init.headers);
    if (!headers.has("authorization"))
      headers.set("authorization", `Bearer ${tokens[Math.floor(at / CALLS_OF_A_TOKEN)]}`);
    const answer = await ask(address, { ...init, headers });
    const fault = await faultOf(answer, statuses);
    if (fault) wrong.push(`${what}: ${fault}`);
    answers.set(answer.status, (answers.get(answer.status) ?? 0) + 1);
  });
  const counts = [...answers].map(([status, count]) => `${count} × ${status}`).join(", ");
  process.stdout.write(`${calls.length} wrong calls: ${counts}\n`);
  expect(wrong).toEqual([]);
});

const problem = z.object({
  ...{ type: z.string(), title: z.string().min(1), detail: z.string().min(1) },
  ...{ status: z.int(), code: z.string() },
});

/** What is wrong with an answer: a fault of ours, a refusal of another shape, or one nobody was told of. */
async function faultOf(answer: Response, statuses: string[]): Promise<string | null> {
  const { status, headers } = answer;
  const body = await answer.text();
  if (status >= 500) return String(status);
  if (statuses.length > 0 && !statuses.includes(String(status)))
    return `${status} is not documented`;
  if (status < 400) return null;
  if (headers.get("content-type") !== "application/problem+json; charset=utf-8")
    return `${status} as ${headers.get("content-type")}`;
  const read = problem.safeParse(JSON.parse(body));
  return read.success && read.data.status === status ? null : `${status} says ${body}`;
}

/** Every operation of the served document with each part of its body, then each parameter, wrong. */
async function wrongCalls(): Promise<Call[]> {
  const { paths } = documented.parse(await (await ask("/api/v1/openapi.json")).json());
  const key = env().CONSOLE_KEY ?? "";
  const console = signConsoleToken("mira.holt@northwind.example", {
    ...{ key, audience: env().APP_ORIGIN, now: new Date() },
  });
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
  );
  return operations.flatMap(({ path, method, parameters, requestBody, responses, ...rest }) => {
    const statuses = Object.keys(responses);
    const [mediaType, content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
    const example = JSON.stringify(content?.example ?? null).replaceAll(EXAMPLE_UIN, OWN_UIN);
    const call = (what: string, change: Change = {}): Call => {
      const given = (place: string) =>
        parameters
          .filter((one) => one.in === place && one.name !== "If-Match")
          .map(({ name, example: value }) => [name, change.parameters?.[name] ?? value] as const);
      const values = Object.fromEntries(given("path"));
      const inPath = path.replace(/\{(\w+)\}/g, (_, name: string) =>
        (values[name] ?? "").replace(EXAMPLE_UIN, OWN_UIN),
      );
      const query = given("query").map(([name, value]) => `${name}=${value}`);
      return {
        what: `${rest.operationId}: ${what}`,
        address: [inPath, ...query].join("?"),
        statuses: change.parameters ? [] : statuses,
        init: {
          method: method.toUpperCase(),
          headers: {
            ...(mediaType && { "content-type": mediaType }),
            ...(method === "post" && { "idempotency-key": randomUUID() }),
            ...(rest["x-scopes"].length === 0 && { authorization: `Bearer ${console}` }),
            ...change.headers,
          },
          ...(content && { body: change.body ?? example }),
        },
      };
    };
    const bodies = content ? wrongBodies(JSON.parse(example)) : [];
    return [
      ...bodies
        .filter((_, at) => isLong || at % 5 === 0)
        .map((body) => call(String(body).slice(0, 120), { body })),
      ...parameters.flatMap((one) =>
        (one.in === "header" ? ODD_HEADERS : [...ODD_PARTS, "a".repeat(3_000), "__proto__"]).map(
          (odd) =>
            call(`${one.name} is ${odd.slice(0, 60)}`, {
              ...(one.in === "header"
                ? { headers: { [one.name]: odd } }
                : { parameters: { [one.name]: odd } }),
            }),
        ),
      ),
      ...["", "text/plain", "application/json; charset=latin1", "x".repeat(2_000)].map((type) =>
        call(`sent as ${type.slice(0, 60)}`, { headers: { "content-type": type } }),
      ),
      ...ODD_HEADERS.map((odd) =>
        call(`the language ${odd.slice(0, 60)}`, { headers: { "accept-language": odd } }),
      ),
      ...["", "Bearer ", "Basic YTpi", `Bearer ${"x".repeat(3_000)}`, "Bearer a.b.c"].map((odd) =>
        call(`opened by ${odd.slice(0, 60)}`, { headers: { authorization: odd } }),
      ),
    ];
  });
}
type Change = {
  body?: string | Uint8Array<ArrayBuffer>;
  headers?: Record<string, string>;
  parameters?: Record<string, string>;
};

const ODD_HEADERS = ["", "*", '"', "\u00ff\u00fe", "x".repeat(3_000), "__proto__", "en;q=1e9,,;"];

/** Of these no address takes any; of the others each does or says which it takes. */
const STRANGE = ["TRACE", "PROPFIND", "PURGE", "MKCOL", "SEARCH"];
const OTHERS = ["PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"];

test("every page and route answers any method, TRACE and those that nothing takes with 405", async () => {
  const records = await givenRecords();
  const wrong: string[] = [];
  const visits = builtRoutes()
    .filter((route) => !route.startsWith("/_"))
    .flatMap((route, at) => {
      const others =
        isLong || route.startsWith("/api/") ? OTHERS : OTHERS.slice(at % 5).slice(0, 1);
      return [...STRANGE, ...others].map((method) => ({ route, method }));
    });
  await inTurns(visits, async ({ route, method }) => {
    const address = addressOf(route, records);
    const { status, headers, body } = await askBy(method, address, { "x-mark": "told-to-nobody" });
    const say = (what: string) => wrong.push(`${method} ${route}: ${what}`);
    if (status >= 500) say(String(status));
    if (body.includes("told-to-nobody")) say("echoed");
    if (STRANGE.includes(method) && status !== 405) say(`${status}`);
    const isProblem = headers["content-type"] === "application/problem+json; charset=utf-8";
    if (address.startsWith("/api/") && status >= 400 && method !== "HEAD" && !isProblem)
      say(`${status} as ${headers["content-type"]}`);
  });
  process.stdout.write(`${visits.length} requests by other methods\n`);
  expect(wrong).toEqual([]);
});

/** What lies beside the pages: of the repository, the build, the settings and the machine. */
const NO_PAGES = [
  ...[".git/config", ".git/HEAD", ".git/", ".gitignore", ".svn/entries", ".hg/store", ".env"],
  ...[".env.production", ".npmrc", ".DS_Store", ".data/secrets.json", ".ci/run", ".htaccess"],
  ...["package.json", "package-lock.json", "next.config.js", "proxy.ts", "deploy/nginx.conf"],
  ...["node_modules/next/package.json", ".next/BUILD_ID", ".next/server/app-paths-manifest.json"],
  ...["_next/../package.json", "_next/static/../../package.json", "_next/static/%2e%2e/BUILD_ID"],
  ...["_next/static/..%2f..%2fpackage.json", "_next/static/..%5c..%5cpackage.json"],
  ...["docs/security.md", "lib/env.ts", "etc/passwd", "server-status", "actuator/env", "debug"],
  ...["_next/image?url=%2Fetc%2Fpasswd&w=64&q=75", "_next/data/x/zh-CN.json", "app.js.map"],
];

test("no file of the repository, the build or the machine is served, by any address", async () => {
  const wrong: string[] = [];
  const addresses = NO_PAGES.flatMap((file) => [`/${file}`, `/zh-CN/${file}`, `/api/${file}`]);
  await inTurns(addresses, async (address) => {
    // As it stands: fetch would walk the dots itself.
    let answer = await askBy("GET", address);
    for (let step = 0; step < 3 && answer.headers.location; step += 1)
      answer = await askBy("GET", answer.headers.location.replace(/^https?:\/\/[^/]+/, ""));
    if (answer.status !== 404 && answer.status !== 400)
      wrong.push(`${address}: ${answer.status} ${answer.body.slice(0, 80)}`);
  });
  expect(wrong).toEqual([]);
});

const many = (count: number, line: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => line(at)).join("");
const GET = "GET /zh-CN/rights HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
const API = "GET /api/v1/inbox HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
const ODD_HEADS: [string, string][] = [
  ["a header of 20 kB", `X-Long: ${"x".repeat(20_000)}\r\n`],
  ["2,000 headers", many(2_000, (at) => `X-${at}: 1\r\n`)],
  ["a cookie of 15 kB", `Cookie: ${"a=b; ".repeat(3_000)}\r\n`],
  ["odd cookies", 'Cookie: =; ;; gaozhi-session=%ff; __proto__=1; a="\r\n'],
  ["a session that is none", `Cookie: gaozhi-session=${"x".repeat(4_000)}\r\n`],
  [
    "odd forwarded headers",
    "X-Forwarded-For: ,,:::,%\r\nX-Forwarded-Host: /\\\r\nForwarded: =\r\n",
  ],
  ["another protocol", "X-Forwarded-Proto: javascript\r\n"],
  ["an odd language", `Accept-Language: ${"zh-".repeat(900)};q=x\r\n`],
  ["parts of a page", "RSC: 1\r\nNext-Router-State-Tree: %7B\r\nNext-Url: \u00ff\r\n"],
  ["an action that is none", "Next-Action: ../../x\r\n"],
  ["an odd range", "Range: bytes=-1-,a-b\r\nIf-None-Match: W/,\r\nIf-Modified-Since: soon\r\n"],
];

test("no header is answered with a fault, however long, many or odd", async () => {
  const wrong: string[] = [];
  for (const start of [GET, API])
    for (const [what, head] of ODD_HEADS) {
      const [status, ...more] = await statusesOf(`${start}${head}\r\n`);
      if (!status || status >= 500 || more.length > 0) wrong.push(`${what}: ${status}, ${more}`);
    }
  for (const path of [`/zh-CN/${"a".repeat(14_000)}`, `/zh-CN?q=${"%41".repeat(5_000)}`]) {
    const [status] = await statusesOf(GET.replace("/zh-CN/rights", path) + "\r\n");
    if (!status || status >= 500) wrong.push(`a long address: ${status}`);
  }
  expect(wrong).toEqual([]);
});

/** A second request that is there only for who reads another end of the first. */
const HIDDEN = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
const POST = "POST /api/webhooks/resend HTTP/1.1\r\nHost: localhost\r\n";
const TWO_ENDS: [string, string][] = [
  ["both lengths", `Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${HIDDEN}`],
  ["both, in turn", `Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n${HIDDEN}`],
  ["two lengths", `Content-Length: 0\r\nContent-Length: 44\r\n\r\n${HIDDEN}`],
  ["a list of lengths", `Content-Length: 0, 44\r\n\r\n${HIDDEN}`],
  ["a length with a sign", `Content-Length: +0\r\n\r\n${HIDDEN}`],
  ["a length that is none", `Content-Length: 0x0\r\n\r\n${HIDDEN}`],
  ["a coding that is none", `Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${HIDDEN}`],
  ["chunked before another", `Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${HIDDEN}`],
  ["a space before the colon", `Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n${HIDDEN}`],
  ["a folded header", `X: y\r\n Transfer-Encoding: chunked\r\nA\r\n\r\n0\r\n\r\n${HIDDEN}`],
  ["a chunk without a size", `Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n${HIDDEN}`],
  ["a NUL in a header", `X: a\u0000b\r\nContent-Length: 0\r\n\r\n${HIDDEN}`],
];

test.describe("a request with two ends", () => {
  for (const [what, rest] of TWO_ENDS)
    test(`is refused, and what is hidden in it is not answered: ${what}`, async () => {
      expect(await statusesOf(POST + rest)).toEqual([400]);
    });
});
