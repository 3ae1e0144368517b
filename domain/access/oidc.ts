import { and, eq } from "drizzle-orm";
import { z } from "zod";

import { oidcIdentities, users } from "@/db/schema";

import { query } from "../query";
import { type RecordedStep, verb } from "../verb";
import { openSession } from "./sign-in";

/** The person behind an address or an identity at the provider; null for a stranger. */
export const findOidcPerson = query({
  may: "access.readSession",
  input: z.union([
    z.object({ email: z.string() }),
    z.object({ id: z.uuid() }),
    z.object({ provider: z.string(), subject: z.string() }),
  ]),

  async run({ db }, wanted) {
    if ("subject" in wanted) {
      const [found] = await db
        .select({ user: users })
        .from(oidcIdentities)
        .innerJoin(users, eq(users.id, oidcIdentities.userId))
        .where(
          and(
            eq(oidcIdentities.provider, wanted.provider),
            eq(oidcIdentities.subject, wanted.subject),
          ),
        );
      return found?.user ?? null;
    }
    const [user] = await db
      .select()
      .from(users)
      .where("id" in wanted ? eq(users.id, wanted.id) : eq(users.email, wanted.email));
    return user ?? null;
  },
});

/** Opens a session for a person the identity provider vouched for, and remembers the identity. */
export const signInByOidc = verb({
  may: "access.readSession",
  input: z.object({ userId: z.uuid(), tokenHash: z.string() }),
  run: async (step: RecordedStep, input) => openSession(step, { ...input, by: "oidc" }),
});

/** Binds an identity at the provider to a person known by the same, verified address. */
export const linkOidcIdentity = verb({
  may: "access.readSession",
  input: z.object({ userId: z.uuid(), provider: z.string(), subject: z.string() }),

  async run({ tx, record, unchanged }, { userId, provider, subject }) {
    const linked = await tx
      .insert(oidcIdentities)
      .values({ userId, provider, subject })
      .onConflictDoNothing()
      .returning({ id: oidcIdentities.id });
    if (linked.length === 0) return unchanged();
    await record("person.linked_identity", {
      subject: { type: "person", id: userId },
      after: { provider },
    });
  },
});
