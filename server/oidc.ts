import "server-only";
import type { NextAuthOptions, Profile } from "next-auth";
import type { Adapter } from "next-auth/adapters";
import type { OAuthConfig, UserinfoEndpointHandler } from "next-auth/providers/oauth";

import {
  findByIdentity,
  MOST_AGE_SECONDS,
  provenAtProvider,
  recogniseIdentity,
  signInByOidc,
} from "@/domain/access/oidc";
import { asJob } from "@/domain/context";
import { env } from "@/lib/env";
import { log } from "@/lib/log";

import { asAdapterUser, authOptions, newSession } from "./auth";
import { type OidcRefusal, safeLanding } from "./oidc-landing";
import { landingCookieName, sessionCookieOptions } from "./session-cookie";

type Claims = Profile & {
  email_verified?: unknown;
  amr?: unknown;
  acr?: unknown;
  auth_time?: unknown;
};
/** What the provider's token said of the second factor, until the session is opened. */
type Proof = { at: Date | null };

const here = () => asJob("next-auth", new Date());

/** The issuer as identities are bound to it: with and without a last slash it is the same. */
const issuer = (): string => (env().OIDC_ISSUER ?? "").replace(/\/+$/, "");

/** next-auth for the code flow with the provider of the environment; without one it has none. */
export function oidcOptions(): NextAuthOptions {
  const { cookies, ...shared } = authOptions();
  const proof: Proof = { at: null };
  const landing = { name: landingCookieName(), options: sessionCookieOptions() };
  return {
    ...shared,
    adapter: adapterWith(proof),
    cookies: { ...cookies, callbackUrl: landing },
    providers: env().OIDC_ISSUER ? [provider()] : [],
    callbacks: {
      async signIn({ account, profile }) {
        const claims: Claims | undefined = profile;
        proof.at = claims ? provenAtProvider(claims, new Date()) : null;
        return (await refusalOf(account?.providerAccountId ?? "", profile)) ?? true;
      },
      redirect({ url }) {
        const { APP_ORIGIN } = env();
        return `${APP_ORIGIN}${safeLanding(url, APP_ORIGIN)}`;
      },
    },
  };
}

function provider(): OAuthConfig<Claims> {
  const { OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME } = env();
  return {
    id: "oidc",
    name: OIDC_NAME,
    type: "oauth",
    wellKnown: `${issuer()}/.well-known/openid-configuration`,
    ...(OIDC_CLIENT_ID && { clientId: OIDC_CLIENT_ID }),
    ...(OIDC_CLIENT_SECRET && { clientSecret: OIDC_CLIENT_SECRET }),
    authorization: { params: { scope: "openid email profile", ...strength() } },
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    userinfo: { request: readClaims },
    profile: ({ sub = "" }) => ({ id: sub }),
  };
}

/** Where the provider stands for the second factor, it is asked to prove somebody anew, and how (Core 3.1.2.1). */
function strength(): Record<string, string> {
  const { STAFF_FACTOR, OIDC_ACR } = env();
  if (STAFF_FACTOR !== "provider") return {};
  return {
    max_age: String(MOST_AGE_SECONDS),
    ...(OIDC_ACR.length > 0 && { acr_values: OIDC_ACR.join(" ") }),
  };
}

/** The checked claims of the ID token; providers may tell the address at userinfo only (Core 5.4). */
const readClaims: NonNullable<UserinfoEndpointHandler["request"]> = async ({ tokens, client }) => {
  // The types tell of its plain form, but it is what the token endpoint's answer was checked into.
  const checked = tokens as Exclude<Parameters<typeof client.userinfo>[0], string>;
  const claims: Claims = checked.claims();
  const isComplete = claims.email !== undefined && claims.email_verified !== undefined;
  if (isComplete || !client.issuer.metadata.userinfo_endpoint) return claims;
  // What the token says stands: nobody signs what is told at userinfo.
  return { ...(await client.userinfo(checked)), ...claims };
};

/** Where somebody goes who may not sign in. next-auth would put an error's own words into an address. */
async function refusalOf(subject: string, claims: Claims | undefined): Promise<string | undefined> {
  const refuse = (refusal: OidcRefusal) => `/api/auth/error?error=${refusal}`;
  try {
    const found = await recogniseIdentity(here(), {
      issuer: issuer(),
      subject,
      email: typeof claims?.email === "string" ? claims.email : null,
      isVerified: claims?.email_verified === true,
    });
    return found.ok ? undefined : refuse(found.reason);
  } catch (error) {
    log.error(
      { error: error instanceof Error ? error.name : "unknown" },
      "identity not recognised",
    );
    return refuse("failed");
  }
}

/**
 * Our tables while somebody comes back from the provider. `recogniseIdentity` has said who it is,
 * so nobody is created or linked here; and a session that was open before is no reason to give the
 * identity to its person, which is what next-auth would do with it.
 */
const adapterWith = (proof: Proof): Adapter => ({
  getSessionAndUser: () => Promise.resolve(null),
  getUserByAccount: async ({ providerAccountId }) =>
    asAdapterUser(await findByIdentity(here(), { issuer: issuer(), subject: providerAccountId })),
  createSession: async ({ sessionToken, userId }) => {
    const { opening } = await newSession(sessionToken);
    const wish = { userId, provenAt: proof.at, ...opening };
    return { sessionToken, userId, expires: await signInByOidc(here(), wish) };
  },
});
