import "server-only";

import type { z } from "zod";

import { LOCALES, type Locale } from "@/db/vocabulary/languages";
import { MAJOR_QUESTIONS } from "@/db/vocabulary/policies";
import type { documentInput, draftInput } from "@/domain/policies/input";

import { readBox, readChoice, readText } from "./form-fields";
import { readNeededFile } from "./form-files";
import { readRows } from "./form-rows";

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

/** The composer's form as `editVersion` takes it. */
export function readDraft(form: FormData): Draft {
  return {
    versionId: readText(form, "versionId"),
    revision: readText(form, "revision"),
    label: readText(form, "label"),
    effectiveDate: readText(form, "effectiveDate") || null,
    affectsEndUsers: readBox(form, "affectsEndUsers"),
    changes: readChanges(form),
    majorAnswers: readAnswers(form),
    texts: perLocale((locale) => readText(form, `texts.${locale}`)),
  };
}

/** A file for one of the texts; without a file chosen the verb finds it empty. */
export async function readImport(form: FormData) {
  const { fileName, bytes } = await readNeededFile(form, "file");
  return {
    versionId: readText(form, "versionId"),
    revision: readText(form, "revision"),
    locale: readChoice<Locale>(form, "textLocale"),
    fileName: recordedName(fileName),
    bytes,
  };
}

/** A name for the record only: one line, its end kept because the ending says what it is. */
function recordedName(name: string): string {
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

/** The change list as its row buttons leave it. */
const readChanges = (form: FormData): Change[] =>
  readRows(form, {
    name: "changes",
    empty: { text: {}, anchor: null },
    read: (at) => ({
      text: perLocale((locale) => readText(form, `${at}.text.${locale}`).trim()),
      anchor: readText(form, `${at}.anchor`) || null,
    }),
  });

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
