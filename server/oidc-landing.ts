import "server-only";

import { LOCALES, type Locale } from "@/db/vocabulary/languages";
import { type Address, at, withLanguage } from "@/lib/addresses";
import { safeReturnPath } from "@/lib/return-path";

/** Why a sign-in at the identity provider led to nothing; the sign-in page has a sentence for each. */
export const OIDC_REFUSALS = [
  "unknown",
  "unverified",
  "cancelled",
  "unavailable",
  "failed",
] as const;
export type OidcRefusal = (typeof OIDC_REFUSALS)[number];

const ANY = "http://site.invalid";
/** The landing of nobody in particular: its language is the browser's, its end the reader's home. */
export const PLAIN_LANDING = "/sign-in/done" satisfies Address;

/** Where a sign-in comes back to: it tells the language and the wish even when it fails. */
export function landing(locale: Locale, returnPath: string): string {
  return withLanguage(locale, at(PLAIN_LANDING, { return: returnPath }));
}

/** An address next-auth was asked to come back to, as a path of this site. */
export function safeLanding(address: string, origin: string): string {
  const path = address.startsWith(`${origin}/`) ? address.slice(origin.length) : address;
  return safeReturnPath(path, PLAIN_LANDING);
}

/** The sign-in page that says why, in the language and with the wish of a landing. */
export function signInPageFor(path: string, refusal: OidcRefusal | undefined): string {
  const { pathname, searchParams } = new URL(safeReturnPath(path, "/"), ANY);
  const locale = LOCALES.find((known) => pathname.startsWith(`/${known}/`));
  const isLanding = pathname.endsWith(PLAIN_LANDING);
  const wish = safeReturnPath(isLanding ? searchParams.get("return") : path, "");
  const page = at("/sign-in", { return: wish, error: refusal });
  return locale ? withLanguage(locale, page) : page;
}

/**
 * A refusal from an address. next-auth's own words are read as well; what is none of either says
 * no more than that it failed.
 */
export function readRefusal(word: string | null | undefined): OidcRefusal {
  // Nothing but reaching the provider goes wrong on the way there.
  if (word === "OAuthSignin") return "unavailable";
  return OIDC_REFUSALS.find((known) => known === word) ?? "failed";
}

/** What an answer of the provider that is an error means (RFC 6749 4.1.2.1, OpenID Connect Core 3.1.2.6). */
export function refusalOfProvider(error: string): OidcRefusal {
  if (error === "access_denied") return "cancelled";
  return ["temporarily_unavailable", "server_error"].includes(error) ? "unavailable" : "failed";
}
