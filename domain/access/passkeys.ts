import {
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type WebAuthnCredential,
} from "@simplewebauthn/server";
import { isoBase64URL } from "@simplewebauthn/server/helpers";
import { and, eq, isNotNull } from "drizzle-orm";
import { z } from "zod";

import { factors } from "@/db/schema";
import { env } from "@/lib/env";

import { plainLine } from "../input";
import { type RecordedStep, verb } from "../verb";
import { passkeyHost, takeChallenge } from "./ask-passkey";
import { assertMayChange, assertRoomForFactor, tellOwner } from "./factors";
import {
  failFactor,
  lockPerson,
  markProven,
  type Proving,
  refusal,
  renewal,
  waitOf,
} from "./prove-factor";

/** What a browser answers, as text; what is in it is looked at by its own schema. */
const answer = z.string().max(20_000);

/** Keeps the passkey that the browser made as it was asked to; it is proven in this session by that. */
export const confirmPasskey = verb({
  may: "access.changeOwn",
  input: z.object({ name: plainLine(60), answer, ...renewal }),

  async run(step, { name, answer, tokenHash }): Promise<Proving> {
    const { tx, now } = step;
    const { id } = await assertMayChange(tx, step);
    await lockPerson(step);
    await assertRoomForFactor(tx, id);
    const challenge = await takeChallenge(step);
    if (!challenge) return step.unchanged(refusal("access.errors.passkeyEnded"));
    const made = await readNewPasskey(answer, challenge);
    if (!made) return failFactor(step, { messageKey: "access.errors.passkeyRefused" });
    const kept = await tx
      .insert(factors)
      .values({
        ...{ userId: id, kind: "passkey", name, createdAt: now, confirmedAt: now },
        ...{ credentialId: made.id, publicKey: isoBase64URL.fromBuffer(made.publicKey) },
        ...{ signCount: made.counter, transports: made.transports ?? [] },
      })
      .onConflictDoNothing()
      .returning();
    if (kept.length === 0) return failFactor(step, { messageKey: "access.errors.passkeyThere" });
    await tellOwner(step, id, "passkey_added");
    await step.record("person.added_factor", { id, after: { kind: "passkey" } });
    await markProven(step, tokenHash);
    return { ok: true };
  },
});

/** Proves a second factor in this session by what a passkey of its person signed, just now and here. */
export const provePasskey = verb({
  may: "access.changeOwn",
  input: z.object({ answer, ...renewal }),

  async run(step, { answer, tokenHash }): Promise<Proving> {
    const { tx, now } = step;
    const { id } = await lockPerson(step);
    const wait = await waitOf(step);
    if (wait) return step.unchanged(wait);
    const challenge = await takeChallenge(step);
    if (!challenge) return step.unchanged(refusal("access.errors.passkeyEnded"));
    const own = await findPasskey(step, answer);
    const signCount = own && (await countSigned(own, challenge));
    if (!own || signCount === null)
      return failFactor(step, { messageKey: "access.errors.passkeyWrong" });
    if (wentBack(own.signCount, signCount)) return refuseCopy(step);

    await tx
      .update(factors)
      .set({ signCount, lastUsedAt: now })
      .where(eq(factors.id, own.factorId));
    await markProven(step, tokenHash);
    await step.record("person.proved_factor", { id, after: { by: "passkey" } });
    return { ok: true };
  },
});

/**
 * Two keys that count apart have one credential between them: which is the copy nobody can tell, so
 * this proof opens nothing and the owner and the security records are told (WebAuthn 6.1.1).
 */
async function refuseCopy(step: RecordedStep): Promise<Proving> {
  await tellOwner(step, step.actor.id, "passkey_copied");
  return failFactor(step, {
    ...{ messageKey: "access.errors.passkeyCopied", event: "passkey_copied" },
    action: "person.refused_passkey",
  });
}

/** Keys that count say more each time; those that do not always say 0. */
const wentBack = (last: number, now: number): boolean => (last > 0 || now > 0) && now <= last;

const signed = {
  id: z.string().max(1400),
  rawId: z.string().max(1400),
  type: z.literal("public-key"),
};
const encoded = z.string().max(16_000);

const madeAnswer = z.object({
  ...signed,
  response: z.object({
    clientDataJSON: encoded,
    attestationObject: encoded,
    transports: z.array(z.string().max(20)).max(10).optional(),
  }),
});

const signedAnswer = z.object({
  ...signed,
  response: z.object({
    clientDataJSON: encoded,
    authenticatorData: encoded,
    signature: encoded,
    userHandle: z.string().max(100).optional(),
  }),
});
type Signed = z.output<typeof signedAnswer>;

async function readNewPasskey(text: string, challenge: string): Promise<WebAuthnCredential | null> {
  const given = read(text, madeAnswer);
  if (!given) return null;
  const { transports, ...response } = given.response;
  const made = await orNull(() =>
    verifyRegistrationResponse({
      response: {
        ...given,
        response: { ...response, ...(transports && { transports }) },
        clientExtensionResults: {},
      },
      ...asAsked(challenge),
    }),
  );
  return made?.verified ? made.registrationInfo.credential : null;
}

/** The passkey that signed, if it is the actor's own. */
async function findPasskey({ tx, actor }: RecordedStep, text: string) {
  const given = read(text, signedAnswer);
  if (!given) return null;
  const [own] = await tx
    .select()
    .from(factors)
    .where(
      and(
        eq(factors.userId, actor.id),
        eq(factors.credentialId, given.id),
        isNotNull(factors.confirmedAt),
      ),
    );
  const { userHandle } = given.response;
  const isTheirs = !userHandle || userHandle === isoBase64URL.fromUTF8String(actor.id);
  if (!own?.publicKey || !isTheirs) return null;
  const { id: factorId, publicKey, signCount } = own;
  return { factorId, publicKey, signCount: signCount ?? 0, given };
}

/** How often it has signed, as it says itself; null where this was not signed by it, here, just now. */
async function countSigned(
  { publicKey, given }: { publicKey: string; given: Signed },
  challenge: string,
): Promise<number | null> {
  const { userHandle, ...response } = given.response;
  const proof = await orNull(() =>
    verifyAuthenticationResponse({
      response: {
        ...given,
        response: { ...response, ...(userHandle && { userHandle }) },
        clientExtensionResults: {},
      },
      // Its count is compared once the signature is known to be right.
      credential: { id: given.id, publicKey: isoBase64URL.toBuffer(publicKey), counter: 0 },
      ...asAsked(challenge),
    }),
  );
  return proof?.verified ? proof.authenticationInfo.newCounter : null;
}

const asAsked = (challenge: string) => ({
  ...{ expectedChallenge: challenge, expectedOrigin: env().APP_ORIGIN },
  ...{ expectedRPID: passkeyHost(), requireUserVerification: true },
});

function read<Output>(text: string, schema: z.ZodType<Output>): Output | null {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** The library throws for whatever is not as it was asked for. */
const orNull = <Result>(verify: () => Promise<Result>): Promise<Result | null> =>
  verify().catch(() => null);
