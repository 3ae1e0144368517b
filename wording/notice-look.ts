import type { Locale } from "@/db/vocabulary/languages";
import type { NoticeLookFacts } from "@/domain/broadcasts/facts";
import { type Address, at } from "@/lib/addresses";
import { formatDateTime } from "@/lib/format";
import { translator } from "@/messages/translator";

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
    lead: t(`look.lead.${event}`, said),
    next: t(`look.next.${isDrafted ? "drafted" : event}`, said),
    action: { href: noticeLookHref(facts), label: t("look.action") },
  };
}

/** The one line of a list, a subject or a page title. */
export const noticeLookTitle = (
  { event, incidentNumber: number }: NoticeLookFacts,
  locale: Locale,
): string => translator(locale, "broadcasts")(`look.title.${event}`, { number });

export const noticeLookHref = ({ incidentNumber, noticeId }: NoticeLookFacts): Address =>
  at("/ops/incidents/*/notices/*", incidentNumber, noticeId, { "#": "look" });
