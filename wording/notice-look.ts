import type { Locale } from "@/db/vocabulary/languages";
import type { NoticeLookFacts } from "@/domain/broadcasts/facts";
import { type Address, at } from "@/lib/addresses";
import { formatDateTime } from "@/lib/format";
import { translator } from "@/messages/translator";

import { markedIn } from "./incident-notice";

/** That one person sent a notice alone, and what a second one has to do. What it says stands behind the link. */
export function noticeLookWords(facts: NoticeLookFacts, locale: Locale) {
  const t = translator(locale, "broadcasts");
  const { event, incidentNumber: number, sequence, sentAt, lookDueAt, isDrafted } = facts;
  const said = {
    ...{ number, sequence },
    sentAt: formatDateTime(sentAt, locale),
    dueAt: formatDateTime(lookDueAt, locale),
  };
  return {
    title: noticeLookTitle(facts, locale),
    lead: markedIn(facts, t(`look.lead.${event}`, said), locale),
    next: t(`look.next.${isDrafted ? "drafted" : event}`, said),
    action: { href: noticeLookHref(facts), label: t("look.action") },
  };
}

/** The one line of a list, a subject or a page title. */
export function noticeLookTitle(facts: NoticeLookFacts, locale: Locale): string {
  const { event, incidentNumber: number } = facts;
  return markedIn(
    facts,
    translator(locale, "broadcasts")(`look.title.${event}`, { number }),
    locale,
  );
}

export const noticeLookHref = ({ incidentNumber, noticeId }: NoticeLookFacts): Address =>
  at("/ops/incidents/*/notices/*", incidentNumber, noticeId, { "#": "look" });
