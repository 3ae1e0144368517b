import { createHash } from "node:crypto";

import { THEME_SCRIPT } from "@/lib/theme-script";

const THEME_HASH = `'sha256-${createHash("sha256").update(THEME_SCRIPT).digest("base64")}'`;

/** The folders of `app/[locale]/(public)`; a test keeps the two in step. */
export const PUBLIC_SECTIONS = ["announcements", "policies", "rights"];

/** Whether a page (its address begins with a locale) may be prerendered, and so carries no nonce. */
export function isPublicPage(pathname: string): boolean {
  const [, , section] = pathname.split("/");
  return !section || PUBLIC_SECTIONS.includes(section);
}

type Policy = {
  /** Given, only scripts that carry it run; absent, the page is prerendered and cannot carry one. */
  nonce?: string | undefined;
  /** Serves the development overlay, which evaluates code and opens a web socket. */
  development?: boolean;
  /** Served over https to the reader. */
  secure?: boolean;
  /** Origin of the OpenID Connect provider: browsers apply form-action to the redirect there. */
  identityProvider?: string | undefined;
};

/**
 * The Content-Security-Policy header of a page. A nonce would make a page dynamic and the public
 * pages stay prerendered, so those allow Next's inline data instead; they hold nothing of any
 * reader and show only text that was parsed, never HTML that was passed on.
 */
export function contentSecurityPolicy(policy: Policy): string {
  const { nonce, development, secure, identityProvider } = policy;
  const scripts = nonce
    ? `'self' 'nonce-${nonce}' ${THEME_HASH} 'strict-dynamic'`
    : "'self' 'unsafe-inline'";

  return [
    "default-src 'self'",
    `script-src ${scripts}${development ? " 'unsafe-eval'" : ""}`,
    // React writes style attributes (the width of a meter), and a shown mail is all inline styles.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${development ? " ws:" : ""}`,
    "frame-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    `form-action 'self'${identityProvider ? ` ${identityProvider}` : ""}`,
    "frame-ancestors 'none'",
    ...(secure ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}
