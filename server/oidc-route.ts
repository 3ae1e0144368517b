import "server-only";
import NextAuth from "next-auth";
import { cookies } from "next/headers";
import { NextRequest } from "next/server";

import { readPulse } from "@/domain/inbox/pulse";
import { env } from "@/lib/env";

import { readSessionOf } from "./auth";
import { nothingHere } from "./only-methods";
import { oidcOptions } from "./oidc";
import { type OidcRefusal, readRefusal, refusalOfProvider, signInPageFor } from "./oidc-landing";
import { landingCookieName, readSessionToken, sessionCookieOptions } from "./session-cookie";

type RouteContext = { params: Promise<{ nextauth: string[] }> };

/**
 * The part of next-auth that a sign-in at the identity provider needs. Its own pages do not exist:
 * where it would show one, the sign-in page says why in the reader's language.
 */
export async function answerNextAuth(
  request: NextRequest,
  context: RouteContext,
): Promise<Response> {
  const { nextauth } = await context.params;
  const { searchParams } = request.nextUrl;
  await forgetStrangeLanding();

  switch (`${request.method} ${nextauth.join("/")}`) {
    case "GET session":
      return tellSession(searchParams.has("pulse"));
    case "GET csrf":
    case "GET providers":
      return NextAuth(withoutQuery(request), context, oidcOptions());
    case "GET signin":
      return goToSignIn(searchParams.size > 0 ? readRefusal(searchParams.get("error")) : undefined);
    case "GET error":
      return goToSignIn(readRefusal(searchParams.get("error")));
    default:
      return env().OIDC_ISSUER ? answerFlow(request, context) : nothingHere(request);
  }
}

/** For how long this browser is still signed in, and whether what its pages count has changed; next-auth's own answer would name the person, and nobody needs it. */
async function tellSession(withPulse: boolean): Promise<Response> {
  const [token, now] = [await readSessionToken(), new Date()];
  const person = token ? await readSessionOf(token, now) : null;
  const headers = { "cache-control": "no-store" };
  if (!person) return new Response(null, { status: 401, headers });
  const endsInMs = person.endsAt.getTime() - now.getTime();
  const isLet = withPulse && person.standing !== "factor";
  const pulse = isLet ? { pulse: await readPulse({ actor: person, now }, {}) } : {};
  return Response.json({ endsInMs, ...pulse }, { headers });
}

/** The way to the provider and back. */
async function answerFlow(request: NextRequest, context: RouteContext): Promise<Response> {
  const { nextauth } = await context.params;
  switch (`${request.method} ${nextauth.join("/")}`) {
    case "POST signin/oidc":
      return NextAuth(await asForm(request), context, oidcOptions());
    case "GET callback/oidc": {
      const error = request.nextUrl.searchParams.get("error");
      if (error !== null) return goToSignIn(refusalOfProvider(error));
      return NextAuth(withoutQuery(request, ["code", "state", "iss"]), context, oidcOptions());
    }
    default:
      return nothingHere(request);
  }
}

/** By a path, so that the request's host has no say in where it leads. */
async function goToSignIn(refusal: OidcRefusal | undefined): Promise<Response> {
  const address = (await cookies()).get(landingCookieName())?.value ?? "";
  const { APP_ORIGIN } = env();
  const path = address.startsWith(`${APP_ORIGIN}/`) ? address.slice(APP_ORIGIN.length) : "/";
  const location = signInPageFor(path, refusal);
  return new Response(null, { status: 302, headers: { location, "cache-control": "no-store" } });
}

/** next-auth answers 500 to a landing it cannot read. */
async function forgetStrangeLanding(): Promise<void> {
  const jar = await cookies();
  const address = jar.get(landingCookieName())?.value;
  if (address === undefined || address.startsWith(`${env().APP_ORIGIN}/`)) return;
  jar.delete({ name: landingCookieName(), ...sessionCookieOptions() });
}

/** The request with these parameters only: next-auth would take others for wishes of ours. */
function withoutQuery(request: NextRequest, kept: readonly string[] = []): NextRequest {
  const url = new URL(request.nextUrl);
  for (const name of [...url.searchParams.keys()])
    if (!kept.includes(name)) url.searchParams.delete(name);
  return new NextRequest(url, { headers: request.headers });
}

/** Whatever was posted, as the form our button sends. */
async function asForm(request: NextRequest): Promise<NextRequest> {
  const { origin, pathname } = request.nextUrl;
  return new NextRequest(`${origin}${pathname}`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: await request.text(),
  });
}
