import { and, eq, inArray, isNull, ne } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { policyDocuments, policyTexts, type PolicyVersion, policyVersions } from "@/db/schema";
import { LOCALES, type Locale } from "@/db/vocabulary/languages";
import { shanghaiMidnight } from "@/lib/shanghai";
import type { ImportWarning } from "@/text/import-warnings";
import type { ManifestRows } from "@/text/manifest";

import { person } from "../access/permissions";
import { Conflict, Invalid, NotFound } from "../errors";
import { line, prose, uuid } from "../input";
import { discardDraft } from "../reviews/draft";
import { type RecordedStep, verb } from "../verb";
import { contentHash } from "./content";
import { day, label } from "./input";
import { manifestsAfter } from "./manifest";
import { readTextFile } from "./replace-text";
import { VERSION } from "./review-kind";

const source = z.object({ fileName: line(255), bytes: z.instanceof(Uint8Array) });

/**
 * Brings in a version from before the portal: with the days on which it was published and took effect,
 * where its text is from, and the text of a file. It goes to a second person at once; approved, it is
 * archived, and nobody is told (P44). @throws NotFound, Conflict before a version of the portal's own;
 * Invalid at what its label or its days contradict
 */
export const bringInVersion = verb({
  may: "policy.draft",
  input: z.object({
    documentId: uuid,
    label,
    publishedOn: day,
    effectiveDate: day,
    provenance: prose(1000).refine((text) => text.trim() !== "", "errors.field.required"),
    /** What it changed, a line each. */
    changes: prose(20_000).refine((text) => text.trim() !== "", "errors.field.required"),
    files: z.partialRecord(z.enum(LOCALES), source),
  }),

  async prepare({ files, ...input }) {
    const texts: PerLocale<string> = {};
    const rows: PerLocale<ManifestRows> = {};
    const warnings: PerLocale<ImportWarning[]> = {};
    for (const locale of LOCALES) {
      const file = files[locale];
      if (!file) continue;
      const read = await readTextFile(file, `files.${locale}`);
      texts[locale] = read.markdown;
      rows[locale] = read.rows;
      warnings[locale] = read.warnings;
    }
    const names = Object.fromEntries(LOCALES.map((one) => [one, files[one]?.fileName ?? null]));
    return { ...input, texts, rows, warnings, names };
  },

  async run({ tx, actor, now, record }, { texts, rows, warnings, names, ...given }) {
    const { documentId, label: wanted, publishedOn, effectiveDate } = given;
    const [document] = await tx
      .select()
      .from(policyDocuments)
      .where(and(eq(policyDocuments.id, documentId), isNull(policyDocuments.discardedAt)))
      .for("update");
    if (!document) throw new NotFound("errors.notFound");
    const { bindingLocale } = document;
    if (!texts[bindingLocale])
      throw new Invalid("errors.form", {
        [`files.${bindingLocale}`]: ["policies.errors.missing.text"],
      });
    assertInOrder(await versionsOf(tx, documentId), { label: wanted, publishedOn, effectiveDate });

    const provenance = given.provenance.trim();
    const changes = given.changes
      .split("\n")
      .map((text) => text.trim())
      .filter((text) => text !== "")
      .map((text) => ({ text: { [bindingLocale]: text.slice(0, 500) }, anchor: null }))
      .slice(0, 100);
    const content = {
      ...{ documentId, label: wanted, changes, effectiveDate, provenance, publishedOn },
      ...{ majorAnswers: {}, affectsEndUsers: false },
    };
    const manifests = manifestsAfter({ texts: {}, manifests: {} }, { texts, rows });
    const hash = contentHash({ ...content, texts, manifests });
    const by = person(actor).id;
    const [version] = await tx
      .insert(policyVersions)
      .values({
        ...content,
        ...{ status: "in_review", contentHash: hash, submittedAt: now },
        ...{ authorId: by, writerIds: [by], createdAt: now, updatedAt: now },
      })
      .returning({ id: policyVersions.id });
    if (!version) throw new Error("the version row was not written");
    await tx.insert(policyTexts).values(
      LOCALES.flatMap((locale) => {
        const body = texts[locale];
        if (body === undefined) return [];
        const kept = { manifest: manifests[locale] ?? null, warnings: warnings[locale] ?? [] };
        const sourceName = names[locale] ?? null;
        return [{ versionId: version.id, locale, body, sourceName, ...kept, updatedAt: now }];
      }),
    );
    await record("version.brought_in", {
      id: version.id,
      after: {
        documentId,
        label: wanted,
        publishedOn,
        effectiveDate,
        provenance,
        contentHash: hash,
      },
    });
    return { documentId, id: version.id };
  },
});

type PerLocale<Value> = Partial<Record<Locale, Value>>;
type Known = Pick<PolicyVersion, "label" | "effectiveDate" | "provenance" | "status">;

