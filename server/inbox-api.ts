import "server-only";

import { LOCALES, type Locale } from "@/db/vocabulary/languages";
import { readPerson } from "@/domain/access/session";
import type { Told } from "@/domain/broadcasts/facts";
import { asJob } from "@/domain/context";
import { countUnread, listInbox } from "@/domain/inbox/list";
import { findPopup } from "@/domain/inbox/popup";
import { at, withLanguage } from "@/lib/addresses";
import { env } from "@/lib/env";
import { stillValid } from "@/lib/signing";

import { bearerOf, rateHeaders } from "./api";
import { readConsoleToken } from "./console-token";
import { preferredLocale, problem } from "./problem";
import { countWork, secondsUntil } from "./work-budget";

/** Messages that a list in another's page shows; the rest is in the portal. */
const SHOWN = 10;

/** What a message says in one line, and of which kind it is. */
type Words = Record<"title" | "kind", (told: Told, locale: Locale) => string>;

/**
 * The inbox of the person whom the vendor's console names by a token it has signed: for
 * gaozhi-bell.js, on the pages of the origins that CONSOLE_ORIGINS lists.
 */
export function inboxRoute(words: Words) {
  return async (request: Request): Promise<Response> => {
    const answer = await answerInbox(request, words);
    for (const [name, value] of Object.entries(corsOf(request))) answer.headers.set(name, value);
    return answer;
  };
}

/** Browsers ask before they send a token to another site. */
export async function inboxOptions(request: Request): Promise<Response> {
  return new Response(null, { status: 204, headers: corsOf(request) });
}

function corsOf(request: Request): Record<string, string> {
  const origin = request.headers.get("origin") ?? "";
  if (!env().CONSOLE_ORIGINS.includes(origin)) return { Vary: "Origin" };
  return {
    Vary: "Origin",
    "Access-Control-Allow-Origin": origin,
    "Access-Control-Allow-Methods": "GET",
    "Access-Control-Allow-Headers": "authorization",
    "Access-Control-Max-Age": "600",
  };
}

async function answerInbox(request: Request, words: Words): Promise<Response> {
  const wanted = new URL(request.url).searchParams.get("locale");
  const locale = LOCALES.find((one) => one === wanted) ?? preferredLocale(request);
  const now = new Date();
  const email = addressIn(bearerOf(request), now);
  const spending = email === null ? null : await countWork("inbox", request.headers, email);
  const rate = spending && { ...spending, reset: secondsUntil(spending.ends) };
  if (rate?.until) {
    const headers = { ...rateHeaders(rate, rate.by), "Retry-After": String(rate.reset) };
    return problem({ code: "rate_limited", locale, headers });
  }
  const person = email && (await readPerson(asJob("api", now), { email }));
  if (!person)
    return problem({
      ...{ code: "unauthorized", locale },
      headers: { "WWW-Authenticate": 'Bearer realm="gaozhi"' },
    });
  // Without what they may do as staff: a console's token reads an inbox and no more.
  const ctx = { actor: { ...person, staffRoles: [] }, now };
  const [unread, { rows }, popup] = await Promise.all([
    countUnread(ctx, {}),
    listInbox(ctx, { size: SHOWN }),
    findPopup(ctx, {}),
  ]);
  const { APP_ORIGIN } = env();
  const place = (address: Parameters<typeof withLanguage>[1]) =>
    APP_ORIGIN + withLanguage(locale, address);
  return Response.json(
    {
      unread,
      messages: rows.map(({ id, createdAt, readAt, withdrawnAt, told, following }) => ({
        ...{ id, createdAt: createdAt.toISOString() },
        unread: readAt === null && withdrawnAt === null,
        followedBy: following.map((one) => one.kind),
        kind: words.kind(told, locale),
        title: words.title(told, locale),
        href: place(at("/inbox/*", id)),
      })),
      popup: popup && {
        id: popup.id,
        kind: words.kind(popup.told, locale),
        title: words.title(popup.told, locale),
        href: place(at("/inbox/*", popup.id)),
      },
      href: place("/inbox"),
    },
    {
      headers: {
        ...(rate && rateHeaders(rate, rate.by)),
        ...{ "Cache-Control": "private, no-store", "Content-Language": locale },
      },
    },
  );
}

/** The address of the person whom a token of the console names; null where nothing vouches for it. */
function addressIn(token: string, now: Date): string | null {
  const { CONSOLE_KEY, CONSOLE_KEY_BEFORE, APP_ORIGIN: audience } = env();
  if (!CONSOLE_KEY) return null;
  for (const key of stillValid(CONSOLE_KEY, CONSOLE_KEY_BEFORE)) {
    const address = readConsoleToken(token, { key, audience, now });
    if (address !== null) return address;
  }
  return null;
}
