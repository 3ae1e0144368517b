import type { Locale } from "@/db/vocabulary/languages";
import type { PolicyChangeFacts, Told } from "@/domain/broadcasts/facts";
import { type Address, at, withQuery } from "@/lib/addresses";
import { formatDate, formatDateTime } from "@/lib/format";
import { type Localized, localized } from "@/lib/localized";
import { translator } from "@/messages/translator";
import type { ChangeRun } from "@/text/change-words";

import { listChangesOf } from "./list-changes";

export type ToldPolicy = Extract<Told, { facts: PolicyChangeFacts }>;

/** Somebody the notice turns to, and what they should do. */
export type PolicyStep = { who: string; what: string };

/**
 * One concrete change in the reader's language, else in the binding one, and the way to its clause. Its
 * text is what its author wrote, bold and lists included: text/change-words.ts reads it.
 */
export type ChangeLine = Localized<Locale> & { clause: { href: Address; label: string } | null };

export type PolicyWords = {
  kind: string;
  title: string;
  lead: string;
  ask: string;
  /** `at` (ISO 8601) where the value is a moment. */
  facts: { term: string; value: string; at?: string }[];
  changesHeading: string;
  changes: ChangeLine[];
  /** What becomes of the lists of personal information, permissions and others (P08, P09, P51). */
  lists: { heading: string; lines: ChangeRun[][] } | null;
  /** Which language binds, when a change is not in the reader's. */
  bindingNote: string | null;
  reasons: string[];
  steps: PolicyStep[];
  /** What happens while nobody answers; null when no answer is asked. */
  silence: string | null;
  /** Where the reader acts: addresses on this site without the language. */
  action: { href: Address; label: string };
  links: { href: Address; label: string }[];
};

/**
 * What a policy notice says: the same sentences in mail, in-site message and announcement, so that
 * no surface tells a different story. Opens with the numbered concrete changes (P01, P41), names
 * the effective date (P39), what to do and by when, the way to disagree (P04) and the end users'
 * side (P40).
 */
export function policyWords({ kind, facts }: ToldPolicy, locale: Locale): PolicyWords {
  const t = translator(locale, "broadcasts");
  const { label, previousLabel: previous } = facts;
  const changes = changesOf(facts, locale);
  const foreign = changes.find((change) => change.locale !== locale);

  return {
    kind: policyKind({ kind, facts }, locale),
    title: policyTitle({ kind, facts }, locale),
    ...openingOf({ kind, facts }, locale),
    facts: [
      {
        term: t("facts.effective"),
        value: t("facts.effectiveFrom", { date: formatDateTime(facts.effectiveAt, locale) }),
        at: facts.effectiveAt,
      },
      {
        term: t("facts.version"),
        value: previous
          ? t("facts.versionInstead", { label, previous })
          : t("facts.versionAlone", { label }),
      },
    ],
    changes,
    lists: listChangesOf(facts, locale),
    bindingNote: foreign ? t(`changes.onlyIn.${foreign.locale}`) : null,
    reasons: facts.isMajor ? facts.majorReasons.map((reason) => t(`reasons.${reason}`)) : [],
    steps: stepsOf({ kind, facts }, locale),
    silence: facts.isMajor ? t("steps.silence") : null,
    ...linksOf(facts, locale),
  };
}

/** The one line of a list, a subject or a page title. */
export function policyTitle({ kind, facts }: ToldPolicy, locale: Locale): string {
  const t = translator(locale, "broadcasts");
  const words = {
    title: localized(facts.documentTitle, locale).text,
    label: facts.label,
    date: formatDate(facts.effectiveAt, locale),
  };
  if (kind === "acknowledgement_reminder")
    return t(facts.occasion === "overdue" ? "title.reminderOverdue" : "title.reminder", words);
  return t(facts.previousLabel ? "title.change" : "title.first", words);
}

/** "政策变更", "政策发布" or "答复提醒". */
export function policyKind({ kind, facts }: ToldPolicy, locale: Locale): string {
  const t = translator(locale, "broadcasts");
  if (kind === "acknowledgement_reminder") return t("kind.reminder");
  return t(facts.previousLabel ? "kind.change" : "kind.first");
}

