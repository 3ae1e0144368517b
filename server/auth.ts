import "server-only";

import type { NextAuthOptions } from "next-auth";
import type { Adapter, AdapterAccount, AdapterUser } from "next-auth/adapters";

import { findOidcPerson, linkOidcIdentity, signInByOidc } from "@/domain/access/oidc";
import { readSession, signOut } from "@/domain/access/session";
import { asJob } from "@/domain/context";
import { normaliseEmail } from "@/lib/email-address";
import { env } from "@/lib/env";
import { hashSessionToken, newSessionToken } from "@/lib/sign-in-secrets";

import { sessionCookieName, sessionCookieOptions } from "./session-cookie";

const DAY_SECONDS = 86_400;
const here = () => asJob("next-auth", new Date());

/**
 * next-auth keeps the sessions (in our database, by hash) and speaks OpenID Connect. Sign-in by
 * mail is ours (domain/access/sign-in.ts): next-auth's would use up a link by a GET, which mail
 * scanners send.
 */
export function authOptions(): NextAuthOptions {
  return {
    adapter,
    secret: env().AUTH_SECRET,
    // Never prolonged: a session's end is fixed when it is opened (updateAge = maxAge).
    session: {
      strategy: "database",
      maxAge: 30 * DAY_SECONDS,
      updateAge: 30 * DAY_SECONDS,
      generateSessionToken: newSessionToken,
    },
    useSecureCookies: env().secureCookies,
    cookies: { sessionToken: { name: sessionCookieName(), options: sessionCookieOptions() } },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    providers: oidcProvider(),
    callbacks: {
      /** Only people we know, by an address the provider has verified; nobody registers here. */
      async signIn({ profile }) {
        const email = normaliseEmail(profile?.email ?? "");
        const isVerified =
          profile !== undefined && "email_verified" in profile && profile.email_verified === true;
        return email !== null && isVerified && (await findOidcPerson(here(), { email })) !== null;
      },
    },
  };
}

function oidcProvider(): NextAuthOptions["providers"] {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME } = env();
  if (!OIDC_ISSUER || !OIDC_CLIENT_ID || !OIDC_CLIENT_SECRET) return [];
  return [
    {
      id: "oidc",
      name: OIDC_NAME,
      type: "oauth",
      wellKnown: `${OIDC_ISSUER.replace(/\/$/, "")}/.well-known/openid-configuration`,
      clientId: OIDC_CLIENT_ID,
      clientSecret: OIDC_CLIENT_SECRET,
      authorization: { params: { scope: "openid email profile" } },
      idToken: true,
      checks: ["pkce", "state", "nonce"],
      // The provider has verified the address (callbacks.signIn asks), so it names the person.
      allowDangerousEmailAccountLinking: true,
      profile: (profile: { sub: string; name?: string; email?: string }) => ({
        id: profile.sub,
        name: profile.name ?? null,
        email: normaliseEmail(profile.email ?? ""),
      }),
    },
  ];
}

type Known = { id: string; email: string; name: string };

const asAdapterUser = (user: Known | null): AdapterUser | null =>
  user && { id: user.id, email: user.email, name: user.name, emailVerified: null };

/** next-auth's view of our tables. People are entered by administrators, never by signing in. */
const adapter: Adapter = {
  getUser: async (id) => asAdapterUser(await findOidcPerson(here(), { id })),
  getUserByEmail: async (email) => asAdapterUser(await findOidcPerson(here(), { email })),
  getUserByAccount: async ({ provider, providerAccountId }) =>
    asAdapterUser(await findOidcPerson(here(), { provider, subject: providerAccountId })),
  createUser: () => Promise.reject(new Error("nobody registers by signing in")),
  updateUser: async ({ id }) => {
    const user = asAdapterUser(await findOidcPerson(here(), { id }));
    if (!user) throw new Error("no such person");
    return user;
  },
  linkAccount: async ({ userId, provider, providerAccountId }: AdapterAccount) => {
    await linkOidcIdentity(here(), { userId, provider, subject: providerAccountId });
  },
  createSession: async ({ sessionToken, userId }) => {
    const tokenHash = hashSessionToken(sessionToken);
    return { sessionToken, userId, expires: await signInByOidc(here(), { userId, tokenHash }) };
  },
  getSessionAndUser: async (sessionToken) => {
    const found = await readSession(here(), { tokenHash: hashSessionToken(sessionToken) });
    const user = asAdapterUser(found);
    if (!found || !user) return null;
    return { user, session: { sessionToken, userId: user.id, expires: found.sessionExpiresAt } };
  },
  updateSession: () => Promise.resolve(null),
  deleteSession: async (sessionToken) => {
    const tokenHash = hashSessionToken(sessionToken);
    const found = await readSession(here(), { tokenHash });
    if (found) await signOut({ actor: found, now: new Date() }, { tokenHash });
  },
};
