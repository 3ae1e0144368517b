import { query } from "../query";
import { hashedContent } from "./content";
import { versionTitles } from "./find";
import { openVersion, wantedVersion } from "./read";
import { relatedVersions } from "./related";

export type PolicyCopy = Awaited<ReturnType<typeof readCopy>>;

/**
 * A published version to keep: what its fingerprint covers, word for word, and the text in the
 * wanted language or, where there is no translation, in the binding one (P03). Without a label:
 * the version in force, else the newest. @throws NotFound
 */
export const readCopy = query({
  may: "policy.read",
  input: wantedVersion,

  async run({ db, now }, wanted) {
    const { document, version, texts, manifests, text } = await openVersion(db, wanted);
    const { status, isMajor, effectiveAt, archivedAt, withdrawnAt, withdrawalReason } = version;
    return {
      slug: document.slug,
      kind: document.kind,
      titles: versionTitles(version, document),
      bindingLocale: document.bindingLocale,
      label: version.label,
      state: { status, isMajor, effectiveAt, archivedAt, withdrawnAt, withdrawalReason },
      contentHash: version.contentHash,
      /** The versions of the agreement and the other guides that hold together with it (P43). */
      related: (await relatedVersions(db, { document, version, now })).map(
        ({ slug, kind, label }) => ({ slug, kind, label }),
      ),
      content: hashedContent({ ...version, texts, manifests }),
      text,
    };
  },
});
