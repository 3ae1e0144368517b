import { and, eq } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { oidcIdentities, users } from "@/db/schema";
import { normaliseEmail } from "@/lib/email-address";

import { query } from "../query";
import { type RecordedStep, verb } from "../verb";
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
