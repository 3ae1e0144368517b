import type { IncomingMessage } from "node:http";

import { LOCALES } from "@/db/vocabulary/languages";

/** The pages that say the same to everybody who is not signed in, with what their queries may name. */
const PAGES: readonly [RegExp, readonly string[]][] = [
  [/^$/, []],
  [/^\/policies$/, ["page", "of", "versions"]],
  [/^\/policies\/[^/]+$/, []],
  [/^\/policies\/[^/]+\/[^/]+$/, []],
  [/^\/policies\/[^/]+\/[^/]+\/changes$/, ["since", "view", "layout", "part"]],
  [/^\/policies\/[^/]+\/[^/]+\/manifest$/, []],
  [/^\/rights$/, []],
  [/^\/incidents$/, ["page", "product", "state", "severity"]],
  [/^\/incidents\/[^/]+$/, []],
  [/^\/announcements$/, ["page"]],
  [/^\/announcements\/[^/]+$/, []],
  [/^\/api-reference$/, []],
];
const FEED = /^\/(?:atom\.xml|feed\.json|incidents\.json|dates\.ics)$/;

/**
 * Whether an address is one that answers alike to everybody who shows nobody's session. What is not
 * listed, or is asked with a word that is not, is made for each who asks.
 */
export function isForEverybody(address: string): boolean {
  const [pathname = "", query = ""] = address.split("?", 2);
  const [, feed, locale, page = ""] = /^(\/feeds)?\/([^/]+)(\/.*)?$/.exec(pathname) ?? [];
  if (!LOCALES.some((known) => known === locale)) return false;
  if (feed) return FEED.test(page) && query === "";
  const names = [...new URLSearchParams(query).keys()];
  return PAGES.some(
    ([pattern, known]) =>
      pattern.test(page) &&
      names.every((name) => known.includes(name)) &&
      new Set(names).size === names.length,
  );
}

/** Any of these asks for something else than the whole page as everybody sees it. */
const PERSONAL = [
  ...["authorization", "range", "rsc", "next-router-prefetch", "next-router-state-tree"],
  ...["next-router-segment-prefetch", "next-action", "next-url"],
];

/** Whether a request reads a whole page, and shows nobody's session or key. */
export const asksAsAnybody = (
  { method, headers }: IncomingMessage,
  sessionCookie: string,
): boolean =>
  method === "GET" &&
  !headers.cookie?.includes(`${sessionCookie}=`) &&
  PERSONAL.every((name) => headers[name] === undefined);
