import type { Manifest as Stored } from "@/db/schema/policies";
import { LOCALES, type Locale } from "@/db/vocabulary/languages";
import { countRows, type Manifest, manifestOf, type ManifestRows } from "@/text/manifest";
import { compareManifests } from "@/text/manifest-diff";
import { readText } from "@/text/offload";

import type { Written } from "./content";

/** What a text lists: as it was kept with it, and of texts from before that was done, as its tables say. */
export async function manifestIn(
  { texts, manifests }: Written,
  locale: Locale,
): Promise<Manifest | null> {
  const kept = manifests[locale];
  // Written by `manifestsAfter` and `saveManifest` alone, from rows of the same shape.
  if (kept) return kept as Manifest;
  const body = texts[locale];
  if (!body) return null;
  const rows = await rowsIn(body);
  return countRows(rows) > 0 ? { source: "text", ...rows } : null;
}

/** The rows of a text's own tables. */
export const rowsIn = async (body: string): Promise<ManifestRows> =>
  manifestOf(await readText(body));

/** Each language of a version with its lists, and what became of those of the version before. */
export async function listsOf(is: Written, was: Written | null) {
  const lists = [];
  for (const locale of LOCALES.filter((one) => is.texts[one])) {
    const manifest = await manifestIn(is, locale);
    const before = was?.texts[locale] ? await manifestIn(was, locale) : null;
    const isComparable = Boolean(was?.texts[locale]);
    const changes = isComparable ? compareManifests(before, manifest) : [];
    lists.push({ locale, manifest, changes });
  }
  return lists;
}

type After = {
  texts: Written["texts"];
  rows: Partial<Record<Locale, ManifestRows>>;
};

/**
 * The lists once texts are saved: those that were entered stay, the others are those of the text's
 * tables, taken when it changes. A text without tables keeps none.
 */
export function manifestsAfter(before: Written, { texts, rows }: After): Written["manifests"] {
  const after: Written["manifests"] = {};
  for (const locale of LOCALES) {
    if (texts[locale] === undefined) continue;
    const known = before.manifests[locale];
    const isKept = known?.source === "entered" || texts[locale] === before.texts[locale];
    const manifest = isKept ? known : storedOf(rows[locale]);
    if (manifest) after[locale] = manifest;
  }
  return after;
}

/** As it is kept: nothing where there are no rows. */
export function storedOf(rows: ManifestRows | undefined): Stored | undefined {
  return rows && countRows(rows) > 0 ? { source: "text", ...rows } : undefined;
}
