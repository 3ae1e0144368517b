import { createHash } from "node:crypto";

import { THEME_SCRIPT } from "@/lib/own-scripts";

const THEME_HASH = `'sha256-${createHash("sha256").update(THEME_SCRIPT).digest("base64")}'`;

type Policy = {
  /** Only scripts that carry it run, and those that they load. */
  nonce: string;
  /** Serves the development overlay, which evaluates code and opens a web socket. */
  development?: boolean;
  /** Served over https to the reader. */
  secure?: boolean;
  /** Origin of the OpenID Connect provider: browsers apply form-action to the redirect there. */
  identityProvider?: string | undefined;
};

/**
 * The Content-Security-Policy header of a page. Every page is made for its visit, the public ones
 * too (docs/decisions/022-every-page-has-a-nonce.md), so each carries a nonce of its own.
 */
export function contentSecurityPolicy(policy: Policy): string {
  const { nonce, development, secure, identityProvider } = policy;
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' ${THEME_HASH} 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
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

/** The nonce that a policy names; none where there is none. */
export function nonceOf(policy: string | null | undefined): string | undefined {
  return /'nonce-([^']+)'/.exec(policy ?? "")?.[1];
}

/**
 * What a browser may do with the one kind of page that others may frame (server/policy-embed.ts): it
 * runs nothing, loads nothing and sends nothing.
 */
export const EMBED_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors *";

/** The addresses of such pages: `/zh-CN/policies/im/3.2.html`, and without a version the one in force. */
export const EMBEDDED = /^\/[^/]+\/policies\/[^/]+(?:\/[^/]+)?\.html$/;
