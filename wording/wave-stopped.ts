import type { Locale } from "@/db/vocabulary/languages";
import type { WaveStoppedFacts } from "@/domain/broadcasts/facts";
import { type Address, at } from "@/lib/addresses";
import { formatShare } from "@/lib/format";
import { translator } from "@/messages/translator";

import { markedIn } from "./incident-notice";

/** That a broadcast stopped by itself after its first wave, why, and what somebody has to decide. */
export function waveStoppedWords(facts: WaveStoppedFacts, locale: Locale) {
  const t = translator(locale, "broadcasts");
  const { cause, first, rest, mails, heard } = facts;
  const count = cause === "silent" ? mails - heard : facts[cause];
  const percent = formatShare(count / Math.max(mails, 1), locale);
  return {
    title: waveStoppedTitle(facts, locale),
    lead: markedIn(facts, t(`waveStopped.lead.${cause}`, { first, mails, count, percent }), locale),
    next: t("waveStopped.next", { rest }),
    action: { href: waveStoppedHref(facts), label: t("waveStopped.action") },
  };
}

/** The one line of a list, a subject or a page title. */
export function waveStoppedTitle(facts: WaveStoppedFacts, locale: Locale): string {
  const t = translator(locale, "broadcasts");
  const { incidentNumber: number, sequence, rest } = facts;
  return number
    ? markedIn(facts, t("waveStopped.title.incident", { number, sequence, rest }), locale)
    : t("waveStopped.title.announcement", { rest });
}

export const waveStoppedHref = ({ broadcastId }: WaveStoppedFacts): Address =>
  at("/ops/broadcasts/*", broadcastId);
