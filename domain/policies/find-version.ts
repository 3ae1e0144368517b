import { eq } from "drizzle-orm";
import { z } from "zod";

import { policyTexts, type PolicyVersion } from "@/db/schema";
import { LOCALES, type Locale } from "@/db/vocabulary/languages";
import { shanghaiDay, shanghaiMidnight } from "@/lib/shanghai";
import type { PolicyBlock } from "@/text/blocks";
import { IMPORT_WARNINGS } from "@/text/import-warnings";
import { readText } from "@/text/offload";

import { query } from "../query";
import { readHistory } from "../reviews/read";
import { isOnItsWay } from "../reviews/rules";
import { checksOf, openChecks } from "./checks";
import { cardChangedBy } from "./contact-card";
import { contentHash } from "./content";
import { findWithDocument, versionBefore, versionTitles, writtenOf } from "./find";
import { listsOf } from "./manifest";
import { VERSION } from "./review-kind";
import { isTold, missingForSubmission, translationDoubts } from "./rules";
import { hasBeenPublished } from "./submit";

export type OpsVersion = Awaited<ReturnType<typeof findVersion>>;

/**
 * One version for the composer and the reviewer: its content and hash as they are now, the version
 * it follows with its texts, what is missing for submission, who wrote it, how it was reviewed.
 */
export const findVersion = query({
  may: "policy.readDrafts",
  input: z.object({ versionId: z.uuid() }),

  async run({ db, now }, { versionId }) {
    const { version, document } = await findWithDocument(db, versionId);

    const { texts, manifests } = await writtenOf(db, versionId);
    const isFirst = !(await hasBeenPublished(db, document.id));
    const previous = await versionBefore(db, { ...version, effectiveAt: effectOf(version) });
    const was = previous ? await writtenOf(db, previous.id) : null;
    const before = was?.texts ?? {};
    const brought = await db
      .select({
        locale: policyTexts.locale,
        name: policyTexts.sourceName,
        updatedAt: policyTexts.updatedAt,
        warnings: policyTexts.warnings,
        confirmedAt: policyTexts.confirmedAt,
      })
      .from(policyTexts)
      .where(eq(policyTexts.versionId, versionId));
    const warned = Object.fromEntries(brought.map((text) => [text.locale, text]));
    const today = shanghaiDay(now);
    const subject = { version, document, isFirst, today, written: { texts, manifests } };
    const isOld = version.provenance !== null;
    const { checks, cardSince } = await findingsIn(db, { ...subject, before: was });
    return {
      version,
      document: { ...document, titles: versionTitles(version, document) },
      texts,
      manifests,
      /** The lists as readers will see them, and what becomes of those of the version before. */
      lists: await listsOf({ texts, manifests }, was),
      /** The files that texts came from and nobody has typed over. */
      sources: brought.filter(({ name }) => name !== null),
      /** What their authors have to look at, where an import left out something. */
      warned: brought.flatMap(({ locale, warnings, confirmedAt }) =>
        warnings.length > 0
          ? [{ locale, warnings: warningsShape.parse(warnings), confirmedAt }]
          : [],
      ),
      hashNow: contentHash({ ...version, texts, manifests }),
      previous: previous ? { id: previous.id, label: previous.label, texts: before } : null,
      doubts: translationDoubts({
        bindingLocale: document.bindingLocale,
        before,
        after: texts,
        blocks: await readTexts(texts),
      }),
      ...(await readHistory(db, VERSION, version)),
      isFirst,
      /** The day from which another contact card holds, where it changes with this version (P45). */
      cardSince,
      isTold: !isOld && isTold({ ...version, isFirst, today }),
      /** What the checks before review find, and what its authors say to it. */
      checks,
      missing: isOld
        ? {}
        : {
            ...missingForSubmission({
              ...version,
              ...{ texts, warned, isFirst, today, bindingLocale: document.bindingLocale },
            }),
            ...openChecks(checks),
          },
    };
  },
});

/** An old version stands before what took effect after it, though its review is still open (P44). */
function effectOf({ effectiveAt, effectiveDate, provenance }: PolicyVersion): Date | null {
  return provenance && effectiveDate ? shanghaiMidnight(effectiveDate) : effectiveAt;
}

/** What is looked at while a version is on its way; of an old one only its reviewer looks (P44). */
async function findingsIn(
  db: Parameters<typeof checksOf>[0],
  subject: Parameters<typeof checksOf>[1],
) {
  const { version } = subject;
  if (!isOnItsWay(version) || version.provenance) return { checks: [], cardSince: null };
  const card = await cardChangedBy(db, version);
  return { checks: await checksOf(db, subject), cardSince: card?.since ?? null };
}

const warningsShape = z.array(
  z.object({
    kind: z.enum(IMPORT_WARNINGS),
    place: z.string().nullable(),
    words: z.string().nullable(),
  }),
);

async function readTexts(texts: Partial<Record<Locale, string>>) {
  const blocks: Partial<Record<Locale, PolicyBlock[]>> = {};
  for (const locale of LOCALES) {
    const text = texts[locale];
    if (text !== undefined) blocks[locale] = await readText(text);
  }
  return blocks;
}
