import type { Locale } from "@/db/vocabulary/languages";
import type { BulletinFacts } from "@/domain/broadcasts/facts";
import { type Address } from "@/lib/addresses";
import { translator } from "@/messages/translator";

import {
  announcementKind,
  announcementText,
  announcementTitle,
  incidentHref,
  incidentKind,
  type IncidentNotice,
  incidentTitle,
  incidentWords,
  type Text,
} from "./incident-notice";
import { policyKind, policyTitle, policyWords, versionHref } from "./policy-change";
import { withdrawalTitle, withdrawalWords, withdrawnHref } from "./withdrawal";

type Part = { heading: string | null; text: Text };
type Fact = { term: string; value: string; at?: string };

export type BulletinWords = {
  kind: string;
  title: string;
  /** Why the reader is told of it. */
  why: string;
  parts: Part[];
  facts: Fact[];
  /** Where everybody may read it; null where not everybody may. */
  action: { href: Address; label: string } | null;
};

/** What was told to others, as it is told on: in a subscriber's mail, in a message to an end user (P53). */
export function bulletinWords(facts: BulletinFacts, locale: Locale): BulletinWords {
  const t = translator(locale, "subscriptions");
  const { to } = facts;
  const isOpen = isForEverybody(facts);
  return {
    kind: bulletinKind(facts, locale),
    title: bulletinTitle(facts, locale),
    why: t(`bulletin.why.${isFalseAlarm(facts) ? "told" : to}`),
    ...saidIn(facts, locale),
    action: isOpen ? { href: bulletinHref(facts), label: t("bulletin.read") } : null,
  };
}

export function bulletinTitle({ told }: BulletinFacts, locale: Locale): string {
  switch (told.kind) {
    case "policy_change":
      return policyTitle(told, locale);
    case "incident_notice":
      return incidentTitle(told.facts, locale);
    case "announcement":
      return announcementTitle(told.facts, locale);
    case "withdrawal":
      return withdrawalTitle(told.facts, locale);
  }
}

export function bulletinKind({ told }: BulletinFacts, locale: Locale): string {
  switch (told.kind) {
    case "policy_change":
      return policyKind(told, locale);
    case "incident_notice":
      return incidentKind(told.facts, locale);
    case "announcement":
      return announcementKind(told.facts, locale);
    case "withdrawal":
      return translator(locale, "withdrawals")("kind");
  }
}

/** Where everybody may read it, else one's messages. */
export function bulletinHref(facts: BulletinFacts): Address {
  const { told } = facts;
  if (!isForEverybody(facts)) return "/inbox";
  switch (told.kind) {
    case "policy_change":
      return versionHref(told.facts);
    case "incident_notice":
      return incidentHref(told.facts);
    case "announcement":
      return "/announcements";
    case "withdrawal":
      return withdrawnHref(told.facts);
  }
}

function isForEverybody({ told }: BulletinFacts): boolean {
  if (told.kind === "incident_notice") return told.facts.visibility === "public";
  if (told.kind !== "withdrawal" || told.facts.what.kind !== "incident") return true;
  return told.facts.what.visibility === "public";
}

/** It goes to whom it was told, whether their request is open still or not; it advises nothing. */
export const isFalseAlarm = ({ to, told }: BulletinFacts): boolean =>
  to === "end_users" && told.kind === "withdrawal";

type Said = Pick<BulletinWords, "parts" | "facts">;

function saidIn({ to, told }: BulletinFacts, locale: Locale): Said {
  switch (told.kind) {
    case "policy_change": {
      const { lead, changes, changesHeading, facts } = policyWords(told, locale);
      const numbered = changes.map(({ text }, index) => `${index + 1}. ${text}`).join("\n");
      return { parts: [plain(null, lead, locale), plain(changesHeading, numbered, locale)], facts };
    }
    case "incident_notice": {
      const words = incidentWords(told.facts, locale);
      return to === "end_users" ? toEndUsers(words, locale) : toAnybody(words, locale);
    }
    case "announcement":
      return { parts: [{ heading: null, text: announcementText(told.facts, locale) }], facts: [] };
    case "withdrawal": {
      const { lead, ask, reasonHeading, reason } = withdrawalWords(told.facts, locale);
      const opening = plain(null, `${lead}\n${ask}`, locale);
      return { parts: [opening, plain(reasonHeading, reason, locale)], facts: [] };
    }
  }
}

const plain = (heading: string | null, text: string, locale: Locale): Part => ({
  heading,
  text: { text, locale },
});

function toAnybody(words: IncidentNotice, locale: Locale): Said {
  const t = translator(locale, "notices");
  const listed = (texts: readonly Text[]) =>
    texts.map(({ text }, index) => `${index + 1}. ${text}`).join("\n");
  return {
    parts: [
      { heading: t("told.situation"), text: words.situation },
      plain(t("told.measures"), listed(words.measures), locale),
      plain(t("told.adviceDevelopers"), listed(words.adviceDevelopers), locale),
      { heading: t("told.adviceEndUsers"), text: words.adviceEndUsers },
    ],
    facts: words.facts,
  };
}

/** What is meant for them, and what the law has them told (PIPL 57): which data, what for a cause, whom to ask. */
function toEndUsers(words: IncidentNotice, locale: Locale): Said {
  const t = translator(locale, "notices");
  const wanted = [
    t("told.number"),
    t("told.kind"),
    t("told.dataKinds"),
    t("told.cause"),
    t("told.contact"),
  ];
  return {
    parts: [{ heading: t("told.adviceEndUsers"), text: words.adviceEndUsers }],
    facts: words.facts.filter(({ term }) => wanted.includes(term)),
  };
}
