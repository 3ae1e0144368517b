import { z } from "zod";

import type { PolicyVersion } from "@/db/schema";
import { shanghaiMidnight } from "@/lib/shanghai";

import { NotFound } from "../errors";
import { query } from "../query";
import { hashedContent } from "./content";
import { correctionsOf, writtenUnder } from "./corrections";
import { versionTitles } from "./find";
import { openVersion, pickText, wantedVersion } from "./read";
import { relatedVersions } from "./related";

export type PolicyCopy = Awaited<ReturnType<typeof readCopy>>;

/**
 * A published version to keep: what its fingerprint covers, word for word, and the text in the
 * wanted language or, where there is no translation, in the binding one (P03). Without a label:
 * the version in force, else the newest; with a fingerprint as it read under that one. @throws NotFound
 */
export const readCopy = query({
  may: "policy.read",
  input: wantedVersion.extend({ hash: z.string().max(64).optional() }),

  async run({ db, now }, { hash, ...wanted }) {
    const { document, version, ...open } = await openVersion(db, wanted);
    const corrections = await correctionsOf(db, version.id);
    const today = corrections.at(-1)?.contentHash ?? version.contentHash;
    const asked = hash ?? today;
    const written = asked && asked !== today ? await writtenUnder(db, version, asked) : open;
    if (!written) throw new NotFound("errors.notFound");
    const { texts, manifests } = written;
    const text = pickText(texts, { locale: wanted.locale, binding: document.bindingLocale });
    const { status, isMajor, effectiveAt, archivedAt, withdrawnAt, withdrawalReason } = version;
    return {
      slug: document.slug,
      kind: document.kind,
      titles: versionTitles(version, document),
      bindingLocale: document.bindingLocale,
      label: version.label,
      state: {
        ...{ status, isMajor, announcedAt: announcedAt(version), effectiveAt },
        ...{ archivedAt, withdrawnAt, withdrawalReason },
      },
      contentHash: asked,
      /** When this text was put right; null of the one that is read today. */
      correctedAt:
        asked === today
          ? null
          : (corrections.findLast(({ hashBefore }) => hashBefore === asked)?.at ?? null),
      corrections: corrections.map(({ at, locale, reason, hashBefore, contentHash }) => ({
        ...{ at, language: locale, reason, before: hashBefore, after: contentHash },
      })),
      /** The versions of the agreement and the other guides that hold together with it (P43). */
      related: (await relatedVersions(db, { document, version, now })).map(
        ({ slug, kind, label }) => ({ slug, kind, label }),
      ),
      content: hashedContent({ ...version, texts, manifests }),
      text,
    };
  },
});

/** An old version has the true day that was entered with it (P44). */
const announcedAt = ({ publishedOn, approvedAt }: PolicyVersion): Date | null =>
  publishedOn ? shanghaiMidnight(publishedOn) : approvedAt;
