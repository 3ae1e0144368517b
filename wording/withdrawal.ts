import type { Locale } from "@/db/vocabulary/languages";
import type { WithdrawalFacts } from "@/domain/broadcasts/facts";
import { type Address, at } from "@/lib/addresses";
import { formatDate, formatDateTime } from "@/lib/format";
import { localized } from "@/lib/localized";
import { translator } from "@/messages/translator";

export type WithdrawalWords = {
  title: string;
  lead: string;
  ask: string;
  reasonHeading: string;
  /** As staff wrote it, for everybody in the same words. */
  reason: string;
  action: { href: Address; label: string };
};

/** That what was announced no longer holds: the same in mail, in-site message, announcement and feed. */
export function withdrawalWords(facts: WithdrawalFacts, locale: Locale): WithdrawalWords {
  const t = translator(locale, "withdrawals");
  const { what, reason } = facts;
  const words = {
    title: thingOf(facts, locale),
    announced: formatDateTime(facts.announcedAt, locale),
    at: formatDateTime(facts.withdrawnAt, locale),
  };
  const said = { title: withdrawalTitle(facts, locale), reasonHeading: t("reason"), reason };
  if (what.kind === "incident")
    return {
      ...said,
      lead: t("lead.incident", words),
      ask: t("ask.incident"),
      action: { href: withdrawnHref(facts), label: t("link.incident") },
    };
  if (what.kind === "announcement")
    return {
      ...said,
      lead: t("lead.announcement", words),
      ask: t("ask.announcement"),
      action: {
        href: withdrawnHref(facts),
        label: t(facts.announcementId ? "link.announcement" : "link.announcements"),
      },
    };
  const { label, staysLabel, effectiveAt } = what;
  const lead = t("lead.version", { ...words, label, effective: formatDate(effectiveAt, locale) });
  const ask = t("ask.version");
  const stays = staysLabel && t("stays", { label: staysLabel });
  return {
    ...said,
    lead,
    ask: stays ? `${ask}${locale === "en" ? " " : ""}${stays}` : ask,
    action: { href: withdrawnHref(facts), label: t("link.version", { label }) },
  };
}

/** The one line of a list, a subject or a page title. */
export function withdrawalTitle(facts: WithdrawalFacts, locale: Locale): string {
  const t = translator(locale, "withdrawals");
  const title = thingOf(facts, locale);
  switch (facts.what.kind) {
    case "version":
      return t("title.version", { title, label: facts.what.label });
    case "announcement":
      return t("title.announcement", { title });
    case "incident":
      return t("title.incident", { title });
  }
}

/** Where what was withdrawn still stands, marked as such; without the language. */
export function withdrawnHref({ what, announcementId }: WithdrawalFacts): Address {
  if (what.kind === "version") return at("/policies/*/*", what.documentSlug, what.label);
  if (what.kind === "incident") return at("/incidents/*", what.incidentNumber);
  return announcementId ? at("/announcements/*", announcementId) : "/announcements";
}

/** What it is called; of an incident whose title is withheld, its number. */
function thingOf({ what }: WithdrawalFacts, locale: Locale): string {
  const { text } = localized(what.kind === "version" ? what.documentTitle : what.title, locale);
  if (what.kind !== "incident" || text) return text;
  return translator(locale, "notices")("told.withheld", { number: what.incidentNumber });
}
