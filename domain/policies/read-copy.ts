import { eq } from "drizzle-orm";
import { z } from "zod";

import { policyVersions } from "@/db/schema";
import { LOCALES } from "@/db/vocabulary/languages";

import { NotFound } from "../errors";
import { query } from "../query";
import { hashedContent } from "./content";
import { textsOf, titlesOf } from "./find";
import { findPublished, pickText, pickVersion } from "./read";

export type PolicyCopy = Awaited<ReturnType<typeof readCopy>>;

/**
 * A published version to keep: what its fingerprint covers, word for word, and the text in the
 * wanted language or, where there is no translation, in the binding one (P03). Without a label:
 * the version in force, else the newest. @throws NotFound
 */
export const readCopy = query({
  may: "policy.read",
  input: z.object({
    slug: z.string().max(100),
    label: z.string().max(40).optional(),
    locale: z.enum(LOCALES),
  }),

  async run({ db }, { slug, label, locale }) {
    const { document, versions } = await findPublished(db, slug);
    const wanted = pickVersion(versions, label);
    const [version] = wanted
      ? await db.select().from(policyVersions).where(eq(policyVersions.id, wanted.id))
      : [];
    if (!version) throw new NotFound("errors.notFound");

    const texts = await textsOf(db, version.id);
    const { status, isMajor, effectiveAt, archivedAt, withdrawnAt, withdrawalReason } = version;
    return {
      slug: document.slug,
      kind: document.kind,
      titles: titlesOf(document),
      bindingLocale: document.bindingLocale,
      label: version.label,
      state: { status, isMajor, effectiveAt, archivedAt, withdrawnAt, withdrawalReason },
      contentHash: version.contentHash,
      content: hashedContent({ ...version, texts }),
      text: pickText(texts, { locale, binding: document.bindingLocale }),
    };
  },
});
