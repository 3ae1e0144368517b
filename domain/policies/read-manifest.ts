import { z } from "zod";

import { LOCALES, type Locale } from "@/db/vocabulary/languages";
import type { Manifest } from "@/text/manifest";
import { compareManifests } from "@/text/manifest-diff";

import { NotFound } from "../errors";
import { query } from "../query";
import type { Written } from "./content";
import { versionTitles, writtenOf } from "./find";
import { manifestIn } from "./manifest";
import { openVersion, previousOf, wantedVersion } from "./read";

/**
 * What a published version lists (P08, P09, P51), in the wanted language or, where that text has no
 * lists, in the binding one, and what became of it since `since` or else the version before.
 * @throws NotFound
 */
export const readManifest = query({
  may: "policy.read",
  input: wantedVersion.extend({ since: z.string().max(40).optional() }),

  async run({ db }, { since, ...wanted }) {
    const { document, versions, version, texts, manifests } = await openVersion(db, wanted);
    const { bindingLocale } = document;
    const lists = await listsIn({ texts, manifests });
    const shown = lists[wanted.locale] ? wanted.locale : bindingLocale;
    const before = baseOf(versions, { label: version.label, since });
    const was = before && (await manifestIn(await writtenOf(db, before.id), shown));
    return {
      document: { ...document, titles: versionTitles(version, document) },
      version,
      locale: shown,
      isBinding: shown === bindingLocale,
      manifest: lists[shown] ?? null,
      since: before?.label ?? null,
      changes: before ? compareManifests(was ?? null, lists[shown] ?? null) : [],
    };
  },
});

type Labelled = { id: string; label: string; status: string };

/** What a version is compared with. @throws NotFound where what was asked for is none of its versions */
function baseOf(
  versions: readonly Labelled[],
  { label, since }: { label: string; since: string | undefined },
) {
  const base = since ?? previousOf(versions, label);
  const before = versions.find((one) => one.label === base);
  if (since && !before) throw new NotFound("errors.notFound");
  return before;
}

/** The lists of each text that has any. */
async function listsIn(written: Written): Promise<Partial<Record<Locale, Manifest>>> {
  const lists: Partial<Record<Locale, Manifest>> = {};
  for (const locale of LOCALES) {
    const manifest = await manifestIn(written, locale);
    if (manifest) lists[locale] = manifest;
  }
  return lists;
}
