import "server-only";
import { cache } from "react";

import type { Locale } from "@/db/vocabulary/languages";
import { readContactCard } from "@/domain/policies/contact-card";
import { setting } from "@/lib/env";
import { cardLines } from "@/wording/contact-card";

import { publicContext } from "./public-context";

/** The company that gives notice, as it is called in sentences, in the reader's language. */
export function vendorName(locale: Locale): string {
  return setting(locale === "zh-CN" ? "VENDOR_NAME_ZH" : "VENDOR_NAME_EN") ?? "";
}

/** Who answers for the guides today, the same on every part of a page (P58). */
export const contactCard = cache(async () => readContactCard(await publicContext(), {}));

/** The mail address to write to. */
export const contactMail = async (): Promise<string> => (await contactCard()).mail;

/** The card as a page shows it in one language. */
export async function shownCard(locale: Locale) {
  const card = await contactCard();
  return { mail: card.mail, since: card.since, lines: cardLines(card, locale) };
}
