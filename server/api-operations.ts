import { z } from "zod";

import { SYNC_STATES } from "@/db/vocabulary/accounts";
import { FOLLOW_KINDS } from "@/db/vocabulary/incidents";
import { LOCALES } from "@/db/vocabulary/languages";
import { ASK_STATES, VERSION_STATUSES } from "@/db/vocabulary/policies";
import { TICKET_PURPOSES, type TokenScope } from "@/db/vocabulary/tickets";
import { accountState } from "@/domain/accounts/find-synced";
import { syncedAccount, syncedLine } from "@/domain/accounts/sync-input";
import { appIncident } from "@/domain/incidents/app-incidents";
import { ticketLinkInput } from "@/domain/tickets/input";
import { MANIFEST_FIELDS, MANIFEST_PARTS, REGISTER_ROLES } from "@/text/manifest-words";

import type { ProblemCode } from "./problem";

export const OPERATIONS = [
  "postTicketLink",
  "deleteTicketLink",
  "getAccount",
  "putAccount",
  "postSync",
  "getSync",
  "getInbox",
  "getManifest",
  "getCompliance",
] as const;
export type OperationName = (typeof OPERATIONS)[number];

export type DocumentedOperation = {
  method: "get" | "put" | "post" | "delete";
  path: string;
  /** Whether anybody may call it, without a token, as often as they read pages. */
  open?: true;
  /** What the token must be allowed to; empty where the console's own short-lived token opens it. */
  scopes: readonly TokenScope[];
  /** Names of the parameters in the path, of the query and of headers besides Authorization. */
  parameters: readonly { in: "path" | "query" | "header"; name: string; example: string }[];
  body?: { mediaType: string; schema: z.ZodType; example: unknown };
  answers: Readonly<Record<number, { schema?: z.ZodType; headers?: readonly string[] }>>;
  refusals: readonly ProblemCode[];
};

const uin = { in: "path", name: "uin", example: "100000000001" } as const;
const linkId = {
  in: "path",
  name: "id",
  example: "6f1c2a90-6f0e-4d3b-9c57-3a4e0c1b7d21",
} as const;
const key = { in: "header", name: "Idempotency-Key", example: "nightly-2026-11-29" } as const;

const complianceState = z.object({
  app: z.object({ sdkAppId: z.string(), name: z.string(), product: z.string() }),
  /** False while an ask is overdue or disagreed with, or required advice of an incident is open. */
  passes: z.boolean(),
  failures: z.array(z.string()),
  documents: z.array(
    z.object({
      document: z.string(),
      inForce: z.string().nullable(),
      accepted: z.string().nullable(),
    }),
  ),
  asks: z.array(
    z.object({
      document: z.string(),
      label: z.string(),
      state: z.enum(ASK_STATES),
      effectiveAt: z.string(),
      url: z.string(),
    }),
  ),
  incidents: z.array(appIncident.extend({ url: z.string() })),
});
export type ComplianceState = z.output<typeof complianceState>;

const account = {
  revision: 12,
  ...{ name: "轻语科技", homeRegion: "cn" },
  members: [{ email: "owner@qingyu.example", name: "江映雪", role: "owner" }],
  apps: [
    {
      ...{ sdkAppId: "1400001287", name: "轻语", product: "im", region: "cn" },
      platforms: { android: { sdkVersion: "8.1.0", lastSeen: "2026-11-20T08:00:00Z" } },
    },
  ],
};

