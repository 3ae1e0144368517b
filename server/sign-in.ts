import "server-only";

import type { SignInPurpose } from "@/db/vocabulary/access";
import type { Locale } from "@/db/vocabulary/languages";
import { browserHash } from "@/domain/access/browser-mark";
import { endOwnSessions } from "@/domain/access/own-sessions";
import { requestSignIn } from "@/domain/access/request-sign-in";
import { resendSignIn } from "@/domain/access/resend-sign-in";
import type { Proving } from "@/domain/access/prove-factor";
import { readSession, type SessionPerson, signOut } from "@/domain/access/session";
import { signIn } from "@/domain/access/sign-in";
import { signInAsDemoPerson } from "@/domain/access/sign-in-as";
import { asJob, type Context } from "@/domain/context";
import { Invalid } from "@/domain/errors";
import { type Address, at, withLanguage } from "@/lib/addresses";
import { safeReturnPath } from "@/lib/return-path";
import { hashSessionToken, newSessionToken } from "@/domain/access/secrets";

import { newSession } from "./auth";
import { doorContext } from "./session";
import { clearSessionToken, readSessionToken, writeSessionToken } from "./session-cookie";
import { currentVisitor, markBrowser, rememberInbox } from "./visitor";

type Secret = { token: string } | { code: string };
type Wish = { email: string; purpose: SignInPurpose; locale: Locale; returnPath: string };

/** Asks for a sign-in mail. @returns the page that takes its code */
export async function askForMail(ctx: Context, wish: Wish): Promise<Address> {
  const { requestId } = await requestSignIn(ctx, { ...wish, visitor: await markBrowser() });
  return at("/sign-in/code", { request: requestId });
}

/** Asks once more, to the address of an earlier request. @returns the page that takes its code */
export async function askAgain(
  ctx: Context,
  { requestId, locale }: { requestId: string; locale: Locale },
): Promise<Address> {
  const asked = await resendSignIn(ctx, { requestId, locale, visitor: await markBrowser() });
  return at("/sign-in/code", { request: asked.requestId });
}

/**
 * Uses up a sign-in request and opens a session in this browser.
 * @returns the path to go on to; for a request that has ended `stay`, the page that says so.
 * @throws Invalid, with the code typed staying typed
 */
export async function completeSignIn(
  ctx: Context,
  { requestId, secret, stay }: { requestId: string; secret: Secret; stay: string },
): Promise<string> {
  const { token, opening } = await newSession();
  const result = await signIn(ctx, { requestId, secret, ...opening });
  if (result.ok) {
    await rememberInbox(result.inboxKey);
    return enter(token, result);
  }
  if (result.hasEnded) return stay;
  const field = "code" in secret ? "code" : "";
  throw new Invalid("errors.form", { [field]: [result.messageKey] }, result.values);
}

/** Opens a session as a demo person. @throws NotFound in production */
export async function enterAsDemoPerson(
  ctx: Context,
  { userId, returnPath, locale }: { userId: string; returnPath: string; locale: string },
): Promise<string> {
  const { token, opening } = await newSession();
  const expiresAt = await signInAsDemoPerson(ctx, { userId, ...opening });
  return enter(token, { expiresAt, returnPath, locale });
}

type Opened = { expiresAt: Date; returnPath: string; locale: string };

async function enter(token: string, { expiresAt, ...landing }: Opened): Promise<string> {
  await writeSessionToken(token, expiresAt);
  return destinationOf(await personOf(token), landing);
}

/**
 * Proves the second factor in this browser's session, which goes on under a new token.
 * @returns the path to go on to
 * @throws Invalid for a wrong code, which stays typed, or a wrong answer of the browser
 */
export async function completeFactor(
  prove: (ctx: Context, renewal: { tokenHash: string }) => Promise<Proving>,
  landing: Landing,
  field: "code" | "" = "code",
): Promise<string> {
  const { ctx } = await doorContext();
  const token = newSessionToken();
  const result = await prove(ctx, { tokenHash: hashSessionToken(token) });
  if (!result.ok) throw new Invalid("errors.form", { [field]: [result.messageKey] }, result.values);
  const person = await personOf(token);
  if (person) await writeSessionToken(token, person.sessionExpiresAt);
  return destinationOf(person, landing);
}

const personOf = (token: string): Promise<SessionPerson | null> =>
  readSession(asJob("session", new Date()), { tokenHash: hashSessionToken(token) });

/** Ends this browser's session, or all of its person's; where it has ended already, the cookie goes. */
export async function endSession(everywhere: boolean): Promise<void> {
  const [{ ctx }, token, { mark }] = await Promise.all([
    doorContext(),
    readSessionToken(),
    currentVisitor(),
  ]);
  if (ctx.actor.kind === "person" && token) {
    const [tokenHash, browser] = [hashSessionToken(token), browserHash(mark)];
    await signOut(ctx, { tokenHash, browserHash: browser, everywhere });
    if (everywhere) await endOwnSessions(ctx, { which: "all" });
  }
  await clearSessionToken();
}

type Landing = { returnPath: string; locale: string };

type Arriving = {
  staffRoles: readonly unknown[];
  memberships: readonly unknown[];
  standing?: SessionPerson["standing"];
};

/**
 * To the second factor first, where it is due. Then where the link pointed; without one, staff go to their desk, developers to their overview, and
 * who has no account to their requests.
 */
export function destinationOf(person: Arriving | null, { returnPath, locale }: Landing): string {
  if (person?.standing && person.standing !== "open")
    return withLanguage(locale, at("/sign-in/factor", { return: safeReturnPath(returnPath, "") }));
  return safeReturnPath(returnPath, withLanguage(locale, homeOf(person)));
}

function homeOf(person: Arriving | null): Address {
  if (person?.staffRoles.length) return "/ops";
  return person?.memberships.length === 0 ? "/requests" : "/home";
}
