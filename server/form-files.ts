import "server-only";
import type { z } from "zod";

import { type Locale, LOCALES } from "@/db/vocabulary/languages";
import { audienceInput } from "@/domain/incidents/input";
import { bringInVersion } from "@/domain/policies/bring-in";

import { readChoice, readForm, readText } from "./read-form";

export type GivenFile = { fileName: string; bytes: Uint8Array<ArrayBuffer> };

/**
 * What the file of a field left empty is called. Browsers send "", which a form read as it came keeps;
 * React's decoder of actions makes "undefined" of it, and `FormData.append` "undefined" or "blob",
 * which differs between versions of Node.
 */
const NAMES_OF_NOTHING = ["", "undefined", "blob"];

/** Every file chosen in a field, in order; one of no bytes but with a name is there, for the verb to refuse. */
export function readFiles(form: FormData, name: string): Promise<GivenFile[]> {
  const chosen = form
    .getAll(name)
    .filter((one) => one instanceof File)
    .filter((file) => file.size > 0 || !NAMES_OF_NOTHING.includes(file.name));
  return Promise.all(
    chosen.map(async (file) => ({
      fileName: file.name,
      bytes: new Uint8Array(await file.arrayBuffer()),
    })),
  );
}

/** The file chosen in a field; null where none was. */
export async function readFile(form: FormData, name: string): Promise<GivenFile | null> {
  const [file] = await readFiles(form, name);
  return file ?? null;
}

/** The file of a field that needs one: where none was chosen, one of no bytes, which verbs refuse. */
export async function readNeededFile(form: FormData, name: string): Promise<GivenFile> {
  return (await readFile(form, name)) ?? { fileName: "", bytes: new Uint8Array() };
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

/** A list of a version: a chosen file goes before what stands in the field. */
export async function readManifestForm(form: FormData) {
  return {
    versionId: readText(form, "versionId"),
    revision: readText(form, "revision"),
    locale: readChoice<Locale>(form, "textLocale"),
    rows: readText(form, "rows"),
    bytes: (await readFile(form, "file"))?.bytes ?? null,
  };
}

/** A version from before the portal, with a file for each language it has. */
export async function readOldVersion(
  form: FormData,
): Promise<z.input<typeof bringInVersion.input>> {
  const files: Partial<Record<Locale, GivenFile>> = {};
  for (const locale of LOCALES) {
    const file = await readFile(form, `files.${locale}`);
    if (file) files[locale] = { ...file, fileName: recordedName(file.fileName) };
  }
  return { ...readForm(form, bringInVersion.input.omit({ files: true })), files };
}

/** A name for the record only: one line, its end kept because the ending says what it is. */
function recordedName(name: string): string {
  const printable = name
    .toWellFormed()
    .replace(/\p{Cc}/gu, "")
    .trim();
  return [...printable].slice(-200).join("") || "file";
}

/** The audience's form; the verb takes a chosen file before what stands in the field. */
export async function readAudience(form: FormData): Promise<z.input<typeof audienceInput>> {
  return {
    ...readForm(form, audienceInput),
    namedFile: (await readFile(form, "namedFile"))?.bytes ?? null,
    excludedFile: (await readFile(form, "excludedFile"))?.bytes ?? null,
  };
}
