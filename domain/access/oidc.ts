import { and, eq } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { oidcIdentities, users } from "@/db/schema";
import { normaliseEmail } from "@/lib/email-address";
import { env } from "@/lib/env";

import { query } from "../query";
import { type RecordedStep, verb } from "../verb";
import { FRESH_FACTOR_MINUTES } from "./fresh-factor";
import { newSession, openSession } from "./open-session";

/** Who the provider says somebody is: a subject means something only beside its issuer. */
const identity = z.object({ issuer: z.string().min(1), subject: z.string().min(1) });
type Identity = z.output<typeof identity>;

export type Recognised =
  | { ok: true; userId: string }
  | { ok: false; reason: "unverified" | "unknown" };

/** The person an identity is bound to; null where it is bound to nobody. */
export const findByIdentity = query({
  may: "access.readSession",
  input: identity,

  async run({ db }, wanted) {
    const [found] = await db
      .select({ user: users })
      .from(oidcIdentities)
      .innerJoin(users, eq(users.id, oidcIdentities.userId))
      .where(isThis(wanted));
    return found?.user ?? null;
  },
});

/**
 * Says who an identity is. The first time the address decides, if the provider has verified it and
 * we know it, and the identity is bound to that person for good: an address that changes at the
 * provider later moves nobody. A refusal is a result, because nothing has to be undone.
 */
export const recogniseIdentity = verb({
  may: "access.readSession",
  input: identity.extend({ email: z.string().nullable(), isVerified: z.boolean() }),

  async run({ tx, record, unchanged }, { email, isVerified, ...given }): Promise<Recognised> {
    const bound = await boundTo(tx, given);
    if (bound !== null || !isVerified)
      return unchanged(
        bound === null ? { ok: false, reason: "unverified" } : { ok: true, userId: bound },
      );
    const address = normaliseEmail(email ?? "");
    const [user] =
      address === null ? [] : await tx.select().from(users).where(eq(users.email, address));
    if (!user) return unchanged({ ok: false, reason: "unknown" });
    const { issuer: provider, subject } = given;
    const linked = await tx
      .insert(oidcIdentities)
      .values({ userId: user.id, provider, subject })
      .onConflictDoNothing()
      .returning({ id: oidcIdentities.id });
    if (linked.length > 0) {
      await record("person.linked_identity", {
        id: user.id,
        after: { provider },
      });
      return { ok: true, userId: user.id };
    }
    // Another tab bound it at the same moment; what stands in the table holds.
    unchanged();
    return { ok: true, userId: (await boundTo(tx, given)) ?? user.id };
  },
});

/** Opens a session for a person the identity provider vouched for. @returns when it ends. */
export const signInByOidc = verb({
  may: "access.readSession",
  input: z.object({ userId: z.uuid(), provenAt: z.date().nullable(), ...newSession }),
  run: async (step: RecordedStep, input) => openSession(step, { ...input, by: "oidc" }),
});

async function boundTo(db: Db | Tx, wanted: Identity): Promise<string | null> {
  const [found] = await db
    .select({ userId: oidcIdentities.userId })
    .from(oidcIdentities)
    .where(isThis(wanted));
  return found?.userId ?? null;
}

const isThis = ({ issuer, subject }: Identity) =>
  and(eq(oidcIdentities.provider, issuer), eq(oidcIdentities.subject, subject));

/** Milliseconds that the provider's clock may be apart from ours. */
const SKEW_MS = 60_000;

/** Seconds ago at most that somebody may have proven themselves to the provider: it asks again else. */
export const MOST_AGE_SECONDS = FRESH_FACTOR_MINUTES * 60;

/** Claims of a checked ID token (OpenID Connect Core 2), whatever they hold. */
type ProofClaims = { amr?: unknown; acr?: unknown; auth_time?: unknown };

/**
 * When somebody proved more than one factor to the identity provider, which stands for ours where
 * STAFF_FACTOR says so. Null where the token does not say so: by the method "mfa" (RFC 8176), or, if
 * OIDC_ACR names any, by one of these classes; and by a time within a quarter of an hour. What the
 * provider does not tell counts as one factor, and ours is asked for (OWASP ASVS 6.8.4).
 */
export function provenAtProvider({ amr, acr, auth_time: at }: ProofClaims, now: Date): Date | null {
  const { STAFF_FACTOR, OIDC_ACR } = env();
  if (STAFF_FACTOR !== "provider" || typeof at !== "number") return null;
  const isStrong =
    OIDC_ACR.length > 0
      ? typeof acr === "string" && OIDC_ACR.includes(acr)
      : Array.isArray(amr) && amr.includes("mfa");
  const age = now.getTime() - at * 1000;
  const isRecent = age >= -SKEW_MS && age <= MOST_AGE_SECONDS * 1000 + SKEW_MS;
  return isStrong && isRecent ? new Date(Math.min(at * 1000, now.getTime())) : null;
}
