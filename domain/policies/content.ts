import type { PolicyVersion } from "@/db/schema";
import type { Manifest } from "@/db/schema/policies";
import type { Locale } from "@/db/vocabulary/languages";
import { hashOf } from "@/lib/hash";

type Content = Pick<
  PolicyVersion,
  "documentId" | "label" | "changes" | "majorAnswers" | "affectsEndUsers" | "effectiveDate"
> & { needsConsent?: boolean } & Partial<Pick<PolicyVersion, "provenance" | "publishedOn">> &
  Written;

/** A version's texts, and the lists kept beside them, by language. */
export type Written = {
  texts: Partial<Record<Locale, string>>;
  manifests: Partial<Record<Locale, Manifest>>;
};

/**
 * The fingerprint of all a reviewer sees and all a reader is told: sha256 (hex) over the canonical
 * JSON (RFC 8785). An approval, an acknowledgement and a receipt name it; one changed character
 * makes another.
 */
export function contentHash(content: Content): string {
  return hashOf(hashedContent(content));
}

/** Exactly what the fingerprint covers; a public copy holds it so that anybody can check it. */
export function hashedContent(content: Content) {
  const { documentId, label, changes, majorAnswers, affectsEndUsers, effectiveDate, texts } =
    content;
  const { manifests, needsConsent, provenance, publishedOn } = content;
  return {
    ...{ documentId, label, changes, majorAnswers, affectsEndUsers, effectiveDate, texts },
    // Versions from before there were these keep their fingerprint.
    ...(needsConsent && { needsConsent }),
    ...(provenance && { provenance, publishedOn }),
    ...(Object.keys(manifests).length > 0 && { manifests }),
  };
}
