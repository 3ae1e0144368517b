import "server-only";

import { findSignInRequest } from "@/domain/access/find-request";
import { readSession } from "@/domain/access/session";
import { signIn } from "@/domain/access/sign-in";
import { signInAsDemoPerson } from "@/domain/access/sign-in-as";
import { asJob, type Context } from "@/domain/context";
import { Invalid } from "@/domain/errors";
import { safeReturnPath } from "@/lib/return-path";
import { hashSessionToken, newSessionToken } from "@/lib/sign-in-secrets";

import { writeSessionToken } from "./session-cookie";

type Secret = { token: string } | { code: string };

/**
 * Uses up a sign-in request and opens a session in this browser.
 * @returns the path to go on to. @throws Invalid, with the code typed staying typed
 */
export async function completeSignIn(
  ctx: Context,
  { requestId, secret }: { requestId: string; secret: Secret },
): Promise<string> {
  const token = newSessionToken();
  const result = await signIn(ctx, { requestId, secret, tokenHash: hashSessionToken(token) });
  if (!result.ok) throw new Invalid(result.messageKey, { code: [result.messageKey] });
  return enter(token, result);
}

/** Opens a session as a demo person. @throws NotFound in production */
export async function enterAsDemoPerson(
  ctx: Context,
  { userId, returnPath, locale }: { userId: string; returnPath: string; locale: string },
): Promise<string> {
  const token = newSessionToken();
  const tokenHash = hashSessionToken(token);
  const expiresAt = await signInAsDemoPerson(ctx, { userId, tokenHash });
  return enter(token, { expiresAt, returnPath, locale });
}

/** Whether a sign-in request can still be used. */
export async function isRequestOpen(ctx: Context, requestId: string): Promise<boolean> {
  const request = await findSignInRequest(ctx, { requestId });
  return request !== null && !request.hasEnded;
}

type Opened = { expiresAt: Date; returnPath: string; locale: string };

async function enter(token: string, { expiresAt, returnPath, locale }: Opened): Promise<string> {
  await writeSessionToken(token, expiresAt);
  const now = new Date();
  const person = await readSession(asJob("session", now), { tokenHash: hashSessionToken(token) });
  return destinationOf(person, { returnPath, locale });
}

type Wish = { returnPath: string; locale: string };

type Arriving = { staffRoles: readonly unknown[]; memberships: readonly unknown[] };

/**
 * Where the link pointed; without one, staff go to their desk, developers to their overview, and
 * who has no account to their requests.
 */
export function destinationOf(person: Arriving | null, { returnPath, locale }: Wish): string {
  return safeReturnPath(returnPath, `/${locale}${homeOf(person)}`);
}

function homeOf(person: Arriving | null): string {
  if (person?.staffRoles.length) return "/ops";
  return person?.memberships.length === 0 ? "/requests" : "/home";
}
