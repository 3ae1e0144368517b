import "server-only";

import { LOCALES } from "@/db/vocabulary/languages";
import { ANONYMOUS } from "@/domain/context";
import { NotFound } from "@/domain/errors";
import { readManifest } from "@/domain/policies/read-manifest";
import { at } from "@/lib/addresses";
import { NO_ROWS } from "@/text/manifest";
import { MANIFEST_FIELDS, MANIFEST_PARTS } from "@/text/manifest-words";

import type { ManifestState } from "./api-operations";
import { preferredLocale, problem } from "./problem";
import { publicAddress } from "./public-metadata";

type Route = { params: Promise<{ slug: string; version: string }> };

/**
 * What a published version lists and what became of it (P08, P09, P51), for machines: no token, as its
 * page needs none. `locale` and `since` are of the query; without them the language asked for by the
 * request, and the version before.
 */
export async function getManifest(request: Request, { params }: Route): Promise<Response> {
  const query = new URL(request.url).searchParams;
  const wanted = query.get("locale");
  const locale = LOCALES.find((one) => one === wanted) ?? preferredLocale(request);
  const { slug, version: label } = await params;
  const since = query.get("since") ?? undefined;
  try {
    const read = await readManifest(
      { actor: ANONYMOUS, now: new Date() },
      {
        ...{ slug: slug.slice(0, 100), label: label.slice(0, 40), locale },
        ...(since !== undefined && { since: since.slice(0, 40) }),
      },
    );
    return Response.json(stateOf(read), {
      headers: {
        "Content-Language": read.locale,
        "Cache-Control": "public, max-age=300",
        Vary: "Accept-Language",
      },
    });
  } catch (error) {
    if (error instanceof NotFound) return problem({ code: "not_found", locale });
    throw error;
  }
}

function stateOf(read: Awaited<ReturnType<typeof readManifest>>): ManifestState {
  const { document, version, manifest, locale, isBinding, since, changes } = read;
  return {
    document: { slug: document.slug, title: document.titles[locale] },
    version: {
      ...{ label: version.label, status: version.status },
      effectiveAt: version.effectiveAt?.toISOString() ?? null,
      contentHash: version.contentHash,
    },
    language: locale,
    binding: isBinding,
    source: manifest?.source ?? null,
    ...partsOf(manifest ?? NO_ROWS),
    since,
    changes,
    url: publicAddress(locale, at("/policies/*/*/manifest", document.slug, version.label)),
  };
}

/** The columns in one order, whichever order the database keeps them in. */
const partsOf = (rows: typeof NO_ROWS) =>
  Object.fromEntries(
    MANIFEST_PARTS.map((part) => [
      part,
      rows[part].map((row) =>
        Object.fromEntries(
          [...MANIFEST_FIELDS[part], "sensitive"].map((field) => [
            field,
            (row as Record<string, string | boolean>)[field],
          ]),
        ),
      ),
    ]),
  ) as Pick<ManifestState, "information" | "permissions" | "register">;