/** A reminder ahead of the day, after it, and on the day somebody chose. */
const OCCASIONS = {
  ahead: "reminder",
  overdue: "reminderOverdue",
  deferred: "reminderDeferred",
} as const;

type Opening = Pick<PolicyWords, "lead" | "ask" | "changesHeading">;

function openingOf({ kind, facts }: ToldPolicy, locale: Locale): Opening {
  const t = translator(locale, "broadcasts");
  const { label, previousLabel: previous } = facts;
  const title = localized(facts.documentTitle, locale).text;
  if (kind === "acknowledgement_reminder") {
    const occasion = OCCASIONS[facts.occasion ?? "ahead"];
    return {
      lead: t(`lead.${occasion}`, { title, label }),
      ask: t(`ask.${occasion}`),
      changesHeading: t("changes.heading"),
    };
  }
  const ask = t(facts.isMajor ? "ask.major" : "ask.none");
  return previous
    ? {
        lead: t("lead.change", { title, label, previous }),
        ask,
        changesHeading: t("changes.heading"),
      }
    : { lead: t("lead.first", { title, label }), ask, changesHeading: t("changes.headingFirst") };
}

function changesOf(facts: PolicyChangeFacts, locale: Locale): ChangeLine[] {
  const t = translator(locale, "broadcasts");
  return facts.changes.map(({ text, anchor, place }, index) => {
    const { text: name } = localized(place ?? {}, locale);
    const isElsewhere = place?.[locale] === "";
    return {
      ...localized(text, locale),
      clause:
        anchor && !isElsewhere
          ? {
              href: withQuery(versionHref(facts), { "#": anchor }),
              label: name
                ? t("changes.clause", { name })
                : t("changes.clauseOf", { number: index + 1 }),
            }
          : null,
    };
  });
}

function stepsOf({ kind, facts }: ToldPolicy, locale: Locale): PolicyStep[] {
  const t = translator(locale, "broadcasts");
  const deadline = formatDateTime(facts.effectiveAt, locale);
  const endUsers = [
    ...(facts.affectsEndUsers ? [{ who: t("steps.endUsersWho"), what: t("steps.endUsers") }] : []),
    ...(facts.needsConsent
      ? [{ who: t("steps.consentWho"), what: t("steps.consent", { deadline }) }]
      : []),
  ];
  if (!facts.isMajor) {
    return [
      { who: t("steps.readWho"), what: t("steps.read") },
      { who: t("steps.disagreeWho"), what: t("steps.disagreeMinor") },
      ...endUsers,
    ];
  }
  const disagreeWho = t("steps.disagreeWho");
  if (kind === "acknowledgement_reminder") {
    const isOverdue = facts.occasion === "overdue";
    const answer = {
      who: t("steps.answerWho"),
      what: isOverdue ? t("steps.answerOverdue") : t("steps.answerReminded", { deadline }),
    };
    if (isOverdue)
      return [
        answer,
        { who: disagreeWho, what: t("steps.disagreeReminded") },
        { who: t("steps.forwardWho"), what: t("steps.forwardOverdue") },
        ...endUsers,
      ];
    return [answer, { who: disagreeWho, what: t("steps.disagreeReminded") }, ...endUsers];
  }
  return [
    { who: t("steps.answerWho"), what: t("steps.answer", { deadline }) },
    { who: disagreeWho, what: t("steps.disagreeMajor") },
    { who: t("steps.forwardWho"), what: t("steps.forward") },
    ...endUsers,
  ];
}

function linksOf(facts: PolicyChangeFacts, locale: Locale): Pick<PolicyWords, "action" | "links"> {
  const t = translator(locale, "broadcasts");
  const { label, previousLabel: previous } = facts;
  const read = { href: versionHref(facts), label: t("links.read", { label }) };
  const compare = previous
    ? [
        {
          href: at("/policies/*/*/changes", facts.documentSlug, label, { since: previous }),
          label: t("links.compare", { label: previous }),
        },
      ]
    : [];
  if (!facts.isMajor) return { action: read, links: compare };
  return {
    action: { href: at("/acknowledgements/*", facts.versionId), label: t("links.answer") },
    links: [...compare, read],
  };
}

/** Where anybody may read the version: an address on this site without the language. */
export function versionHref({ documentSlug, label }: PolicyChangeFacts): Address {
  return at("/policies/*/*", documentSlug, label);
}
