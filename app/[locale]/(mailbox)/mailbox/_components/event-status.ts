import type { StatusTone } from "@/components/ui/status";

const TONES = {
  queued: "info",
  sent: "run",
  delivered: "ok",
  delivery_delayed: "warn",
  bounced: "danger",
  complained: "danger",
  other: "run",
} as const satisfies Record<string, StatusTone>;

export type EventWord = keyof typeof TONES;

/** How the last event of a mail is shown. */
export function eventStatus(event: string): { tone: StatusTone; word: EventWord } {
  const name = event.replace(/^email\./, "");
  const word = isWord(name) ? name : "other";
  return { tone: TONES[word], word };
}

const isWord = (name: string): name is EventWord => Object.hasOwn(TONES, name);
