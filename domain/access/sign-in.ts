import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";

import { signInRequests, users } from "@/db/schema";
import type { Locale } from "@/db/vocabulary/languages";
import { isSignedByUs } from "@/lib/signing";

import { CODE_DIGITS, digitsOf, signInCode, signInToken } from "./secrets";
import type { MessageValues } from "../errors";
import { uuid } from "../input";
import { type RecordedStep, verb } from "../verb";
import { countFailure, type Door, doorOf, guessWait, lockDoor, type Visitor } from "./door-limits";
import { newSession, openSession } from "./open-session";
import { isInvited } from "./invited-address";
import { openPerson } from "./open-person";
import { noteSecurity } from "./security-events";

export const MOST_ATTEMPTS = 5;

export type SignInResult =
  | { ok: true; returnPath: string; expiresAt: Date; locale: Locale; inboxKey: string }
  /** It can no longer be used so; its page says why, and what to do. */
  | { ok: false; hasEnded: true }
  | { ok: false; hasEnded: false; messageKey: string; values: MessageValues };

/**
 * Uses up a sign-in request, made to sign in or to prove an address, by the link's token or the
 * code, and opens a session. Single use, ten minutes, and only once the mail has left. The code works
 * in the browser that asked, five times, with waits that grow with the wrong codes of the mailbox and
 * of the network; the link, which nobody can guess, works anywhere and waits for nothing. A wrong try
 * is a result, not an error, because its count must stay.
 */
export const signIn = verb({
  may: "access.signIn",
  input: z.object({
    requestId: uuid,
    secret: z.union([
      z.object({ token: z.string().max(200) }),
      z.object({ code: z.string().max(40).transform(digitsOf) }),
    ]),
    ...newSession,
  }),

  async run(step, { requestId, secret, visitor: asking, ...opening }): Promise<SignInResult> {
    const code = "code" in secret ? secret.code : null;
    const opened = await lockRequest(step, { requestId, asking });
    if (!opened) return step.unchanged(ENDED);
    const refused = code !== null && (await refusalOfCode(step, { ...opened, code }));
    if (refused) return step.unchanged(refused);

    const { request, door } = opened;
    const user = isRight(request, secret) ? await findUser(step, request) : undefined;
    if (!user)
      return code === null
        ? step.unchanged(refusal("access.errors.wrongLink"))
        : wrongCode(step, opened);
    await step.tx
      .update(signInRequests)
      .set({ usedAt: step.now })
      .where(and(eq(signInRequests.id, requestId), isNull(signInRequests.usedAt)));
    const expiresAt = await openSession(step, {
      ...opening,
      ...{ userId: user.id, visitor: asking, by: "mail" },
    });
    const { returnPath, locale } = request;
    return { ok: true, returnPath, expiresAt, locale, inboxKey: door.inboxKey };
  },
});

const ENDED: SignInResult = { ok: false, hasEnded: true };

/** Why no code is looked at now, however right it may be. */
async function refusalOfCode(
  { tx, now }: RecordedStep,
  { request, door, code }: Opened & { code: string },
): Promise<SignInResult | null> {
  const isOfThisBrowser = request.browser !== "" && request.browser === door.browser;
  if (!isOfThisBrowser || request.failedAttempts >= MOST_ATTEMPTS) return ENDED;
  if (code === "") return refusal("errors.field.required");
  if (code.length !== CODE_DIGITS) return refusal("access.errors.codeLength");
  const until = await guessWait(tx, door, now);
  if (!until) return null;
  const minutes = Math.ceil((until.getTime() - now.getTime()) / 60_000);
  return refusal("access.errors.guessWait", { minutes });
}

const refusal = (messageKey: string, values: MessageValues = {}): SignInResult => ({
  ...{ ok: false, hasEnded: false },
  ...{ messageKey, values },
});

type Opened = { request: SignInRequest; door: Door; asking: Visitor };

/** The request, if it is still to be used, with everybody else of its mailbox and network kept waiting. */
async function lockRequest(
  { tx, now }: RecordedStep,
  { requestId, asking }: { requestId: string; asking: Visitor },
): Promise<Opened | null> {
  const byId = eq(signInRequests.id, requestId);
  const [known] = await tx.select({ email: signInRequests.email }).from(signInRequests).where(byId);
  if (!known) return null;
  const door = doorOf(known.email, asking);
  await lockDoor(tx, door);
  const [request] = await tx.select().from(signInRequests).where(byId).for("update");
  const isOpen = request && !request.usedAt && request.expiresAt > now;
  // What confirms a subscription lives a day and signs nobody in.
  return isOpen && request.purpose !== "subscribe" ? { request, door, asking } : null;
}

/** Counts a wrong code; the last that the request takes ends it. */
async function wrongCode(
  { tx, now, record }: RecordedStep,
  { request, door, asking: { network, device } }: Opened,
): Promise<SignInResult> {
  const { id, email, failedAttempts } = request;
  await tx
    .update(signInRequests)
    .set({ failedAttempts: failedAttempts + 1 })
    .where(eq(signInRequests.id, id));
  await countFailure(tx, door, now);
  const [owner] = await tx.select({ id: users.id }).from(users).where(eq(users.email, email));
  const { inboxKey } = door;
  await noteSecurity(
    { tx, now },
    { kind: "sign_in_failed", userId: owner?.id ?? null, inboxKey, network, device },
  );
  await record("sign_in.failed", { id });
  const left = MOST_ATTEMPTS - failedAttempts - 1;
  return left > 0 ? refusal("access.errors.wrongCode", { left }) : ENDED;
}

type SignInRequest = typeof signInRequests.$inferSelect;

/** Who has the address; who has proved one that is new here, or invited, becomes a person, of no account. */
async function findUser(step: RecordedStep, request: SignInRequest) {
  const { tx, now } = step;
  const { email, purpose } = request;
  const [user] = await tx.select().from(users).where(eq(users.email, email));
  if (user) return user;
  if (purpose === "sign_in") {
    const [invited] = await tx
      .select({ id: signInRequests.id })
      .from(signInRequests)
      .where(and(eq(signInRequests.id, request.id), isInvited(tx, email, now)));
    if (!invited) return undefined;
  }
  return openPerson(step, request);
}

type Secret = { token: string } | { code: string };

function isRight({ id, mailedAt }: SignInRequest, secret: Secret): boolean {
  if (!mailedAt) return false;
  if ("token" in secret) return isSignedByUs(secret.token, (by) => signInToken(id, by));
  return isSignedByUs(secret.code, (by) => signInCode(id, by));
}
