import "server-only";

import type { z } from "zod";

import { LOCALES, type Locale, MAJOR_QUESTIONS } from "@/db/vocabulary";
import type { documentInput, draftInput } from "@/domain/policies/input";

import { readBox, readText } from "./form-fields";

type Draft = z.input<typeof draftInput>;
type Change = Draft["changes"][number];

/** A new document's form. */
export function readDocument(form: FormData): z.input<typeof documentInput> {
  return {
    productId: readText(form, "productId"),
    slug: readText(form, "slug"),
    kind: readChoice(form, "kind"),
    titleZh: readText(form, "titleZh"),
    titleEn: readText(form, "titleEn"),
    bindingLocale: readChoice(form, "bindingLocale"),
  };
}

/** A choice as it was sent: the verb's schema, whose input type asks for it, refuses what is none. */
function readChoice<Choice extends string>(form: FormData, name: string): Choice {
  return readText(form, name) as Choice;
}

/** The composer's form as `editVersion` takes it, with the change list as its row buttons leave it. */
export function readDraft(form: FormData): Draft {
  return {
    versionId: readText(form, "versionId"),
    revision: readText(form, "revision"),
    label: readText(form, "label"),
    effectiveDate: readText(form, "effectiveDate") || null,
    affectsEndUsers: readBox(form, "affectsEndUsers"),
    changes: afterIntent(readChanges(form), readText(form, "intent")),
    majorAnswers: readAnswers(form),
    texts: perLocale((locale) => readText(form, `texts.${locale}`)),
  };
}

/** A file for one of the texts; without a file chosen the verb finds it empty. */
export async function readImport(form: FormData) {
  const given = form.get("file");
  const file = given instanceof File ? given : new File([], "");
  return {
    versionId: readText(form, "versionId"),
    revision: readText(form, "revision"),
    locale: readChoice<Locale>(form, "textLocale"),
    fileName: nameOf(file),
    bytes: new Uint8Array(await file.arrayBuffer()),
  };
}

/** A name for the record only: one line, its end kept because the ending says what it is. */
function nameOf({ name }: File): string {
  const printable = name
    .toWellFormed()
    .replace(/\p{Cc}/gu, "")
    .trim();
  return [...printable].slice(-200).join("") || "file";
}

/** An approval names the hash that was on the page, and the number of people where one was typed. */
export function readApproval(form: FormData) {
  const typed = readText(form, "typedPeople").replace(/[\s,，]/g, "");
  return {
    versionId: readText(form, "versionId"),
    contentHash: readText(form, "contentHash"),
    ...(typed && { typedPeople: typed }),
  };
}

export function readRejection(form: FormData) {
  return {
    versionId: readText(form, "versionId"),
    contentHash: readText(form, "contentHash"),
    reason: readText(form, "reason"),
  };
}

/** What the pressed button wants: "save" unless it says otherwise. */
export function readIntent(form: FormData): "save" | "submit" {
  return readText(form, "intent") === "submit" ? "submit" : "save";
}

/** The rows changes.0 … changes.n, in the order of their numbers. */
function readChanges(form: FormData): Change[] {
  const rows = new Set(
    [...form.keys()].flatMap((name) => /^changes\.(\d+)\./.exec(name)?.[1] ?? []),
  );
  return [...rows]
    .sort((a, b) => Number(a) - Number(b))
    .map((row) => ({
      text: perLocale((locale) => readText(form, `changes.${row}.text.${locale}`).trim()),
      anchor: readText(form, `changes.${row}.anchor`) || null,
    }));
}

/** Without JavaScript the row buttons reach the server: "change.add", "change.remove.2", "change.up.2". */
function afterIntent(changes: readonly Change[], intent: string): Change[] {
  const [, act, row] = /^change\.(add|remove|up|down)(?:\.(\d+))?$/.exec(intent) ?? [];
  const at = Number(row);
  if (act === "add") return [...changes, { text: {}, anchor: null }];
  if (act === "remove") return changes.filter((_, index) => index !== at);
  if (act === "up") return swapped(changes, at - 1);
  if (act === "down") return swapped(changes, at);
  return [...changes];
}

/** A row and the one after it change places; at the end of the list nothing happens. */
function swapped(changes: readonly Change[], at: number): Change[] {
  const [one, other] = [changes[at], changes[at + 1]];
  if (!one || !other) return [...changes];
  return [...changes.slice(0, at), other, one, ...changes.slice(at + 2)];
}

/** A question nobody has answered is absent. */
function readAnswers(form: FormData): Draft["majorAnswers"] {
  const given = MAJOR_QUESTIONS.map(
    (question) => [question, readText(form, `majorAnswers.${question}`)] as const,
  );
  return Object.fromEntries(
    given
      .filter(([, answer]) => answer !== "")
      .map(([question, answer]) => [question, answer === "yes"]),
  );
}

/** Languages left empty are absent, so that an empty text is no translation. */
function perLocale(read: (locale: Locale) => string): Partial<Record<Locale, string>> {
  const texts = LOCALES.map((locale) => [locale, read(locale)] as const);
  return Object.fromEntries(texts.filter(([, text]) => text !== ""));
}
