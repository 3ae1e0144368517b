import { type Column, getTableColumns, getTableName, isTable } from "drizzle-orm";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

import * as schema from "@/db/schema";
import { ENV_VARIABLES } from "@/lib/env";
import { inRoot } from "@/lib/paths";

import { readSources } from "./small-files";

/** What docs/security.md lists is whole: a new table, key or use of cryptography asks for its line. */
const PAGE = readFileSync(inRoot("docs/security.md"), "utf8");
const part = (title: string): string =>
  PAGE.split("\n## ").find((one) => one.startsWith(`${title}\n`)) ?? "";
const namesIn = (text: string): string[] =>
  [...text.matchAll(/`([^`]+)`/g)].flatMap(([, name]) => name ?? []);

/** The tables of a class, or of all. */
const tablesOf = (name?: "sealed" | "secret"): string[] =>
  part("What is held, by class")
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .filter((line) => !name || line.split("|")[2]?.trim() === name)
    .flatMap((line) => namesIn(line.split("|")[1] ?? ""));

test("every table of the database stands in one class, and no other does", () => {
  const rows = tablesOf();
  const tables = Object.values(schema).filter((one) => isTable(one));

  expect(rows.toSorted()).toEqual(tables.map((table) => getTableName(table)).toSorted());
});

/** What stands in the clear in a table whose class says that it is sealed, or that it opens a door. */
const IN_THE_CLEAR: Record<string, readonly string[]> = {
  requests: ["number", "app_name", "named_sdk_app_id", "ticket_number", "receipt_number"],
  request_drafts: ["ticket_number"],
  request_files: ["name", "media_type", "sha256"],
  request_decisions: ["paragraphs", "bases", "review_note"],
  request_receipts: ["number", "facts", "facts_hash"],
  disposals: ["hold_text", "executor", "method", "result"],
  retention_holds: ["request_number", "words"],
  sessions: ["token_hash", "device", "network", "browser_hash", "challenge"],
  factors: ["name", "credential_id", "public_key", "transports"],
  recovery_codes: ["code_hash"],
  api_tokens: ["name", "token_hash", "hint", "scopes"],
  ticket_links: [
    ...["ticket_number", "created_by", "idempotency_key", "body_hash"],
    ...["bound_to", "revoked_by", "leads_to"],
  ],
};

test("a table keeps in the clear only what its class lets: a new word of people is sealed, a new secret hashed", () => {
  const kept = (["sealed", "secret"] as const).flatMap((name) => tablesOf(name));
  const found = kept.map((name) => {
    const table = Object.values(schema)
      .filter((one) => isTable(one))
      .find((one) => getTableName(one) === name);
    const columns = Object.values(table ? getTableColumns(table) : {});
    return [name, columns.filter(holdsWords).map((column) => nameOf(column))] as const;
  });
  expect(Object.fromEntries(found.filter(([, words]) => words.length > 0))).toEqual(IN_THE_CLEAR);
});

/** A column in which any words may stand, as opposed to one of a closed list. */
const holdsWords = (column: Column): boolean =>
  /^(?:text|jsonb?)\b/.test(column.getSQLType()) && !column.enumValues?.length;

const nameOf = ({ name }: Column): string =>
  name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

test("every file that uses cryptography stands beside its algorithm", () => {
  const files = [...readSources()]
    .filter(([file, text]) => !/^(?:scripts|stand-ins)\//.test(file) && usesCryptography(text))
    .map(([file]) => file);
  const told = namesIn(part("Algorithms")).filter((name) => name.endsWith(".ts"));

  expect(files.length).toBeGreaterThan(10);
  expect([...new Set(told)].toSorted()).toEqual(files.toSorted());
});

test("every secret of the settings is told as a key, with how it is changed", () => {
  const secrets = ENV_VARIABLES.map(({ name }) => name).filter((name) => /SECRET|KEY/.test(name));
  const told = namesIn(part("Keys")).filter((name) => /^[A-Z_]+$/.test(name));

  expect(told.filter((name) => name !== "DATA_DIR")).toEqual(expect.arrayContaining(secrets));
});

test("the product starts no program; only what launches and tests it does", () => {
  const starting = using(/from "(?:node:)?child_process"/);
  expect(starting).toEqual([]);
});

test("an expression is never made of what somebody gave", () => {
  // Each is put together of constants beside it.
  expect(using(/\bRegExp\(/)).toEqual([
    "domain/accounts/input.ts",
    "lib/csv-lines.ts",
    "text/legal-numbering.ts",
  ]);
});

test("nothing listens to messages of other windows; threads of our own alone are spoken with", () => {
  expect(using(/addEventListener\(\s*["']message|\bonmessage\b|\.on\(\s*["']message/)).toEqual([
    "lib/thread-pool.ts",
    "text/thread.ts",
  ]);
});

test("what a process says goes to its logger; to files it writes the keys of an installation alone", () => {
  expect(using(/\bconsole\.\w+\(/)).toEqual([]);
  expect(
    using(/\b(?:process\.std(?:out|err)|createWriteStream|(?:write|append)File(?:Sync)?)\b/),
  ).toEqual(["jobs/run.ts", "lib/record-key.ts", "lib/secrets.ts"]);
  expect(using(/from "pino"/)).toEqual(["lib/log.ts"]);
});

/** Ids and types aside. */
const usesCryptography = (source: string): boolean =>
  source.includes('from "otpauth"') ||
  [...source.matchAll(/import \{([^}]*)\} from "node:crypto"/g)]
    .flatMap(([, names = ""]) => names.split(","))
    .some((name) => !/^\s*(?:randomUUID|type \w+)?\s*$/.test(name));

const using = (pattern: RegExp): string[] =>
  [...readSources()]
    .filter(([file, text]) => !/^(?:scripts|stand-ins)\//.test(file) && pattern.test(text))
    .map(([file]) => file)
    .toSorted();
