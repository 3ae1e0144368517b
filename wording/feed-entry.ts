import type { Locale } from "@/db/vocabulary/languages";
import type {
  AnnouncementFacts,
  IncidentNoticeFacts,
  Told,
  WithdrawalFacts,
} from "@/domain/broadcasts/facts";
import type { Following } from "@/domain/broadcasts/following";
import { formatDateTime } from "@/lib/format";
import { translator } from "@/messages/translator";
import { changeText } from "@/text/change-words";

import {
  announcementKind,
  announcementText,
  announcementTitle,
  incidentKind,
  incidentWords,
} from "./incident-notice";
import { policyWords, type ToldPolicy } from "./policy-change";
import { withdrawalWords } from "./withdrawal";

type Words = { title: string; summary: string; text: string };

/** What a feed says of something told to everybody, as plain text; null for what is told to one person. */
export function feedEntry(told: Told, locale: Locale): Words | null {
  switch (told.kind) {
    case "policy_change":
    case "acknowledgement_reminder":
      return ofPolicy(told, locale);
    case "incident_notice":
      return ofIncident(told.facts, locale);
    case "announcement":
      return ofAnnouncement(told.facts, locale);
    case "withdrawal":
      return ofWithdrawal(told.facts, locale);
    case "acknowledgement_receipt":
    case "request_update":
    case "deregistration_update":
    case "security_alarm":
    case "access_update":
    case "ask_message":
    case "own_policy_reminder":
    case "contacts_check":
    case "notice_look":
    case "wave_stopped":
    case "bulletin":
    case "checkpoint":
    case "digest":
      return null;
  }
}

function ofPolicy(told: ToldPolicy, locale: Locale): Words {
  const { title, lead, changesHeading, changes } = policyWords(told, locale);
  const numbered = changes.map(({ text }, index) => `${index + 1}. ${changeText(text)}`);
  return { title, summary: lead, text: paragraphs([lead, [changesHeading, ...numbered]]) };
}

function ofIncident(facts: IncidentNoticeFacts, locale: Locale): Words {
  const t = translator(locale, "notices");
  const notice = incidentWords(facts, locale);
  const listed = (texts: typeof notice.measures) =>
    texts.map(({ text }, index) => `${index + 1}. ${text}`);
  const summary = `${incidentKind(facts, locale)} · ${notice.actionability}`;
  return {
    title: notice.title.text,
    summary,
    text: paragraphs([
      [summary, notice.ask],
      notice.corrects ?? [],
      [t("told.situation"), notice.situation.text],
      [t("told.measures"), ...listed(notice.measures)],
      [t("told.adviceDevelopers"), ...listed(notice.adviceDevelopers)],
      [t("told.adviceEndUsers"), notice.adviceEndUsers.text],
      notice.facts.map(({ term, value }) => t("told.fact", { term, value })),
    ]),
  };
}

function ofAnnouncement(facts: AnnouncementFacts, locale: Locale): Words {
  const t = translator(locale, "notices");
  return {
    title: announcementTitle(facts, locale),
    summary: `${announcementKind(facts, locale)} · ${t(`actionability.${facts.actionability}`)}`,
    text: announcementText(facts, locale).text,
  };
}

function ofWithdrawal(facts: WithdrawalFacts, locale: Locale): Words {
  const { title, lead, ask, reasonHeading, reason } = withdrawalWords(facts, locale);
  return { title, summary: lead, text: paragraphs([lead, ask, [reasonHeading, reason]]) };
}

/** The words of what no longer holds: they say so first, and keep what was told. */
export function withdrawnEntry(words: Words, { at, locale }: { at: Date; locale: Locale }): Words {
  const t = translator(locale, "withdrawals");
  const mark = t("banner.text", { at: formatDateTime(at, locale) });
  return {
    title: t("feedTitle", { title: words.title }),
    summary: mark,
    text: paragraphs([mark, words.text]),
  };
}

type Marks = { following: Following; locale: Locale };

/** The words of an announcement that was corrected, updated or ended: they say so first, and keep what was told. */
export function followedEntry(words: Words, { following, locale }: Marks): Words {
  const t = translator(locale, "notices");
  const marks = [...new Set(following.map(({ kind }) => t(`follow.mark.${kind}`)))];
  const lines = following.map(({ kind, at }) =>
    t(`follow.banner.${kind}`, { at: formatDateTime(at, locale) }),
  );
  return {
    title: t("follow.feedTitle", { marks: marks.join(t("follow.separator")), title: words.title }),
    summary: lines.at(-1) ?? words.summary,
    text: paragraphs([lines, words.text]),
  };
}

/** Lines below one another, paragraphs apart; an empty one is left out. */
const paragraphs = (all: readonly (string | readonly string[])[]): string =>
  all
    .map((lines) => (typeof lines === "string" ? lines : lines.join("\n")))
    .filter((paragraph) => paragraph !== "")
    .join("\n\n");
