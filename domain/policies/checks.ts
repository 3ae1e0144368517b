import { and, eq, inArray, isNull, ne } from "drizzle-orm";

import type { Db, Tx } from "@/db/client";
import {
  type PolicyDocument,
  policyDocuments,
  type PolicyVersion,
  policyVersions,
} from "@/db/schema";
import { PUBLIC_VERSION_STATUSES, type VersionCheck } from "@/db/vocabulary/policies";
import { setting } from "@/lib/env";
import { daysBetween } from "@/lib/shanghai";
import type { PolicyBlock } from "@/text/blocks";
import type { ManifestRows } from "@/text/manifest";
import {
  compareManifests,
  contradictions,
  type ManifestChange,
  namesOf,
} from "@/text/manifest-diff";
import { SENSITIVE_BY_LAW } from "@/text/manifest-words";
import { compareTexts, readText } from "@/text/offload";
import {
  contactsOf,
  deadAnchors,
  type Finding,
  onlyInOne,
  placesNotBold,
  policyLinks,
  unexplained,
} from "@/text/policy-checks";

import { type CheckResult as Result, openChecks as open, resultsOf } from "../reviews/checks";
import { cardOn, notOnCard } from "./contact-card";
import type { Written } from "./content";
import { titlesOf, writtenOf } from "./find";
import { manifestIn, rowsIn } from "./manifest";
import { isTold, translationDoubts } from "./rules";

type Subject = {
  version: PolicyVersion;
  document: PolicyDocument;
  written: Written;
  /** What is written of the version it follows. */
  before: Written | null;
  isFirst: boolean;
  /** Today in Asia/Shanghai, "2026-03-02". */
  today: string;
};

export type CheckResult = Result<VersionCheck>;

/** What the checks find in a version as it is now; those that find nothing are left out. */
export async function checksOf(db: Db | Tx, subject: Subject): Promise<CheckResult[]> {
  const { bindingLocale } = subject.document;
  const text = subject.written.texts[bindingLocale] ?? "";
  if (!text) return [];
  const read = {
    ...subject,
    blocks: await readText(text),
    manifest: await manifestIn(subject.written, bindingLocale),
    text,
  };
  const found: [VersionCheck, Finding[]][] = [
    ["links", await deadLinks(db, read)],
    ["sensitive_not_bold", await notBold(read)],
    ["sensitive_unmarked", unmarked(read)],
    ["translation_behind", await translationBehind(read)],
    ["lists_differ", await listsDiffer(read)],
    ["documents_differ", await documentsDiffer(db, read)],
    ...(await againstBefore(read)),
    ["card_differs", await cardDiffers(db, read)],
    ["none_of_six", noneOfSix(subject)],
    ["short_notice", shortNotice(subject)],
  ];
  const { explanations } = subject.version;
  return resultsOf(found, { explanations, blocking: ["links"] });
}

/** What keeps a version from review, by its field. */
export const openChecks = (results: readonly CheckResult[]): Record<string, string[]> =>
  open(results, {
    mend: "policies.errors.missing.links",
    explain: "policies.errors.missing.explanation",
  });

type Read = Subject & { blocks: PolicyBlock[]; manifest: ManifestRows | null; text: string };

/** Places that are not in the text, and documents or versions that the portal does not have. */
async function deadLinks(db: Db | Tx, { blocks, document }: Read): Promise<Finding[]> {
  const links = policyLinks(blocks).filter(({ slug }) => slug !== document.slug);
  const known =
    links.length === 0
      ? []
      : await db
          .select({ slug: policyDocuments.slug, label: policyVersions.label })
          .from(policyVersions)
          .innerJoin(policyDocuments, eq(policyDocuments.id, policyVersions.documentId))
          .where(
            and(
              inArray(
                policyDocuments.slug,
                links.map(({ slug }) => slug),
              ),
              inArray(policyVersions.status, PUBLIC_VERSION_STATUSES),
            ),
          );
  const isThere = (link: { slug: string; label: string | null }) =>
    known.some(({ slug, label }) => slug === link.slug && [null, label].includes(link.label));
  const dead = links.filter((link) => !isThere(link));
  return [...deadAnchors(blocks), ...dead.map(({ place, words }) => ({ place, words }))];
}

/** P05: what the lists call sensitive stands in bold wherever the text and the change list name it. */
async function notBold({ blocks, manifest, version, document }: Read): Promise<Finding[]> {
  const names = (manifest?.information ?? [])
    .filter(({ sensitive }) => sensitive)
    .flatMap(({ name }) => namesOf(name));
  const lines: Finding[] = [];
  for (const [index, { text }] of version.changes.entries()) {
    const line = await readText(text[document.bindingLocale] ?? "");
    const isPlain = (name: string) => placesNotBold(line, name).length > 0;
    lines.push(...names.filter(isPlain).map((words) => ({ place: `${index + 1}.`, words })));
  }
  return [...new Set(names)].flatMap((name) => placesNotBold(blocks, name)).concat(lines);
}

/** Sensitive by law (PIPL 28), and not marked as such. */
function unmarked({ manifest }: Read): Finding[] {
  return (manifest?.information ?? [])
    .filter(({ sensitive }) => !sensitive)
    .flatMap(({ name }) => namesOf(name))
    .filter((name) => SENSITIVE_BY_LAW.some((word) => name.toLowerCase().includes(word)))
    .map((words) => ({ place: null, words }));
}