const syncState = z.object({
  id: z.string(),
  state: z.enum(SYNC_STATES),
  dryRun: z.boolean(),
  lines: z.int(),
  linesDone: z.int(),
  added: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  problemCount: z.int(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
  problems: z.array(
    z.object({ line: z.int(), uin: z.string(), pointer: z.string(), detail: z.string() }),
  ),
});

const shownMessage = z.object({
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  href: z.string(),
});
const inboxState = z.object({
  unread: z.int(),
  messages: z.array(
    shownMessage.extend({
      ...{ createdAt: z.string(), unread: z.boolean() },
      /** What has corrected the announcement that it tells of, added to it or ended it. */
      followedBy: z.array(z.enum(FOLLOW_KINDS)),
    }),
  ),
  popup: shownMessage.nullable(),
  href: z.string(),
});
export type InboxState = z.infer<typeof inboxState>;

const rowOf = <Field extends string>(fields: readonly Field[]) =>
  z.object({
    ...(Object.fromEntries(fields.map((field) => [field, z.string()])) as Record<
      Field,
      z.ZodString
    >),
    sensitive: z.boolean(),
  });
const manifestState = z.object({
  document: z.object({ slug: z.string(), title: z.string() }),
  version: z.object({
    ...{ label: z.string(), status: z.enum(VERSION_STATUSES) },
    ...{ effectiveAt: z.string().nullable(), contentHash: z.string().nullable() },
  }),
  language: z.enum(LOCALES),
  binding: z.boolean(),
  /** The tables of the text, or entered beside it; null where there are no lists. */
  source: z.enum(["text", "entered"]).nullable(),
  information: z.array(rowOf(MANIFEST_FIELDS.information)),
  permissions: z.array(rowOf(MANIFEST_FIELDS.permissions)),
  register: z.array(rowOf(MANIFEST_FIELDS.register).extend({ role: z.enum(REGISTER_ROLES) })),
  since: z.string().nullable(),
  changes: z.array(
    z.object({
      part: z.enum(MANIFEST_PARTS),
      kind: z.enum(["added", "removed", "changed"]),
      ...{ name: z.string(), role: z.string(), sensitive: z.boolean() },
      fields: z.array(z.object({ field: z.string(), before: z.string(), after: z.string() })),
    }),
  ),
  url: z.string(),
});
export type ManifestState = z.infer<typeof manifestState>;

/** What a refusal says, as RFC 9457 has it (server/problem.ts). */
export const problemBody = z.object({
  type: z.literal("about:blank"),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
});

/** Every call of the interface, told by the very schemas that judge it. */
export const DOCUMENTED: Readonly<Record<OperationName, DocumentedOperation>> = {
  postTicketLink: {
    ...{ method: "post", path: "/api/v1/ticket-links", scopes: ["ticket_links"] },
    parameters: [key],
    body: {
      mediaType: "application/json",
      schema: ticketLinkInput,
      example: {
        ...{ ticketNumber: "T-2026-004711", purpose: "file_request", locale: "zh-CN" },
        prefill: { type: "delete", appName: "轻语", sdkAppId: "1400001287" },
      },
    },
    answers: {
      201: {
        schema: z.object({
          id: z.string(),
          ticketNumber: z.string(),
          purpose: z.enum(TICKET_PURPOSES),
          url: z.string(),
          expiresAt: z.string(),
        }),
        headers: ["Idempotency-Replayed"],
      },
    },
    refusals: [
      "malformed",
      "idempotency_key_used",
      "too_large",
      "unsupported_media_type",
      "invalid",
    ],
  },
  deleteTicketLink: {
    ...{ method: "delete", path: "/api/v1/ticket-links/{id}", scopes: ["ticket_links"] },
    parameters: [linkId],
    answers: { 200: { schema: z.object({ id: z.string(), revokedAt: z.string() }) } },
    refusals: ["not_found"],
  },
  getAccount: {
    ...{
      method: "get",
      path: "/api/v1/accounts/{uin}",
      scopes: ["accounts_read", "accounts_write"],
    },
    parameters: [uin, { in: "header", name: "If-None-Match", example: '"0"' }],
    answers: { 200: { schema: accountState, headers: ["ETag"] }, 304: { headers: ["ETag"] } },
    refusals: ["not_found", "invalid"],
  },
  putAccount: {
    ...{ method: "put", path: "/api/v1/accounts/{uin}", scopes: ["accounts_write"] },
    parameters: [uin, { in: "header", name: "If-Match", example: "*" }],
    body: { mediaType: "application/json", schema: syncedAccount, example: account },
    answers: {
      200: { schema: accountState, headers: ["ETag"] },
      201: { schema: accountState, headers: ["ETag"] },
    },
    refusals: [
      ...(["malformed", "not_found", "conflict", "precondition_failed"] as const),
      ...(["too_large", "unsupported_media_type", "invalid"] as const),
    ],
  },
  postSync: {
    ...{ method: "post", path: "/api/v1/account-syncs", scopes: ["accounts_write"] },
    parameters: [{ in: "query", name: "dryRun", example: "true" }, key],
    body: {
      mediaType: "application/x-ndjson",
      schema: syncedLine,
      example: { uin: "100000000001", ...account },
    },
    answers: { 202: { schema: syncState, headers: ["Location", "Idempotency-Replayed"] } },
    refusals: [
      ...(["malformed", "conflict", "idempotency_key_used"] as const),
      ...(["too_large", "unsupported_media_type"] as const),
    ],
  },
  getSync: {
    ...{ method: "get", path: "/api/v1/account-syncs/{id}" },
    scopes: ["accounts_read", "accounts_write"],
    parameters: [{ in: "path", name: "id", example: "6f1c7d1e-0000-4000-8000-000000000000" }],
    answers: { 200: { schema: syncState } },
    refusals: ["not_found"],
  },
  getInbox: {
    ...{ method: "get", path: "/api/v1/inbox", scopes: [] },
    parameters: [{ in: "query", name: "locale", example: "zh-CN" }],
    answers: { 200: { schema: inboxState } },
    refusals: [],
  },
  getCompliance: {
    ...{ method: "get", path: "/api/v1/apps/{id}/compliance", scopes: ["compliance_read"] },
    parameters: [
      { in: "path", name: "id", example: "1400001287" },
      { in: "header", name: "If-None-Match", example: '"0"' },
    ],
    answers: { 200: { schema: complianceState, headers: ["ETag"] }, 304: { headers: ["ETag"] } },
    refusals: ["not_found"],
  },
  getManifest: {
    ...{ method: "get", path: "/api/v1/policies/{slug}/versions/{version}/manifest" },
    ...{ open: true, scopes: [] },
    parameters: [
      { in: "path", name: "slug", example: "im-privacy-guide" },
      { in: "path", name: "version", example: "3.2" },
      { in: "query", name: "locale", example: "zh-CN" },
      { in: "query", name: "since", example: "3.1" },
    ],
    answers: { 200: { schema: manifestState } },
    refusals: ["not_found"],
  },
};

/** All that a call may be refused with; a console's token has no permissions. */
export const refusalsOf = ({ open, scopes, refusals }: DocumentedOperation): ProblemCode[] => [
  ...(open ? [] : (["unauthorized", "rate_limited"] as const)),
  ...(["internal", "unavailable"] as const),
  ...(scopes.length > 0 ? (["forbidden"] as const) : []),
  ...refusals,
];