const versionsOf = (tx: Tx, documentId: string): Promise<Known[]> =>
  tx
    .select({
      label: policyVersions.label,
      effectiveDate: policyVersions.effectiveDate,
      provenance: policyVersions.provenance,
      status: policyVersions.status,
    })
    .from(policyVersions)
    .where(and(eq(policyVersions.documentId, documentId), ne(policyVersions.status, "discarded")));

type Old = { label: string; publishedOn: string; effectiveDate: string };

/**
 * An old version was published no later than it took effect, took effect before the portal's own first
 * one and on a day of its own, and its label counts as its day does.
 * @throws Conflict, Invalid
 */
export function assertInOrder(
  versions: readonly Known[],
  { label: wanted, publishedOn, effectiveDate }: Old,
): void {
  const dayOf = ({ effectiveDate: its }: Known) => its ?? "9999-12-31";
  const own = versions
    .filter(({ provenance, status }) => !provenance && PUBLISHED.has(status))
    .sort((one, other) => (dayOf(one) < dayOf(other) ? -1 : 1));
  const [first] = own;
  if (!first) throw new Conflict("policies.errors.archive.noneYet");
  const refuse = (field: string, reason: string, values = {}) =>
    new Invalid("errors.form", { [field]: [`policies.errors.${reason}`] }, values);
  if (versions.some((version) => version.label === wanted)) throw refuse("label", "labelTaken");
  if (publishedOn > effectiveDate) throw refuse("publishedOn", "archive.publishedLater");
  if (effectiveDate >= dayOf(first))
    throw refuse("effectiveDate", "archive.notOlder", { label: first.label, day: dayOf(first) });

  const others = [...versions.filter(({ provenance }) => provenance), ...own];
  if (others.some((one) => dayOf(one) === effectiveDate))
    throw refuse("effectiveDate", "archive.sameDay");
  const isWrong = (one: Known) =>
    dayOf(one) < effectiveDate
      ? compareLabels(one.label, wanted) > 0
      : compareLabels(wanted, one.label) > 0;
  const wrong = others.find(isWrong);
  if (wrong) throw refuse("label", "archive.labelOrder", { label: wrong.label, day: dayOf(wrong) });
}

const PUBLISHED: ReadonlySet<string> = new Set(["scheduled", "in_force", "archived"]);

/** Labels number by number ("1.9" before "1.10"); where one has no number in a place, they count as equal. */
export function compareLabels(one: string, other: string): number {
  const numbers = (text: string) => (text.match(/\d+/g) ?? []).map(Number);
  const others = numbers(other);
  for (const [index, number] of numbers(one).entries()) {
    const difference = number - (others[index] ?? number);
    if (difference !== 0) return difference;
  }
  return 0;
}

type Approved = {
  version: PolicyVersion;
  approval: Pick<PolicyVersion, "titleZh" | "titleEn" | "approvedBy" | "approvedAt">;
};

/** An old version that was approved: archived from its day to the next one's, which the one before it now ends with. */
export async function archiveOld(
  { tx, record }: RecordedStep,
  { version, approval }: Approved,
): Promise<void> {
  const { id, documentId, label: own, effectiveDate } = version;
  const effectiveAt = shanghaiMidnight(effectiveDate ?? "");
  const rows = await tx
    .select()
    .from(policyVersions)
    .where(
      and(
        eq(policyVersions.documentId, documentId),
        ne(policyVersions.id, id),
        inArray(policyVersions.status, ["scheduled", "in_force", "archived"]),
      ),
    );
  const others = rows
    .flatMap((row) => (row.effectiveAt ? [{ ...row, effectiveAt: row.effectiveAt }] : []))
    .sort((one, other) => one.effectiveAt.getTime() - other.effectiveAt.getTime());
  const next = others.find((one) => one.effectiveAt > effectiveAt);
  const before = others.findLast((one) => one.effectiveAt < effectiveAt);
  await tx
    .update(policyVersions)
    .set({
      ...{ ...approval, status: "archived", effectiveAt, inForceAt: effectiveAt },
      archivedAt: next?.effectiveAt ?? null,
    })
    .where(eq(policyVersions.id, id));
  if (before)
    await tx
      .update(policyVersions)
      .set({ archivedAt: effectiveAt })
      .where(eq(policyVersions.id, before.id));
  await record("version.archived", {
    id,
    after: { label: own, supersededBy: next?.label ?? null },
  });
}

/** One that was turned down is thrown away: its author brings it in anew. */
export async function dropOld(step: RecordedStep, version: PolicyVersion): Promise<void> {
  await discardDraft(step, VERSION, { ...version, status: "draft" });
  await step.record("version.discarded", {
    id: version.id,
    before: { label: version.label, contentHash: version.contentHash },
  });
}