/** A translation that stayed while the binding text changed, is built otherwise, or lists another number of rows. */
async function translationBehind({ document, written, before }: Read): Promise<Finding[]> {
  const { bindingLocale } = document;
  const locales = Object.keys(written.texts) as (keyof typeof written.texts)[];
  const blocks: Partial<Record<(typeof locales)[number], PolicyBlock[]>> = {};
  for (const locale of locales) blocks[locale] = await readText(written.texts[locale] ?? "");
  const doubts = translationDoubts({
    bindingLocale,
    before: before?.texts ?? {},
    after: written.texts,
    blocks,
  });
  const own = await manifestIn(written, bindingLocale);
  const uneven: Finding[] = [];
  for (const locale of locales.filter((one) => one !== bindingLocale)) {
    const theirs = await manifestIn(written, locale);
    if (theirs && own && sizesOf(theirs) !== sizesOf(own))
      uneven.push({ place: locale, words: "rows" });
  }
  return [...doubts.map(({ locale, doubt }) => ({ place: locale, words: doubt })), ...uneven];
}

const sizesOf = ({ information, permissions, register }: ManifestRows): string =>
  [information, permissions, register].map(({ length }) => length).join();

/** Lists that were entered, against the tables that the text itself has. */
async function listsDiffer({ written, document, text }: Read): Promise<Finding[]> {
  const entered = written.manifests[document.bindingLocale];
  if (entered?.source !== "entered") return [];
  const tables = await rowsIn(text);
  const manifest = await manifestIn(written, document.bindingLocale);
  return compareManifests(tables, manifest)
    .filter(({ part }) => tables[part].length > 0)
    .map(({ name }) => ({ place: null, words: name }));
}

/** What the documents of one product say otherwise of the same information, permission or party (P11). */
async function documentsDiffer(db: Db | Tx, { document, manifest }: Read): Promise<Finding[]> {
  if (!manifest) return [];
  const others = await db
    .select({ id: policyVersions.id, document: policyDocuments })
    .from(policyVersions)
    .innerJoin(policyDocuments, eq(policyDocuments.id, policyVersions.documentId))
    .where(
      and(
        eq(policyDocuments.productId, document.productId),
        ne(policyDocuments.id, document.id),
        isNull(policyDocuments.discardedAt),
        eq(policyVersions.status, "in_force"),
      ),
    );
  const findings: Finding[] = [];
  for (const other of others) {
    const { bindingLocale } = other.document;
    const theirs = await manifestIn(await writtenOf(db, other.id), bindingLocale);
    const place = titlesOf(other.document)[document.bindingLocale];
    findings.push(...contradictions(manifest, theirs).map((words) => ({ place, words })));
  }
  return findings;
}

/** What is asked of a version because of what it changes. */
async function againstBefore(read: Read): Promise<[VersionCheck, Finding[]][]> {
  const { version, document, before, blocks, manifest, text } = read;
  const old = before?.texts[document.bindingLocale];
  if (!before || old === undefined) return [];
  const answers = version.majorAnswers;
  const lists = compareManifests(await manifestIn(before, document.bindingLocale), manifest);
  const collected = lists.filter(isNewCollection).map(asFinding);
  const parties = lists.filter(({ part }) => part === "register").map(asFinding);
  const contacts = onlyInOne(contactsOf(await readText(old)), contactsOf(blocks));
  const { entries } = await compareTexts(old, text);
  const anchors = version.changes.map(({ anchor }) => anchor);
  return [
    ["changes_unexplained", unexplained(entries, anchors)],
    ["collection_changed", answers.service_model ? [] : collected],
    ["recipients_changed", answers.recipients ? [] : parties],
    ["contacts_changed", answers.contacts ? [] : contacts],
    ["consent_needed", version.needsConsent ? [] : collected],
  ];
}

const asFinding = ({ name }: ManifestChange): Finding => ({ place: null, words: name });

/** Collected anew, for another purpose, or sensitive now: what needs a basis of its own (PIPL 14, 17). */
const isNewCollection = ({ part, kind, fields }: ManifestChange): boolean =>
  part === "information" &&
  (kind === "added" ||
    fields.some(
      ({ field, after }) =>
        (field === "purpose" || field === "method" || field === "sensitive") && cellIsSaid(after),
    ));

const cellIsSaid = (words: string): boolean => words !== "";

/** A guide names who answers for it as the contact card of its day does (P45, P58). */
async function cardDiffers(db: Db | Tx, { document, version, blocks }: Read): Promise<Finding[]> {
  if (document.kind !== "privacy_guide") return [];
  const card = await cardOn(db, { day: version.effectiveDate });
  return card ? notOnCard(blocks, card, document.bindingLocale) : [];
}

/** A change that is none of the six is so for a reason (P42). */
function noneOfSix({ isFirst, version: { isMajor, majorAnswers } }: Subject): Finding[] {
  const isAnswered = Object.keys(majorAnswers).length > 0;
  return isFirst || isMajor || !isAnswered ? [] : [NOTHING_NAMED];
}

const NOTHING_NAMED: Finding = { place: null, words: null };

/** Fewer days between the notice and its effect than the house keeps. */
function shortNotice({ version, isFirst, today }: Subject): Finding[] {
  const { effectiveDate, isMajor } = version;
  if (!effectiveDate || !isTold({ effectiveDate, isFirst, today })) return [];
  const wanted = setting(isMajor ? "NOTICE_DAYS_MAJOR" : "NOTICE_DAYS_MINOR") ?? 0;
  if (isFirst || daysBetween(today, effectiveDate) >= Number(wanted)) return [];
  return [{ place: String(wanted), words: effectiveDate }];
}
