import { randomBytes } from "node:crypto";
import createMiddleware from "next-intl/middleware";
import { NextRequest, NextResponse } from "next/server";

import { LOCALES, type Locale } from "@/db/vocabulary/languages";
import { readSession } from "@/domain/access/session";
import { hashSessionToken } from "@/domain/access/secrets";
import { asJob } from "@/domain/context";
import { sizeOfBody } from "@/lib/body-size";
import { cleanSearch, isReadablePath } from "@/lib/clean-address";
import { setting } from "@/lib/env";
import { routing } from "@/messages/routing";
import { contentSecurityPolicy, EMBED_POLICY, EMBEDDED } from "@/server/content-security-policy";
import { nothingHere } from "@/server/only-methods";
import { DATA_POLICY, plainPage } from "@/server/plain-page";
import { secondsToWait } from "@/server/work-budget";
import { isLineFull } from "@/text/offload";

/** A proof file that somebody uploaded: whatever it holds, it runs nothing and reaches nothing. */
const PROOF_FILE = /\/requests\/[^/]+\/files\/[^/]+$/;
const PROOF_POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'";

/** A service worker keeps to the policy of its own script: it tells the portal alone what its push service changed. */
const WORKER_POLICY = "default-src 'none'; connect-src 'self'; frame-ancestors 'none'";

/** Comparing two texts is the most work that a page does for anybody who asks. */
const COMPARES = /^\/[^/]+\/policies\/[^/]+\/[^/]+\/changes\/?$/;

/** Looking for a word in the names and addresses of all accounts, or in all published texts. */
const SEARCHES = /^\/[^/]+\/(?:ops\/.*|policies\/?)\?(?:.*&)?(?:search|q)=[^&]/;

/** Pages that show the text of a policy, which a thread reads. */
const READS = /^\/[^/]+\/(?:ops\/policies\/[^/]+\/[^/]+|policies\/[^/]+|acknowledgements\/[^/]+)/;
/** Seconds after which the line of those who wait has moved on. */
const BUSY_SECONDS = 10;

const localize = createMiddleware(routing);

/** Addresses without a language: machines read them. */
const WITHOUT_LOCALE =
  /^\/((api|feeds|advisories)(\/|$)|healthz$|readyz$|\.well-known\/|[^/]+\.[a-z0-9]+$)/;

/**
 * Puts the language into the address and the security headers onto the response.
 * It never decides who may see what: each page and each verb does that itself.
 */
