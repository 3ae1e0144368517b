import { type ReactElement } from "react";
import { render, toPlainText } from "react-email";

import type { Locale } from "@/db/vocabulary/languages";
import type { EndedByClick, OptionalMail } from "@/db/vocabulary/broadcasts";
import type { Told } from "@/domain/broadcasts/facts";
import { personalise } from "@/lib/mail-template";
import { PLACEHOLDERS } from "@/lib/placeholders";
import { translator } from "@/messages/translator";

import type { Sender } from "./_components/sender";
import { CATALOGUE, type PropsOf } from "./catalogue";
import { withDark } from "./dark";

/** What the portal shows of the same facts, for whoever renders the mail. */
export { shownWords } from "@/wording/shown";

export type Mail = {
  subject: string;
  html: string;
  text: string;
  /** Where an answer goes, of a mail that says it can be answered. */
  replyTo?: string | undefined;
};

/**
 * The mail of a broadcast in one language, the same bytes for the same facts. Where a reader's name
 * and accounts belong stand the PLACEHOLDERS of lib/placeholders; subjects have none.
 */
export async function renderBroadcastMail(
  told: Told,
  sender: Sender,
): Promise<Mail & { unsubscribe?: string }> {
  const mail = await renderMail(mailOf(told, sender), sender);
  const ended = endedByClick(told);
  if (ended === null) return mail;
  const of = ended === "subscription" ? "" : `&of=${ended}`;
  return { ...mail, unsubscribe: `${sender.origin}/api/unsubscribe?key=${PLACEHOLDERS.key}${of}` };
}

/** Which of the mails that may be turned off it is. */
function optionalMailOf(told: Told): OptionalMail | null {
  if (told.kind === "announcement") return "announcements";
  return told.kind === "policy_change" && !told.facts.isMajor ? "minor_changes" : null;
}

/** What the reader of a mail ends by one click (RFC 8058); null for what is mandatory, which says why it comes (P41). */
export function endedByClick(told: Told): EndedByClick | "subscription" | null {
  if (told.kind === "bulletin") return told.facts.to === "subscribers" ? "subscription" : null;
  if (told.kind === "digest" || told.kind === "checkpoint") return told.kind;
  return optionalMailOf(told);
}

type Test = { told: Told; sender: Sender & { test: { by: string } }; reader: string };

/** The mail of a broadcast as a test: marked in subject and body, with words where a reader's accounts belong. */
export async function renderTestMail({ told, sender, reader }: Test): Promise<Mail> {
  const t = translator(sender.locale, "emails");
  const mail = await renderBroadcastMail(told, sender);
  const personal = { name: reader, accounts: t("test.accounts"), apps: t("test.apps") };
  const { subject, ...rest } = personalise(mail, personal);
  return { ...rest, subject: t("test.subject", { subject }), replyTo: mail.replyTo };
}

/** The mail that signs somebody in; it is made for one reader and has no placeholders. */
export async function renderSignInMail(props: PropsOf<"sign-in-link">): Promise<Mail> {
  return renderMail(CATALOGUE["sign-in-link"](props), props);
}

/** The mail that asks an address to confirm that it is a contact; it too has no placeholders. */
export async function renderContactMail(props: PropsOf<"contact-confirmation">): Promise<Mail> {
  return renderMail(CATALOGUE["contact-confirmation"](props), props);
}

/** The mail that asks an address to confirm what it is to be told of. */
export async function renderSubscriptionMail(
  props: PropsOf<"subscription-confirmation">,
): Promise<Mail> {
  return renderMail(CATALOGUE["subscription-confirmation"](props), props);
}

/** The mail that invites an address to an account; made for one reader, of whom nothing is known. */
export async function renderInvitationMail(props: PropsOf<"member-invitation">): Promise<Mail> {
  return renderMail(CATALOGUE["member-invitation"](props), props);
}

type Composed = { subject: string; element: ReactElement };

/** Renders what the catalogue composed of this sender, of whom it says whether answers are read. @throws when a word or a fact is missing */
export async function renderMail(
  { subject, element }: Composed,
  { locale, replyTo }: Pick<Sender, "locale" | "replyTo">,
): Promise<Mail> {
  const html = withDark(await render(element));
  return { subject, html, text: plainTextOf(html, locale), replyTo };
}

function mailOf({ kind, facts }: Told, sender: Sender) {
  switch (kind) {
    case "policy_change":
      return CATALOGUE["policy-change"]({ ...sender, facts });
    case "acknowledgement_reminder":
      return CATALOGUE["acknowledgement-reminder"]({ ...sender, facts });
    case "acknowledgement_receipt":
      return CATALOGUE["acknowledgement-receipt"]({ ...sender, facts });
    case "request_update":
      return CATALOGUE["request-update"]({ ...sender, facts });
    case "incident_notice":
      return CATALOGUE["incident-notice"]({ ...sender, facts });
    case "announcement":
      return CATALOGUE.announcement({ ...sender, facts });
    case "deregistration_update":
      return CATALOGUE["deregistration-update"]({ ...sender, facts });
    case "withdrawal":
      return CATALOGUE.withdrawal({ ...sender, facts });
    case "security_alarm":
      return CATALOGUE["security-alarm"]({ ...sender, facts });
    case "access_update":
      return CATALOGUE["access-update"]({ ...sender, facts });
    case "ask_message":
      return CATALOGUE["ask-message"]({ ...sender, facts });
    case "own_policy_reminder":
      return CATALOGUE["own-policy-reminder"]({ ...sender, facts });
    case "contacts_check":
      return CATALOGUE["contacts-check"]({ ...sender, facts });
    case "notice_look":
      return CATALOGUE["notice-look"]({ ...sender, facts });
    case "wave_stopped":
      return CATALOGUE["wave-stopped"]({ ...sender, facts });
    case "bulletin":
      return CATALOGUE.bulletin({ ...sender, facts });
    case "checkpoint":
      return CATALOGUE.checkpoint({ ...sender, facts });
    case "digest":
      return CATALOGUE.digest({ ...sender, facts });
  }
}

const COLON: Record<Locale, string> = { "zh-CN": "：", en: ": " };

/**
 * The plain text of a rendered mail: every word and every address of the HTML. What stands in cells
 * side by side there (`data-text`) stands in one line here.
 */
function plainTextOf(html: string, locale: Locale): string {
  return toPlainText(html, {
    selectors: [
      ...["h1", "h2"].map((selector) => ({ selector, options: { uppercase: false } })),
      { selector: "[data-text=row]", format: "block", options: LINE },
      inLine("sender", " · "),
      inLine("term", COLON[locale]),
      inLine("number", ". "),
      inLine("value", ""),
      { selector: "[data-text=strong]", format: "inlineSurround", options: STRONG },
    ],
  });
}

/** Bold has no other sign in plain text, and must not be lost there (P05). */
const STRONG = { prefix: "**", suffix: "**" };
const LINE = { leadingLineBreaks: 1, trailingLineBreaks: 1 };

function inLine(part: string, suffix: string) {
  return { selector: `[data-text=${part}]`, format: "inlineSurround", options: { suffix } };
}
