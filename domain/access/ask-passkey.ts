import { generateAuthenticationOptions, generateRegistrationOptions } from "@simplewebauthn/server";
import { and, eq, isNotNull } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { factors, sessions } from "@/db/schema";
import { env } from "@/lib/env";

import { chore, type Step } from "../chore";
import { Conflict, NotAllowed } from "../errors";
import { assertMayChange, assertRoomForFactor } from "./factors";
import { person } from "./permissions";

/** How long a browser may take: to find the key, to unlock it, to touch it. */
const CHALLENGE_MS = 5 * 60_000;

/** What a browser is asked for: to make a passkey, or to sign with one. */
export type PasskeyQuestion =
  | { create: Awaited<ReturnType<typeof generateRegistrationOptions>> }
  | { get: Awaited<ReturnType<typeof generateAuthenticationOptions>> };

/** The host that passkeys are bound to; one made for another opens nothing here, whoever shows it. */
export const passkeyHost = (): string => new URL(env().APP_ORIGIN).hostname;

/** Asks the browser of this session for a new passkey: none that its person has here already. */
export const askNewPasskey = chore({
  may: "access.changeOwn",
  input: z.object({}),

  async run(step): Promise<PasskeyQuestion> {
    const { id, name, email } = await assertMayChange(step.tx, step);
    await assertRoomForFactor(step.tx, id);
    const create = await generateRegistrationOptions({
      ...{ rpName: env().VENDOR_NAME_EN, rpID: passkeyHost(), attestationType: "none" },
      ...{ userID: new TextEncoder().encode(id), userName: email, userDisplayName: name },
      excludeCredentials: await listPasskeys(step.tx, id),
      authenticatorSelection: { residentKey: "preferred", userVerification: "required" },
      timeout: CHALLENGE_MS,
    });
    await keepChallenge(step, create.challenge);
    return { create };
  },
});

/** Asks the browser of this session to sign with one of its person's passkeys. */
export const askPasskey = chore({
  may: "access.changeOwn",
  input: z.object({}),

  async run(step): Promise<PasskeyQuestion> {
    const own = await listPasskeys(step.tx, person(step.actor).id);
    if (own.length === 0) throw new Conflict("access.errors.noPasskey");
    const get = await generateAuthenticationOptions({
      ...{ rpID: passkeyHost(), allowCredentials: own, userVerification: "required" },
      timeout: CHALLENGE_MS,
    });
    await keepChallenge(step, get.challenge);
    return { get };
  },
});

async function listPasskeys(db: Db | Tx, userId: string) {
  const rows = await db
    .select({ id: factors.credentialId, transports: factors.transports })
    .from(factors)
    .where(and(eq(factors.userId, userId), isNotNull(factors.credentialId)));
  return rows.map(({ id, transports }) => ({ id: id ?? "", transports: transports ?? [] }));
}

/** One question at a time of a session: the newest takes the place of what was not answered. */
async function keepChallenge({ tx, actor, now }: Step, challenge: string): Promise<void> {
  const { id, sessionId } = person(actor);
  if (!sessionId) throw new NotAllowed("errors.notAllowed");
  await tx
    .update(sessions)
    .set({ challenge, challengeEndsAt: new Date(now.getTime() + CHALLENGE_MS) })
    .where(and(eq(sessions.id, sessionId), eq(sessions.userId, id)));
}

/** What was asked in this session, once; null when nothing was, or too long ago. */
export async function takeChallenge({ tx, actor, now }: Step): Promise<string | null> {
  const { sessionId } = person(actor);
  if (!sessionId) return null;
  const [session] = await tx
    .select()
    .from(sessions)
    .where(eq(sessions.id, sessionId))
    .for("update");
  const { challenge = null, challengeEndsAt } = session ?? {};
  if (!challenge || !challengeEndsAt || challengeEndsAt <= now) return null;
  await tx
    .update(sessions)
    .set({ challenge: null, challengeEndsAt: null })
    .where(eq(sessions.id, sessionId));
  return challenge;
}
