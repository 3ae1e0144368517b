import type { Locale } from "@/db/vocabulary/languages";
import { withLanguage, type Address } from "@/lib/addresses";
import type { CardLines } from "@/wording/contact-card";

/** What every mail knows about who sends it. Given by the caller: a template reads no environment. */
export type Sender = {
  locale: Locale;
  /** Address of the site, "https://notices.example.com"; every link leads there. */
  origin: string;
  /** Name of the company that gives notice, in the mail's language. */
  vendor: string;
  /** The mail address to write to. */
  contact: string;
  /** Where answers to the mail go, if somebody reads them (Reply-To). */
  replyTo?: string | undefined;
  /** The other lines of the contact card (P58). */
  card: CardLines;
  /** Of a test alone: who asked for it. */
  test?: { by: string };
};

/** The whole address of a page of the site. */
export function addressOf({ origin, locale }: Pick<Sender, "origin" | "locale">, address: Address) {
  return origin + withLanguage(locale, address);
}
