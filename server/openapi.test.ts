import { readdirSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";

import { db } from "@/db/client";
import { products } from "@/db/schema";
import { TOKEN_SCOPES } from "@/db/vocabulary/tickets";
import { env, provide } from "@/lib/env";
import { givenPerson } from "@/tests/support/people";
import { givenApproved, givenDesk } from "@/tests/support/policies";
import { givenToken } from "@/tests/support/tickets";
import { signConsoleToken } from "@/stand-ins/console/token";

import { getAccount, putAccountCall } from "./account-api";
import { getSync, postSync } from "./account-sync-api";
import { DOCUMENTED, type OperationName, OPERATIONS } from "./api-operations";
import { getCompliance } from "./compliance-api";
import { inboxRoute } from "./inbox-api";
import { getManifest } from "./manifest-api";
import { bodyFields, getOpenApi, openApiDocument } from "./openapi";
import { deleteTicketLink, postTicketLink } from "./ticket-link-api";

type Handler = (request: Request, route: { params: Promise<never> }) => Promise<Response>;
const HANDLERS: Record<OperationName, Handler> = {
  postTicketLink,
  deleteTicketLink,
  getAccount,
  putAccount: putAccountCall,
  postSync,
  getSync,
  getInbox: inboxRoute({ title: () => "标题", kind: () => "种类" }),
  getManifest,
  getCompliance,
};

const documented = z.looseObject({
  operationId: z.string(),
  parameters: z.array(z.object({ in: z.string(), name: z.string(), example: z.string() })),
  requestBody: z
    .object({
      content: z.record(z.string(), z.object({ schema: z.looseObject({}), example: z.unknown() })),
    })
    .optional(),
  responses: z.record(
    z.string(),
    z.object({
      headers: z.record(z.string(), z.unknown()).optional(),
      content: z.record(z.string(), z.object({ schema: z.looseObject({}) })).optional(),
    }),
  ),
});
const whole = z.object({ paths: z.record(z.string(), z.record(z.string(), documented)) });

let token = "";
let consoleToken = "";
const made: Record<string, string> = {};
const LISTED = "| 信息 | 目的 |\n|---|---|\n| **精确位置** | 发送位置消息 |\n";
beforeAll(async () => {
  ({ token } = await givenToken({ scopes: [...TOKEN_SCOPES] }));
  const key = "a-key-of-the-console-that-is-long-enough";
  provide({ CONSOLE_KEY: key });
  const { email } = await givenPerson("江映雪");
  consoleToken = signConsoleToken(email, { key, audience: env().APP_ORIGIN, now: new Date() });
  const product = { slug: "im", nameZh: "即时通信", nameEn: "Instant Messaging" };
  await db.insert(products).values(product).onConflictDoNothing();
  const desk = await givenDesk();
  await givenApproved(desk, { label: "3.1" });
  await givenApproved(desk, { label: "3.2", effectiveDate: "2026-04-01", text: LISTED });
  Object.assign(made, { slug: desk.slug });
});

const operations = () => {
  // What is served, not what it was made of.
  const { paths } = whole.parse(JSON.parse(JSON.stringify(openApiDocument("en"))));
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
  );
};
type Operation = ReturnType<typeof operations>[number];

/** Calls an operation by what the document says of it, and nothing else. */
async function call({ path, method, parameters, requestBody, operationId }: Operation, as = token) {
  const of = (place: string) =>
    parameters.flatMap(({ in: where, name, example }) =>
      where === place && name !== "If-Match" ? [[name, made[name] ?? example] as const] : [],
    );
  const values = Object.fromEntries(of("path"));
  const headers = new Headers([
    ...of("header"),
    ...(as ? [["authorization", `Bearer ${as}`]] : []),
  ] as [string, string][]);
  for (const mediaType of Object.keys(requestBody?.content ?? {}))
    headers.set("content-type", mediaType);
  const [content] = Object.values(requestBody?.content ?? {});
  const address = path.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "");
  const request = new Request(
    `http://localhost${address}?${new URLSearchParams(of("query").map(([name, value]) => [name, value]))}`,
    {
      ...{ method: method.toUpperCase(), headers },
      ...(content && { body: JSON.stringify(content.example) }),
    },
  );
  const handler = HANDLERS[operationId as OperationName];
  return handler(request, { params: Promise.resolve(values as never) });
}

