import type { Locale } from "@/db/vocabulary/languages";
import type { IncidentNoticeFacts, PolicyChangeFacts, Told } from "@/domain/broadcasts/facts";
import { formatDateTime } from "@/lib/format";
import { type Localized, localized } from "@/lib/localized";
import { translator } from "@/messages/translator";

import { announcementText, incidentWords } from "./incident-notice";
import { noticeTitle } from "./notice-line";
import { ownPolicyReminderWords } from "./own-policy-reminder";
import { policyWords } from "./policy-change";
import { withdrawalWords } from "./withdrawal";

/** The popup of a major change: its five first changes, and how many more there are. */
export type ChangePopup = {
  title: string;
  effective: string;
  changes: Localized<Locale>[];
  more: string | null;
};

export function changePopup(facts: PolicyChangeFacts, locale: Locale): ChangePopup {
  const t = translator(locale, "home");
  const { changes, label, documentTitle, effectiveAt } = facts;
  const further = changes.length - 5;
  return {
    title: t("console.popup.title", { title: localized(documentTitle, locale).text, label }),
    effective: t("console.popup.effective", { date: formatDateTime(effectiveAt, locale) }),
    changes: changes.slice(0, 5).map(({ text }) => localized(text, locale)),
    more: further > 0 ? t("console.popup.more", { count: further }) : null,
  };
}

/** The popup of an incident on which the reader has to act. */
export function incidentPopup(facts: IncidentNoticeFacts, locale: Locale) {
  const { title, ask, situation } = incidentWords(facts, locale);
  return { title, ask, situation };
}

/** What the portal shows of what an account is told: the words of the message and of the popup over it. */
export type Shown = { message: object; popup: object | null };

/**
 * In one language, the same for every reader (a reader's own apps and accounts stand beside it). Null for
 * what is told to a person and to no account.
 */
export function shownWords(told: Told, locale: Locale): Shown | null {
  const message = messageWords(told, locale);
  return (
    message && {
      message: { title: noticeTitle(told, locale), ...message },
      popup: popupOf(told, locale),
    }
  );
}

function messageWords(told: Told, locale: Locale): object | null {
  switch (told.kind) {
    case "policy_change":
    case "acknowledgement_reminder":
      return policyWords(told, locale);
    case "own_policy_reminder":
      return ownPolicyReminderWords(told.facts, locale);
    case "incident_notice":
      return { ...incidentWords(told.facts, locale), title: noticeTitle(told, locale) };
    case "announcement":
      return announcementText(told.facts, locale);
    case "withdrawal":
      return withdrawalWords(told.facts, locale);
    case "acknowledgement_receipt":
    case "request_update":
    case "deregistration_update":
    case "security_alarm":
    case "access_update":
    case "ask_message":
    case "contacts_check":
    case "notice_look":
    case "wave_stopped":
    case "checkpoint":
    case "bulletin":
    case "digest":
      return null;
  }
}

function popupOf(told: Told, locale: Locale): object | null {
  if (told.kind === "policy_change" && told.facts.isMajor) return changePopup(told.facts, locale);
  return told.kind === "incident_notice" && told.facts.parts.actionability === "required"
    ? incidentPopup(told.facts, locale)
    : null;
}
