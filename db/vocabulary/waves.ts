/** How the first wave of a broadcast is measured out: a share of its people, or so many of them. */
export const WAVE_MEASURES = ["share", "people"] as const;
export type WaveMeasure = (typeof WAVE_MEASURES)[number];

/** What may pass its limit in the first wave. */
export const WAVE_LIMITS = ["bounced", "refused", "complained"] as const;
export type WaveLimit = (typeof WAVE_LIMITS)[number];

/** Why a broadcast stopped by itself after its first wave; `silent`: of too many mails nothing was heard. */
export const WAVE_STOPS = [...WAVE_LIMITS, "silent"] as const;
export type WaveStop = (typeof WAVE_STOPS)[number];

/** Why a mail of somebody was cancelled whom a broadcast never told: it stopped before their wave. */
export const HELD = "held";