/** @throws where the answer is not what the document says */
async function check({ operationId, responses }: Operation, response: Response): Promise<unknown> {
  const said = responses[String(response.status)];
  if (!said) throw new Error(`${operationId}: ${response.status} is not documented`);
  const text = await response.text();
  const [mediaType = "", { schema } = { schema: {} }] = Object.entries(said.content ?? {})[0] ?? [];
  expect(response.headers.get("content-type") ?? "").toContain(mediaType);
  const problem = openApiDocument("en").components as { schemas: { Problem: object } };
  const wanted = "$ref" in schema ? problem.schemas.Problem : schema;
  return z.fromJSONSchema(wanted as never).parse(JSON.parse(text));
}

/** What was made is asked for by the calls after it, until it is gone. */
function remember({ method }: Operation, { id }: { id?: string }): void {
  if (method === "delete") delete made.id;
  else if (id) made.id = id;
}

describe("OpenAPI 3.1 of /api/v1", () => {
  test("every operation, called as documented, answers as documented, also where it refuses", async () => {
    const order: string[] = [
      "postTicketLink",
      "deleteTicketLink",
      "putAccount",
      "getAccount",
      "getCompliance",
      "postSync",
      "getSync",
      "getInbox",
      "getManifest",
    ];
    const all = operations().sort(
      (one, other) => order.indexOf(one.operationId) - order.indexOf(other.operationId),
    );
    expect(all.map(({ operationId }) => operationId)).toEqual(order);
    for (const operation of all) {
      const response = await call(
        operation,
        operation.operationId === "getInbox" ? consoleToken : token,
      );
      expect(response.status, operation.operationId).toBeLessThan(300);
      const said = operation.responses[String(response.status)];
      const { open } = DOCUMENTED[operation.operationId as OperationName];
      const isCounted = !open && operation.operationId !== "getInbox";
      const counted = isCounted ? ["RateLimit", "RateLimit-Policy"] : [];
      for (const name of counted) {
        expect(Object.keys(said?.headers ?? {})).toContain(name);
        expect(response.headers.get(name)).toBeTruthy();
      }
      const answer = (await check(operation, response)) as { id?: string };
      remember(operation, answer);
      if (open) continue;
      const refused = await call(operation, "");
      expect(refused.status).toBe(401);
      await check(operation, refused);
    }
  });

  test("P08: the lists of a version are told to anybody, with what became of them, and nothing of a draft", async () => {
    const ask = async (version: string, query = "") =>
      getManifest(new Request(`http://localhost/?${query}`), {
        params: Promise.resolve({ slug: made.slug ?? "", version }),
      });
    expect(await (await ask("3.2", "locale=zh-CN")).json()).toMatchObject({
      ...{ language: "zh-CN", binding: true, source: "text", since: "3.1" },
      information: [{ name: "精确位置", purpose: "发送位置消息", sensitive: true, plan: "" }],
      changes: [{ part: "information", kind: "added", name: "精确位置" }],
    });
    expect(await (await ask("3.1")).json()).toMatchObject({ source: null, information: [] });
    for (const [version, query] of [["9.9"], ["3.2", "since=9.9"]] as const)
      expect((await ask(version, query)).status).toBe(404);
  });

  test("every route of /api/v1 is told, and nothing that is not there", () => {
    const routes = readdirSync("app/api/v1", { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith("route.ts"))
      .map((name) => `/api/v1/${name.replace(/\/route\.ts$/, "").replaceAll(/\[(\w+)\]/g, "{$1}")}`)
      .filter((path) => !path.endsWith("openapi.json"));
    expect([...new Set(OPERATIONS.map((name) => DOCUMENTED[name].path))].sort()).toEqual(
      routes.sort(),
    );
  });

  test("it is served in the language asked for, and its fields can be listed", async () => {
    const served = async (language: string) => {
      const headers = { "accept-language": language };
      const response = await getOpenApi(new Request("http://localhost/", { headers }));
      return JSON.stringify(await response.json());
    };
    expect(await served("en")).toContain("Sync one account");
    expect(await served("zh-CN")).toContain("同步一个账号");
    const fields = bodyFields(DOCUMENTED.putAccount.body?.schema ?? z.never());
    expect(fields).toContainEqual({ field: "revision", kind: "integer", required: true });
    expect(fields.map(({ field }) => field)).toContain("apps[].platforms.*.sdkVersion");
  });
});
