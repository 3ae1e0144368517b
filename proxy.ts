import { randomBytes } from "node:crypto";

import createMiddleware from "next-intl/middleware";
import { NextRequest, NextResponse } from "next/server";

import { setting } from "@/lib/env";
import { routing } from "@/messages/routing";
import { contentSecurityPolicy, isPublicPage } from "@/server/content-security-policy";

/** A proof file that somebody uploaded: whatever it holds, it runs nothing and reaches nothing. */
const PROOF_FILE = /\/requests\/[^/]+\/files\/[^/]+$/;
const PROOF_POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'";

/** What is not a page runs nothing and shows nothing, whatever it turns out to hold. */
const DATA_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

const localize = createMiddleware(routing);

/** Addresses without a language: machines read them. */
const WITHOUT_LOCALE = /^\/((api|feeds)(\/|$)|healthz$|readyz$|\.well-known\/|[^/]+\.[a-z0-9]+$)/;

/**
 * Puts the language into the address and the security headers onto the response.
 * It never decides who may see what: each page and each verb does that itself.
 */
export default function proxy(request: NextRequest): NextResponse {
  const { pathname } = request.nextUrl;
  const isPage = !WITHOUT_LOCALE.test(pathname);
  const nonce = isPage && !isPublicPage(pathname) ? randomBytes(16).toString("base64") : undefined;
  const policy = isPage ? policyFor(nonce) : DATA_POLICY;

  const response = isPage ? localize(withPolicy(request, policy)) : NextResponse.next();
  // Following a link is not a choice of language, and a page for everybody sets no cookie.
  response.headers.delete("set-cookie");
  response.headers.delete("x-middleware-set-cookie");
  response.headers.set(
    "Content-Security-Policy",
    PROOF_FILE.test(pathname) ? PROOF_POLICY : policy,
  );
  if (isSecure()) {
    response.headers.set("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
  }
  return response;
}

/** Next reads the policy of the request to put its nonce on every script it writes. */
function withPolicy(request: NextRequest, policy: string): NextRequest {
  const headers = new Headers(request.headers);
  headers.set("Content-Security-Policy", policy);
  // Where to come back to after sign-in; a page cannot see its own address otherwise.
  headers.set("x-gaozhi-path", request.nextUrl.pathname + request.nextUrl.search);
  return new NextRequest(request.url, { method: request.method, headers });
}

function policyFor(nonce: string | undefined): string {
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

export const config = { matcher: ["/((?!_next/static|_next/image).*)"] };
