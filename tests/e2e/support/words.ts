import { readFileSync } from "node:fs";
import { createTranslator } from "next-intl";
import { z } from "zod";

import type { Locale } from "@/db/vocabulary/languages";
import { inRoot } from "@/lib/paths";
import type { Messages } from "@/messages";

/** The product's words, read from its files: this runner cannot import JSON. */
function translator<const Noun extends keyof Messages>(locale: Locale, noun: Noun) {
  const file = readFileSync(inRoot("messages", locale, `${noun}.json`), "utf8");
  const messages = { [noun]: z.record(z.string(), z.unknown()).parse(JSON.parse(file)) };
  return createTranslator<Messages, Noun>({ locale, messages: messages as never, namespace: noun });
}

/** Words as the product says them, so that the same steps play in each language. */
export const wordsOf = (locale: Locale) => ({
  audit: translator(locale, "audit"),
  access: translator(locale, "access"),
  accounts: translator(locale, "accounts"),
  acknowledgements: translator(locale, "acknowledgements"),
  contacts: translator(locale, "contacts"),
  broadcasts: translator(locale, "broadcasts"),
  deregistrations: translator(locale, "deregistrations"),
  disposals: translator(locale, "disposals"),
  errors: translator(locale, "errors"),
  policies: translator(locale, "policies"),
  endpoints: translator(locale, "endpoints"),
  home: translator(locale, "home"),
  subscriptions: translator(locale, "subscriptions"),
  inbox: translator(locale, "inbox"),
  incidents: translator(locale, "incidents"),
  layout: translator(locale, "layout"),
  lists: translator(locale, "lists"),
  notices: translator(locale, "notices"),
  requests: translator(locale, "requests"),
  staff: translator(locale, "staff"),
  reviews: translator(locale, "reviews"),
  support: translator(locale, "support"),
  tickets: translator(locale, "tickets"),
  ops: translator(locale, "ops"),
  withdrawals: translator(locale, "withdrawals"),
  ui: translator(locale, "ui"),
  verify: translator(locale, "verify"),
});