export default async function proxy(request: NextRequest): Promise<Response> {
  const refused = await refuse(request);
  if (refused) return refused;

  const { pathname } = request.nextUrl;
  const isPage = !WITHOUT_LOCALE.test(pathname);
  const policy = isPage ? policyFor(randomBytes(16).toString("base64")) : DATA_POLICY;

  const response = isPage ? answerPage(withPolicy(request, policy)) : answerMachine(request);
  // Following a link is not a choice of language, and a page for everybody sets no cookie.
  response.headers.delete("set-cookie");
  response.headers.delete("x-middleware-set-cookie");
  response.headers.set("Content-Security-Policy", ownPolicy(pathname) ?? policy);
  if (isSecure()) {
    response.headers.set("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
  }
  return response;
}

/** Of what is not a page with scripts of ours. */
function ownPolicy(pathname: string): string | null {
  if (PROOF_FILE.test(pathname)) return PROOF_POLICY;
  if (pathname === "/push.js") return WORKER_POLICY;
  return EMBEDDED.test(pathname) ? EMBED_POLICY : null;
}

/** A page in the reader's language; an address that cannot be read leads to none. */
function answerPage(request: NextRequest): NextResponse {
  const { pathname } = request.nextUrl;
  if (isReadablePath(pathname)) return localize(request);
  // No rewrite: Next calls a server on a loopback address "localhost", takes the target for another
  // site's and fetches it over the network, which fails under load and behind a TLS proxy.
  return NextResponse.redirect(new URL(`/${localeIn(pathname)}/-`, request.url), 307);
}

function answerMachine(request: NextRequest): Response {
  const { pathname } = request.nextUrl;
  if (isReadablePath(pathname)) return NextResponse.next();
  return pathname.startsWith("/api/") ? nothingHere(request) : new Response(null, { status: 404 });
}

/**
 * What no page, action or handler has to think of: a query with repeated names or NULs goes on
 * without them, a form of another site is refused, and so is a body that no form there needs, before
 * any of it is read, a comparison or a search beyond the budget, and a text when too many wait for one.
 */
async function refuse(request: NextRequest): Promise<NextResponse | null> {
  const { nextUrl, method, headers } = request;
  const search = cleanSearch(nextUrl.searchParams);
  if (search) {
    const address = new URL(nextUrl.pathname, request.url);
    address.search = search.toString();
    return NextResponse.redirect(address, 307);
  }
  const busy = await refuseWork(request);
  if (busy) return busy;
  if (method !== "POST" || WITHOUT_LOCALE.test(nextUrl.pathname)) return null;
  if (!isOurs(headers)) return plain(request, 403, { word: "otherSite" });
  return (await isTooLarge(request)) ? plain(request, 413, { word: "tooLarge" }) : null;
}

async function refuseWork(request: NextRequest): Promise<NextResponse | null> {
  const work = workOf(request.nextUrl);
  const seconds = work ? await secondsToWait(work, request.headers) : 0;
  if (seconds > 0) return plain(request, 429, { word: "tooMany", seconds });
  return request.method === "GET" && READS.test(request.nextUrl.pathname) && isLineFull()
    ? plain(request, 503, { word: "tooBusy", seconds: BUSY_SECONDS })
    : null;
}

const workOf = ({ pathname, search }: { pathname: string; search: string }) => {
  if (COMPARES.test(pathname)) return "comparison";
  return SEARCHES.test(pathname + search) ? "search" : null;
};

/** Of what is too large nothing was read (lib/body-size.ts). */
async function isTooLarge({ method, headers, nextUrl, cookies }: NextRequest): Promise<boolean> {
  const size = sizeOfBody({
    method,
    pathname: nextUrl.pathname,
    length: headers.get("content-length"),
    isChunked: headers.has("transfer-encoding"),
  });
  if (size !== "file") return size === "too large";
  const token = cookies.getAll().find(({ name }) => name.endsWith("gaozhi-session"))?.value;
  if (!token) return true;
  const asked = { tokenHash: hashSessionToken(token) };
  return (await readSession(asJob("proxy", new Date()), asked)) === null;
}

/** Browsers say where a form comes from; X-Forwarded-Host has no say in it, because anybody may send it. */
function isOurs(headers: Headers): boolean {
  const origin = headers.get("origin");
  if (origin === null || isUnnamed(headers)) return true;
  const hosts = [new URL(setting("APP_ORIGIN") ?? "http://localhost").host, headers.get("host")];
  return URL.canParse(origin) && hosts.includes(new URL(origin).host);
}

/**
 * A page that is to name itself to nobody (next.config.js) sends its form without scripts from "null".
 * That it is a page of ours is said by a header that no page can write.
 */
const isUnnamed = (headers: Headers): boolean =>
  headers.get("origin") === "null" && headers.get("sec-fetch-site") === "same-origin";

type Refusal = { word: "otherSite" | "tooLarge" | "tooMany" | "tooBusy"; seconds?: number };

/** A refusal before there is a page: its words alone, in the language of the address. */
function plain(request: NextRequest, status: number, { word, seconds }: Refusal): NextResponse {
  const locale = localeIn(request.nextUrl.pathname);
  return new NextResponse(plainPage(locale, { word, seconds }), {
    status,
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": DATA_POLICY,
      "Cache-Control": "no-store",
      ...(seconds !== undefined && { "Retry-After": String(seconds) }),
    },
  });
}

const localeIn = (pathname: string): Locale =>
  LOCALES.find((locale) => pathname.startsWith(`/${locale}/`)) ?? routing.defaultLocale;

/** Next reads the policy of the request to put its nonce on every script it writes. */
function withPolicy(request: NextRequest, policy: string): NextRequest {
  const headers = new Headers(request.headers);
  headers.set("Content-Security-Policy", policy);
  // Next, which compares the two hosts, is told whose form it is.
  if (isUnnamed(headers)) {
    const host = headers.get("x-forwarded-host") ?? headers.get("host") ?? "";
    headers.set("Origin", `${request.nextUrl.protocol}//${host}`);
  }
  // Where to come back to after sign-in; a page cannot see its own address otherwise.
  headers.set("x-gaozhi-path", request.nextUrl.pathname + request.nextUrl.search);
  return new NextRequest(request.url, { method: request.method, headers });
}

function policyFor(nonce: string): string {
  const issuer = setting("OIDC_ISSUER");
  return contentSecurityPolicy({
    nonce,
    development: setting("NODE_ENV") !== "production",
    secure: isSecure(),
    identityProvider: issuer ? new URL(issuer).origin : undefined,
  });
}

function isSecure(): boolean {
  return setting("APP_ORIGIN")?.startsWith("https:") ?? false;
}

export const config = { matcher: ["/((?!_next/static|_next/image|api/v1/account-syncs$).*)"] };
