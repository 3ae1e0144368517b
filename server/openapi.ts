import "server-only";
import { z } from "zod";

import type { Locale } from "@/db/vocabulary/languages";
import { env } from "@/lib/env";
import { translator } from "@/messages/translator";

import {
  DOCUMENTED,
  type DocumentedOperation,
  type OperationName,
  OPERATIONS,
  problemBody,
  refusalsOf,
} from "./api-operations";
import { preferredLocale, type ProblemCode, PROBLEMS } from "./problem";

type Json = Record<string, unknown>;
const RATE_HEADERS = ["RateLimit", "RateLimit-Policy"];

/** The interface as OpenAPI 3.1 has it, made of the schemas that judge each call. */
export function openApiDocument(locale: Locale): Json {
  const t = translator(locale, "api");
  const paths: Record<string, Json> = {};
  for (const name of OPERATIONS) {
    const { path, method } = DOCUMENTED[name];
    paths[path] = { ...paths[path], [method]: operationOf(name, locale) };
  }
  return {
    openapi: "3.1.0",
    info: { title: t("page.title"), description: t("page.lead"), version: "1" },
    servers: [{ url: env().APP_ORIGIN }],
    paths,
    components: {
      securitySchemes: {
        token: { type: "http", scheme: "bearer", description: t("page.token") },
        console: {
          ...{ type: "http", scheme: "bearer", bearerFormat: "JWT" },
          description: t("page.console"),
        },
      },
      schemas: { Problem: schemaOf(problemBody, "output") },
    },
  };
}

export async function getOpenApi(request: Request): Promise<Response> {
  const locale = preferredLocale(request);
  return Response.json(openApiDocument(locale), {
    headers: {
      "Content-Language": locale,
      "Cache-Control": "public, max-age=300",
      Vary: "Accept-Language",
    },
  });
}

function operationOf(name: OperationName, locale: Locale): Json {
  const t = translator(locale, "api");
  const { open, scopes, parameters, body } = DOCUMENTED[name];
  return {
    operationId: name,
    summary: t(`operation.${name}.title`),
    description: t(`operation.${name}.text`),
    security: open ? [] : [{ [scopes.length > 0 ? "token" : "console"]: [] }],
    "x-scopes": scopes,
    parameters: parameters.map(({ in: place, name: parameter, example }) => ({
      ...{ in: place, name: parameter, required: place === "path", example },
      schema: { type: "string" },
    })),
    ...(body && {
      requestBody: {
        required: true,
        content: {
          [body.mediaType]: { schema: schemaOf(body.schema, "input"), example: body.example },
        },
      },
    }),
    responses: responsesOf(DOCUMENTED[name], locale),
  };
}

function responsesOf(documented: DocumentedOperation, locale: Locale): Json {
  const { answers, open } = documented;
  const t = translator(locale, "api");
  const responses: Json = {};
  for (const [status, { schema, headers = [] }] of Object.entries(answers))
    responses[status] = {
      description: t("page.answer"),
      headers: headersOf([...headers, ...(open ? [] : RATE_HEADERS)]),
      ...(schema && { content: { "application/json": { schema: schemaOf(schema, "output") } } }),
    };
  for (const [status, codes] of byStatus(refusalsOf(documented)))
    responses[status] = {
      description: codes.map((code) => `${code}: ${t(`title.${code}`)}`).join("; "),
      content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
    };
  return responses;
}

function byStatus(codes: readonly ProblemCode[]): Map<number, ProblemCode[]> {
  const found = new Map<number, ProblemCode[]>();
  for (const code of codes) found.set(PROBLEMS[code], [...(found.get(PROBLEMS[code]) ?? []), code]);
  return found;
}

const headersOf = (names: readonly string[]): Json =>
  Object.fromEntries(names.map((name) => [name, { schema: { type: "string" } }]));

function schemaOf(schema: z.ZodType, io: "input" | "output"): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return rest;
}

type Field = { field: string; kind: string; required: boolean };

/** The fields of a body, those within named by their path: "apps[].platforms.android.sdkVersion". */
export function bodyFields(schema: z.ZodType): Field[] {
  const fields = new Map<string, Field>();
  collect(schemaOf(schema, "input"), "", fields);
  return [...fields.values()];
}

function collect(schema: Json, path: string, fields: Map<string, Field>): void {
  for (const one of branches(schema)) collect(one, path, fields);
  const required = list(schema.required);
  for (const [name, value] of Object.entries(record(schema.properties))) {
    const field = path ? `${path}.${name}` : name;
    const within = record(value);
    if (!fields.has(field))
      fields.set(field, { field, kind: kindOf(within), required: required.includes(name) });
    collect(within, field, fields);
  }
  const rows = record(schema.items);
  if (Object.keys(rows).length > 0) collect(rows, `${path}[]`, fields);
  const each = record(schema.additionalProperties);
  if (Object.keys(each).length > 0) collect(each, `${path}.*`, fields);
}

const branches = ({ anyOf, oneOf, allOf }: Json): Json[] =>
  [...list(anyOf), ...list(oneOf), ...list(allOf)].map(record);

function kindOf(schema: Json): string {
  if (Array.isArray(schema.enum)) return schema.enum.map(String).join(" | ");
  if (schema.const !== undefined) return String(schema.const);
  if (typeof schema.type === "string") return schema.type;
  return [...new Set(branches(schema).map(kindOf))].join(" | ");
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const record = (value: unknown): Json =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
