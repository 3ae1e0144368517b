import { and, desc, eq, inArray, isNull } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { policyDocuments, policyVersions } from "@/db/schema";
import { LOCALES, type Locale } from "@/db/vocabulary/languages";
import { PUBLIC_VERSION_STATUSES } from "@/db/vocabulary/policies";
import { compareManifests } from "@/text/manifest-diff";
import { compareTexts, readText } from "@/text/offload";
import { placedInTranslation } from "@/text/places";

import { NotFound } from "../errors";
import { query } from "../query";
import { correctionsOf } from "./corrections";
import { titlesOf, versionTitles, writtenOf } from "./find";
import { publicColumns } from "./library";
import { manifestIn } from "./manifest";
import { relatedVersions } from "./related";
import { isStale } from "./rules";

export const wantedVersion = z.object({
  slug: z.string().max(100),
  label: z.string().max(40).optional(),
  locale: z.enum(LOCALES),
});

export type ReadableVersion = Awaited<ReturnType<typeof readVersion>>;

/**
 * One published version as a reader gets it, in the wanted language or, where there is no
 * translation, in the binding one. Without a label: the version in force, else the newest.
 * `label` of a version that was never published is NotFound, with no hint that a draft exists. Under
 * its own label a version is called what it was published as; without, as the document is called now.
 */
export const readVersion = query({
  may: "policy.read",
  input: wantedVersion,

  async run({ db, now }, wanted) {
    const { document, versions, version, texts, manifests, text } = await openVersion(db, wanted);
    const corrections = await correctionsOf(db, version.id);
    const blocks = await readText(text.body);
    const binding = await readText(texts[document.bindingLocale] ?? "");
    return {
      document: {
        ...document,
        titles: wanted.label ? versionTitles(version, document) : titlesOf(document),
      },
      version: {
        ...version,
        contentHash: corrections.at(-1)?.contentHash ?? version.contentHash,
        changes: placedInTranslation(version.changes, { binding, translation: blocks }),
      },
      versions,
      /** What was put right since it was announced. */
      corrections,
      previousLabel: previousOf(versions, version.label),
      related: await relatedVersions(db, { document, version, now }),
      text: { ...text, blocks },
      hasManifest: Boolean(await manifestIn({ texts, manifests }, document.bindingLocale)),
      locales: LOCALES.filter((l) => texts[l] !== undefined),
    };
  },
});

export type Comparison = Awaited<ReturnType<typeof compareVersions>>;

/** Two published versions of a document, clause by clause, in one language. @throws NotFound */
export const compareVersions = query({
  may: "policy.read",
  input: z.object({
    slug: z.string().max(100),
    label: z.string().max(40),
    since: z.string().max(40).optional(),
    locale: z.enum(LOCALES),
  }),

  async run({ db }, { slug, label, since, locale }) {
    const { document, versions } = await findPublished(db, slug);
    const after = versions.find((version) => version.label === label);
    const before = versions.find(
      (version) => version.label === (since ?? previousOf(versions, label)),
    );
    if (!after || !before) throw new NotFound("errors.notFound");

    const was = await writtenOf(db, before.id);
    const is = await writtenOf(db, after.id);
    const [older, newer] = [was.texts, is.texts];
    const both = older[locale] !== undefined && newer[locale] !== undefined;
    const { bindingLocale } = document;
    const isBehind = both && isStale({ before: older, after: newer }, { locale, bindingLocale });
    const shown: Locale = both && !isBehind ? locale : bindingLocale;
    return {
      document: { ...document, titles: versionTitles(after, document) },
      versions,
      before,
      after,
      locale: shown,
      isBinding: shown === bindingLocale,
      /** The translation is that of the version before; only the binding texts can be compared. */
      isBehind,
      diff: await compareTexts(older[shown] ?? "", newer[shown] ?? ""),
      lists: compareManifests(await manifestIn(was, shown), await manifestIn(is, shown)),
    };
  },
});

/** A published version and its text in the wanted language. @throws NotFound */
export async function openVersion(
  db: Db | Tx,
  { slug, label, locale }: z.output<typeof wantedVersion>,
) {
  const { document, versions } = await findPublished(db, slug);
  const wanted = pickVersion(versions, label);
  const [version] = wanted
    ? await db.select().from(policyVersions).where(eq(policyVersions.id, wanted.id))
    : [];
  if (!version) throw new NotFound("errors.notFound");
  const { texts, manifests } = await writtenOf(db, version.id);
  const text = pickText(texts, { locale, binding: document.bindingLocale });
  return { document, versions, version, texts, manifests, text };
}

/** A document with its published versions, newest first. @throws NotFound before the first */
export async function findPublished(db: Db | Tx, slug: string) {
  const [document] = await db
    .select()
    .from(policyDocuments)
    .where(and(eq(policyDocuments.slug, slug), isNull(policyDocuments.discardedAt)));
  if (!document) throw new NotFound("errors.notFound");
  const versions = await db
    .select(publicColumns)
    .from(policyVersions)
    .where(
      and(
        eq(policyVersions.documentId, document.id),
        inArray(policyVersions.status, PUBLIC_VERSION_STATUSES),
      ),
    )
    .orderBy(desc(policyVersions.effectiveAt));
  if (versions.length === 0) throw new NotFound("errors.notFound");
  return { document, versions };
}

type Labelled = { label: string; status: string };

/** The version with this label; without a label the one in force, else the newest. */
export function pickVersion<Version extends Labelled>(
  versions: readonly Version[],
  label: string | undefined,
): Version | undefined {
  if (label) return versions.find((version) => version.label === label);
  return versions.find(({ status }) => status === "in_force") ?? versions[0];
}

/** The version before one, skipping those that were withdrawn; null for the first. */
export function previousOf(versions: readonly Labelled[], label: string): string | null {
  const at = versions.findIndex((version) => version.label === label);
  return versions.slice(at + 1).find(({ status }) => status !== "withdrawn")?.label ?? null;
}

/** The text in the wanted language or, where there is none, in the binding one. */
export function pickText(
  texts: Partial<Record<Locale, string>>,
  { locale, binding }: { locale: Locale; binding: Locale },
) {
  const wanted = texts[locale];
  const shown = wanted === undefined ? binding : locale;
  return { locale: shown, isBinding: shown === binding, body: texts[shown] ?? "" };
}
