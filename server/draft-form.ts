import "server-only";

import type { Locale } from "@/db/vocabulary/languages";
import { draftInput } from "@/domain/policies/input";

import { readNeededFile } from "./form-files";
import { readChoice, readForm, readText } from "./read-form";

/** The composer's form as `editVersion` takes it; which file a text came from is not the form's to say. */
export const readDraft = (form: FormData) => readForm(form, draftInput.omit({ sources: true }));

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
