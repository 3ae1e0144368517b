import type { Locale } from "@/db/vocabulary/languages";
import type { Told } from "@/domain/broadcasts/facts";
import type { Address } from "@/lib/addresses";
import { localized } from "@/lib/localized";
import { feedEntry } from "@/wording/feed-entry";
import { isUrgentNotice } from "@/wording/incident-notice";
import { noticeHref, noticeKind, noticeTitle } from "@/wording/notice-line";
import { requestWords } from "@/wording/request-update";

export type Notice = {
  kind: string;
  title: string;
  /** Paragraphs, with empty lines between. */
  text: string;
  href: Address;
  isUrgent: boolean;
  /** What a program would have to read out of the words otherwise. */
  facts: Record<string, unknown>;
};

/** What is said of a broadcast by every channel that posts; null for a test of the endpoint. */
export function noticeOf(told: Told | null, locale: Locale): Notice | null {
  if (!told) return null;
  return {
    kind: noticeKind(told, locale),
    title: noticeTitle(told, locale),
    text: textOf(told, locale),
    href: noticeHref(told),
    isUrgent: urgencyOf(told),
    facts: factsOf(told),
  };
}

/** Of a restricted incident what everybody may read (docs/decisions/030): who reads a group chat is not known here. */
function textOf(told: Told, locale: Locale): string {
  if (told.kind === "incident_notice" && told.facts.visibility === "restricted")
    return localized(told.facts.publicSummary, locale).text;
  if (told.kind === "request_update") return requestWords(told.facts, locale).lead;
  return feedEntry(told, locale)?.text ?? "";
}

function urgencyOf(told: Told): boolean {
  switch (told.kind) {
    case "incident_notice":
      return isUrgentNotice(told.facts);
    case "announcement":
      return told.facts.actionability === "required";
    case "policy_change":
    case "acknowledgement_reminder":
      return told.facts.isMajor;
    case "request_update":
    case "withdrawal":
    case "acknowledgement_receipt":
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
      return false;
  }
}

function factsOf(told: Told): Record<string, unknown> {
  switch (told.kind) {
    case "incident_notice": {
      const { incidentNumber, sequence, type, kind, severity, status, visibility } = told.facts;
      const { parts, publishedAt, contentHash } = told.facts;
      return {
        ...{ number: incidentNumber, sequence, type, kind, severity, status, visibility },
        ...{ actionability: parts.actionability, publishedAt, contentHash },
        ...(told.facts.rehearsal && { rehearsal: true }),
      };
    }
    case "policy_change":
    case "acknowledgement_reminder": {
      const { documentSlug: document, label, isMajor, effectiveAt, contentHash } = told.facts;
      return { document, label, isMajor, effectiveAt, contentHash };
    }
    case "announcement": {
      const { actionability, publishedAt, contentHash, follows } = told.facts;
      return {
        ...{ actionability, publishedAt, contentHash },
        ...(follows && { follows: { kind: follows.kind, announcement: follows.announcementId } }),
      };
    }
    case "request_update": {
      const { number, type, event, dueDate, isDueProvisional } = told.facts;
      return { number, type, event, dueDate, isDueProvisional };
    }
    case "withdrawal":
      return { what: told.facts.what.kind, withdrawnAt: told.facts.withdrawnAt };
    case "acknowledgement_receipt":
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
      return {};
  }
}
