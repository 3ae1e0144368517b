import { useTranslations } from "next-intl";

import { Status, type StatusTone } from "@/components/ui/status";

const EVENT_TONES = {
  queued: "info",
  sent: "run",
  delivered: "ok",
  delivery_delayed: "warn",
  bounced: "danger",
  complained: "danger",
  other: "run",
} satisfies Record<string, StatusTone>;

/** The last event of a mail. */
export function EventStatus({ event }: { event: string }) {
  const t = useTranslations("mailbox");
  const name = event.replace(/^email\./, "");
  const word = isWord(name) ? name : "other";
  return <Status tone={EVENT_TONES[word]}>{t(`events.${word}`)}</Status>;
}

const isWord = (name: string): name is keyof typeof EVENT_TONES => Object.hasOwn(EVENT_TONES, name);
