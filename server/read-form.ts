import "server-only";
import { z } from "zod";

import { LOCALES, type Locale } from "@/db/vocabulary/languages";

/**
 * A form as a verb's own schema takes it (docs/decisions/013): each key of the schema is the field of
 * that name, nested ones joined by dots ("text.en", "measures.2.state"), rows of a list by their
 * numbers. What is left empty is absent where the schema says optional and null where it says
 * nullable; anything else is handed on as it was sent, for the schema to refuse. Files are read apart
 * (`readFile`), and so is what the form must not decide.
 */
export function readForm<Schema extends z.ZodType>(
  form: FormData,
  schema: Schema,
): z.input<Schema> {
  // Whether it is one, only the schema can tell: the verb parses it before anything else.
  return read(form, schema, "") as z.input<Schema>;
}

/** A field's text; "" where it is missing or a file. */
export function readText(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}

/** A choice as it was sent: the verb's schema, whose input type asks for it, refuses what is none. */
export function readChoice<Choice extends string>(form: FormData, name: string): Choice {
  return readText(form, name) as Choice;
}

/** Whether a box was ticked, or "yes" chosen. */
export const readBox = (form: FormData, name: string): boolean =>
  !["", "no"].includes(form.has(name) ? readText(form, name) : "");

/** The language of the page a form was sent from. */
export function readLocale(form: FormData): Locale {
  const given = readText(form, "locale");
  return LOCALES.find((locale) => locale === given) ?? "zh-CN";
}

/** What the pressed button wants: "save" unless it says otherwise. */
export const readIntent = (form: FormData): "save" | "submit" =>
  readText(form, "intent") === "submit" ? "submit" : "save";

function read(form: FormData, schema: z.core.$ZodType, name: string): unknown {
  if (schema instanceof z.ZodObject) return readObject(form, schema, name);
  if (schema instanceof z.ZodRecord) return readRecord(form, schema, name);
  if (schema instanceof z.ZodArray) return readArray(form, schema, name);
  if (schema instanceof z.ZodDiscriminatedUnion) return readVariant(form, schema, name);
  if (schema instanceof z.ZodBoolean) return readBox(form, name);
  return readWrapped(form, schema, name);
}

function readWrapped(form: FormData, schema: z.core.$ZodType, name: string): unknown {
  if (schema instanceof z.ZodNullable)
    return unlessBlank(read(form, schema.unwrap(), name)) ?? null;
  if (schema instanceof z.ZodOptional) return unlessBlank(read(form, schema.unwrap(), name));
  if (schema instanceof z.ZodDefault)
    return isGiven(form, name) ? read(form, schema.unwrap(), name) : undefined;
  if (schema instanceof z.ZodPipe) return read(form, schema.in, name);
  return readText(form, name);
}

/** Nothing but space is nothing. */
const unlessBlank = (value: unknown): unknown =>
  typeof value === "string" && value.trim() === "" ? undefined : value;

const isGiven = (form: FormData, name: string): boolean =>
  [...form.keys()].some((key) => key === name || key.startsWith(`${name}.`));

const below = (name: string, key: string): string => (name ? `${name}.${key}` : key);

function readObject(form: FormData, { shape }: z.ZodObject, name: string): unknown {
  const fields = Object.entries(shape).map(
    ([key, schema]) => [key, read(form, schema, below(name, key))] as const,
  );
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
}

/** One value per member of a closed list; those left empty are absent, so that an empty text is no translation. */
function readRecord(form: FormData, schema: z.ZodRecord, name: string): unknown {
  const keys = schema.keyType instanceof z.ZodEnum ? schema.keyType.options.map(String) : [];
  const fields = keys
    .filter((key) => isGiven(form, below(name, key)))
    .filter((key) => !form.has(below(name, key)) || unlessBlank(readText(form, below(name, key))))
    .map((key) => [key, read(form, schema.valueType, below(name, key))] as const);
  return Object.fromEntries(fields);
}

/** The boxes ticked, or the rows of a list in the order of their numbers. */
function readArray(form: FormData, { element }: z.ZodArray, name: string): unknown {
  if (!(element instanceof z.ZodObject || element instanceof z.ZodRecord))
    return form.getAll(name).filter((value) => typeof value === "string");
  const numbers = new Set(
    [...form.keys()].flatMap((key) =>
      key.startsWith(`${name}.`)
        ? (/^(\d{1,6})\./.exec(key.slice(name.length + 1))?.[1] ?? [])
        : [],
    ),
  );
  const rows = [...numbers]
    .sort((one, other) => Number(one) - Number(other))
    .map((number) => read(form, element, below(name, number)));
  return afterRowButton(rows, readText(form, "intent"), {
    name,
    empty: read(new FormData(), element, ""),
  });
}

/**
 * Without JavaScript the row buttons reach the server as the form's intent ("measures.add",
 * "measures.remove.2", "measures.up.2") and are followed here.
 */
function afterRowButton<Row>(rows: Row[], intent: string, list: { name: string; empty: Row }) {
  if (!intent.startsWith(`${list.name}.`)) return rows;
  const [, act, row] =
    /^(add|remove|up|down)(?:\.(\d+))?$/.exec(intent.slice(list.name.length + 1)) ?? [];
  const at = Number(row);
  if (act === "add") return [...rows, list.empty];
  if (act === "remove") return rows.filter((_, index) => index !== at);
  if (act === "up") return swapRows(rows, at - 1);
  if (act === "down") return swapRows(rows, at);
  return rows;
}

/** A row and the one after it change places; at the end of the list nothing happens. */
function swapRows<Row>(rows: Row[], at: number): Row[] {
  const [one, other] = [rows[at], rows[at + 1]];
  if (one === undefined || other === undefined) return rows;
  return [...rows.slice(0, at), other, one, ...rows.slice(at + 2)];
}

/** Which of several shapes, as its field says; of none, that field alone, for the schema to refuse. */
function readVariant(form: FormData, schema: z.ZodDiscriminatedUnion, name: string): unknown {
  const { discriminator } = schema.def;
  const given = readText(form, below(name, discriminator));
  const variant = schema.options.find(
    (option) =>
      option instanceof z.ZodObject &&
      option.shape[discriminator] instanceof z.ZodLiteral &&
      option.shape[discriminator].values.has(given),
  );
  return variant ? read(form, variant, name) : { [discriminator]: given };
}
