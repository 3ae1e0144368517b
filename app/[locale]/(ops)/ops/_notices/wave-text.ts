import type { WavePlan } from "@/db/schema/waves";
import type { Locale } from "@/db/vocabulary/languages";
import { formatNumber } from "@/lib/format";
import { translator } from "@/messages/translator";

/** How a notice goes out, as a sentence: to everybody at once, or who first, how long after, and what stops it. */
export function waveText(waves: WavePlan | null | undefined, locale: Locale): string {
  const t = translator(locale, "incidents");
  if (!waves) return t("desk.facts.waves.once");
  const { by, first, waitMinutes, ...limits } = waves;
  const number = (value: number) => formatNumber(value, locale);
  const { bounced, refused, complained } = limits;
  return t(`desk.facts.waves.${by}`, {
    ...{ first: number(first), wait: number(waitMinutes) },
    ...{ bounced: number(bounced), refused: number(refused), complained: number(complained) },
  });
}
