import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";

import { inRoot } from "@/lib/paths";

import type { Records } from "./records";

export type Field = { name: string; value: string; isFile: boolean };

/** What a hidden field of some name holds, besides the test's records of that very name. */
const otherNames = (records: Records): Record<string, string> => ({
  noticeId: records.waitingNoticeId,
  subjectId: records.versionId,
  userId: records.ownerId,
  id: records.messageId,
  number: records.staffRequestNumber,
  link: records.ticketLink,
  request: records.requestId,
});

/**
 * The fields that an action reads, as its source says, filled in: those that it names, and those of
 * the schemas that it hands its form to. What a helper of the same file reads counts as read.
 */
export async function fieldsOf(action: string, records: Records): Promise<Field[]> {
  const { source, parts, own } = sourceOf(action);
  const read = parts.filter((part) => !part.startsWith("export ") || part === own).join("");
  const leaves = [...(await leavesRead(read, source)), ...namesRead(read)];
  return [...new Map(leaves.map((leaf) => [leaf[0], leaf])).values()].map(
    ([name, value, isFile = false]) => ({
      ...{ name, value: recordOf(name, records) ?? value, isFile },
    }),
  );
}

/** Whether an action looks at its form at all. */
export const readsForm = (action: string): boolean => /\bform\b/.test(sourceOf(action).own);

function sourceOf(action: string) {
  const [path = "", name = ""] = action.split("#");
  const file = [`${path}.ts`, `${path}.tsx`].find((one) => existsSync(inRoot(one))) ?? "";
  const source = readFileSync(inRoot(file), "utf8");
  // Each export, and each function beside them, begins at the margin.
  const parts = source.split(/^(?=export |const |(?:async )?function )/m);
  const own = parts.find((part) => part.startsWith(`export const ${name} =`)) ?? "";
  return { source, parts, own };
}

/** The fields of the schemas that a form is read by. */
async function leavesRead(read: string, source: string): Promise<Leaf[]> {
  const expressions = [...read.matchAll(/readForm\(\s*form,\s*([\w.]+)/g)].map(
    ([, one]) => one ?? "",
  );
  const schemas = await Promise.all(expressions.map((one) => schemaOf(one, source)));
  if (read.includes("readAudience(form")) schemas.push(await schemaOf("audienceInput", AUDIENCE));
  return schemas.flatMap((schema) => leavesOf(schema, ""));
}

/** The fields that are named one by one. */
function namesRead(read: string): Leaf[] {
  const named = [...read.matchAll(/(read\w+|getAll)\(\s*form,\s*"([\w.]+)"/g)];
  const got = [...read.matchAll(/form\.get(?:All)?\("(\w+)"/g)];
  return [
    ...named.map(([, kind = "", name = ""]): Leaf => [name, "a", kind.includes("File")]),
    ...got.map(([, name = ""]): Leaf => [name, "a"]),
    ...Object.entries(READERS).flatMap(([call, names]) =>
      read.includes(`${call}(form`)
        ? names.map((name): Leaf => [name, "zh-CN", /file$/i.test(name)])
        : [],
    ),
  ];
}

const AUDIENCE = 'import { audienceInput } from "@/domain/incidents/input";';

/** What the readers of server/form-files.ts and server/read-form.ts look for by themselves. */
const READERS: Record<string, string[]> = {
  readLocale: ["locale"],
  readIntent: ["intent"],
  readImport: ["versionId", "revision", "textLocale", "file"],
  readManifestForm: ["versionId", "revision", "textLocale", "rows", "file"],
  readAudience: ["namedFile", "excludedFile"],
  readOldVersion: [
    ...["documentId", "label", "publishedOn", "effectiveDate", "provenance", "changes"],
    ...["files.zh-CN", "files.en"],
  ],
};

function recordOf(name: string, records: Records): string | undefined {
  const values: Record<string, unknown> = { ...records, ...otherNames(records) };
  const value = values[name];
  return typeof value === "string" ? value : undefined;
}

/** A schema by how an action names it: "saveMember.input", "draftInput", "saveStep.input.shape.answer". */
async function schemaOf(expression: string, source: string): Promise<unknown> {
  const [name = "", ...parts] = expression.split(".");
  const from = [...source.matchAll(/import (?:type )?\{([^}]*)\} from "(@\/domain\/[^"]+)"/g)].find(
    ([, names]) => new RegExp(`\\b${name}\\b`).test(names ?? ""),
  )?.[2];
  if (!from) return undefined;
  const room = (await import(inRoot(`${from.slice(2)}.ts`))) as Record<string, unknown>;
  return parts
    .filter((part) => ["input", "shape", "answer"].includes(part))
    .reduce<unknown>(
      (value, part) => (value as Record<string, unknown>)[part] ?? value,
      room[name],
    );
}

type Leaf = [name: string, value: string, isFile?: boolean];
const below = (name: string, key: string) => (name ? `${name}.${key}` : key);

/** The fields of a schema, as server/read-form.ts names them, with a value that each would take. */
function leavesOf(schema: unknown, name: string): Leaf[] {
  const inside = unwrapped(schema);
  if (inside !== schema) return leavesOf(inside, name);
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape).flatMap(([key, part]) => leavesOf(part, below(name, key)));
  if (schema instanceof z.ZodRecord) {
    const keys = schema.keyType instanceof z.ZodEnum ? schema.keyType.options : [];
    return keys.flatMap((key) => leavesOf(schema.valueType, below(name, String(key))));
  }
  if (schema instanceof z.ZodArray) {
    const isRow = schema.element instanceof z.ZodObject || schema.element instanceof z.ZodRecord;
    return leavesOf(schema.element, isRow ? below(name, "0") : name);
  }
  return schema instanceof z.ZodDiscriminatedUnion
    ? schema.options.flatMap((option) => leavesOf(option, name))
    : [[name, valueFor(schema)]];
}

function unwrapped(schema: unknown): unknown {
  if (schema instanceof z.ZodPipe) return schema.in;
  const isWrapped =
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault;
  return isWrapped ? schema.unwrap() : schema;
}

function valueFor(schema: unknown): string {
  if (schema instanceof z.ZodEnum) return String(schema.options[0]);
  if (schema instanceof z.ZodLiteral) return String(schema.values.values().next().value);
  if (schema instanceof z.ZodBoolean) return "yes";
  if (schema instanceof z.ZodNumber) return "1";
  if (schema instanceof z.ZodUUID) return "00000000-0000-4000-8000-000000000001";
  if (schema instanceof z.ZodEmail) return "somebody-else@luming.example";
  return "2026-12-24";
}
