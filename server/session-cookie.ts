import "server-only";
import { cookies } from "next/headers";

import { env } from "@/lib/env";

/** With https the browser is held to send it over https only, to this host only (`__Host-`). */
export const sessionCookieName = (): string =>
  env().secureCookies ? "__Host-gaozhi-session" : "gaozhi-session";

/** Where a sign-in at the identity provider comes back to (server/oidc-landing.ts). */
export const landingCookieName = (): string =>
  env().secureCookies ? "__Host-gaozhi-landing" : "gaozhi-landing";

/** What the door knows a browser by (domain/access/browser-mark.ts). */
export const browserCookieName = (): string =>
  env().secureCookies ? "__Host-gaozhi-browser" : "gaozhi-browser";

export const sessionCookieOptions = () =>
  ({ httpOnly: true, sameSite: "lax", path: "/", secure: env().secureCookies }) as const;

export async function readSessionToken(): Promise<string | undefined> {
  return (await cookies()).get(sessionCookieName())?.value;
}

export async function writeSessionToken(token: string, expires: Date): Promise<void> {
  (await cookies()).set(sessionCookieName(), token, { ...sessionCookieOptions(), expires });
}

export async function clearSessionToken(): Promise<void> {
  (await cookies()).delete({ name: sessionCookieName(), ...sessionCookieOptions() });
}
