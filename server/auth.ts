import "server-only";
import { getServerSession, type NextAuthOptions } from "next-auth";
import type { Adapter, AdapterUser } from "next-auth/adapters";

import { readSession, type SessionPerson } from "@/domain/access/session";
import { asJob } from "@/domain/context";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { hashSessionToken, newSessionToken } from "@/domain/access/secrets";

import { readSessionToken, sessionCookieName, sessionCookieOptions } from "./session-cookie";
import { currentVisitor } from "./visitor";

const DAY_SECONDS = 86_400;

/**
 * The seam to next-auth: it reads every session, and opens those of OpenID Connect (server/oidc). By
 * mail a session is opened in the transaction that uses the mail up, and sign-out ends it where its
 * failure is seen; next-auth can do neither (docs/decisions/001-sign-in-by-mail-is-ours.md).
 */
export function authOptions() {
  return {
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
    providers: [],
    logger,
  } satisfies NextAuthOptions;
}

/**
 * Who a token's session belongs to, if next-auth lets it count: the adapter keeps what it reads for
 * next-auth, so that it is read once. next-auth is shown that cookie alone: a cookie of its own that
 * it cannot read makes it throw, and the page with it.
 */
export async function readSessionOf(token: string, now: Date): Promise<SessionPerson | null> {
  const reading: Reading = { person: null, failure: null };
  const request = { headers: {}, cookies: { [sessionCookieName()]: token } };
  const response = { getHeader: () => undefined, setHeader: () => undefined };
  const options = { ...authOptions(), adapter: adapterFor(now, reading) };
  const session = await getServerSession(request as never, response as never, options);
  // next-auth takes a database that does not answer for a session that is none.
  if (reading.failure) throw reading.failure;
  return session ? reading.person : null;
}

/**
 * A token for this browser, and what a way in opens its session with, which takes the place of the
 * one the browser had.
 */
export async function newSession(token: string = newSessionToken()) {
  const [visitor, old] = await Promise.all([currentVisitor(), readSessionToken()]);
  const tokenHash = hashSessionToken(token);
  return {
    token,
    opening: { tokenHash, visitor, ...(old && { replaces: hashSessionToken(old) }) },
  };
}

/** next-auth's view of a person. */
export const asAdapterUser = (
  user: { id: string; email: string; name: string } | null,
): AdapterUser | null =>
  user && { id: user.id, email: user.email, name: user.name, emailVerified: null };

type Reading = { person: SessionPerson | null; failure: Error | null };

/** next-auth's view of our tables, as far as it reads sessions; `reading` gets whose it is. */
const adapterFor = (now: Date, reading: Reading): Adapter => ({
  getSessionAndUser: async (sessionToken) => {
    const tokenHash = hashSessionToken(sessionToken);
    const person = await readSession(asJob("next-auth", now), { tokenHash }).catch(
      (error: Error) => {
        reading.failure = error;
        throw error;
      },
    );
    const user = asAdapterUser(person);
    if (!person || !user) return null;
    reading.person = person;
    return { user, session: { sessionToken, userId: user.id, expires: person.sessionExpiresAt } };
  },
  updateSession: () => Promise.resolve(null),
});

/** Said by the protocol library, whose messages quote no person. */
const OF_THE_PROTOCOL = ["SIGNIN_OAUTH_ERROR", "OAUTH_CALLBACK_ERROR"];

/** next-auth's complaints, without what they quote: claims of people, tokens, queries. */
const logger = {
  error(code: string, metadata: unknown) {
    const error = errorIn(metadata);
    log.warn({
      code,
      error: error?.name,
      ...(OF_THE_PROTOCOL.includes(code) && { reason: error?.message }),
    });
  },
  warn: (code: string) => log.warn({ code }),
  debug: () => undefined,
};

function errorIn(metadata: unknown): Error | undefined {
  if (metadata instanceof Error) return metadata;
  const isWrapped = typeof metadata === "object" && metadata !== null && "error" in metadata;
  return isWrapped ? errorIn(metadata.error) : undefined;
}
