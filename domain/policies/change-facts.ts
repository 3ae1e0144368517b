import { eq } from "drizzle-orm";

import type { Db, Tx } from "@/db/client";
import { type PolicyDocument, policyTexts, type PolicyVersion } from "@/db/schema";
import { majorReasons } from "@/db/vocabulary/policies";
import { readText } from "@/text/offload";
import { placedInTranslation, placeNames } from "@/text/places";

import type { PolicyChangeFacts } from "../broadcasts/facts";
import { versionBefore, versionTitles, writtenOf } from "./find";
import { listsOf } from "./manifest";

/** What a notice says about a version: its concrete changes and its effective date (P39, P41). */
export async function policyChangeFacts(
  db: Db | Tx,
  { version, document }: { version: PolicyVersion; document: PolicyDocument },
): Promise<PolicyChangeFacts> {
  if (!version.effectiveAt || !version.contentHash)
    throw new Error(`version ${version.id} has not been approved`);
  const previous = await versionBefore(db, version);
  return {
    versionId: version.id,
    documentSlug: document.slug,
    documentTitle: versionTitles(version, document),
    label: version.label,
    previousLabel: previous?.label ?? null,
    isMajor: version.isMajor,
    majorReasons: majorReasons(version.majorAnswers),
    affectsEndUsers: version.affectsEndUsers,
    ...(version.needsConsent && { needsConsent: true }),
    changes: await namedChanges(db, { version, document }),
    ...(await listFacts(db, { version, previous })),
    effectiveAt: version.effectiveAt.toISOString(),
    contentHash: version.contentHash,
  };
}

/** What the lists of personal information, permissions and others come to, in each language of both versions. */
async function listFacts(
  db: Db | Tx,
  { version, previous }: { version: PolicyVersion; previous: PolicyVersion | undefined },
): Promise<Pick<PolicyChangeFacts, "lists">> {
  if (!previous) return {};
  const lists = await listsOf(await writtenOf(db, version.id), await writtenOf(db, previous.id));
  const changed = lists.filter(({ changes }) => changes.length > 0);
  if (changed.length === 0) return {};
  return { lists: Object.fromEntries(changed.map(({ locale, changes }) => [locale, changes])) };
}

/** The changes with what the clauses they point to are called, in each language there is a text of. */
async function namedChanges(
  db: Db | Tx,
  { version: { id, changes }, document }: { version: PolicyVersion; document: PolicyDocument },
) {
  const texts = await db.select().from(policyTexts).where(eq(policyTexts.versionId, id));
  const parsed = await Promise.all(
    texts.map(async ({ locale, body }) => ({ locale, blocks: await readText(body) })),
  );
  const binding = parsed.find(({ locale }) => locale === document.bindingLocale)?.blocks ?? [];
  const places = parsed.map(({ locale, blocks }) => {
    const placed = placedInTranslation(changes, { binding, translation: blocks });
    const anchors = placed.map(({ anchor }) => anchor);
    return { locale, names: placeNames(blocks, anchors) };
  });
  return changes.map((change) => {
    const named = places.map(({ locale, names }) => ({
      locale,
      name: names.find(({ anchor }) => anchor === change.anchor)?.title ?? "",
    }));
    const isThere = named.some(({ locale, name }) => locale === document.bindingLocale && name);
    return {
      ...change,
      place: isThere ? Object.fromEntries(named.map(({ locale, name }) => [locale, name])) : {},
    };
  });
}
