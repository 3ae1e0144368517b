import { and, count, eq, gt } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { signInRequests } from "@/db/schema";
import { LOCALES, SIGN_IN_PURPOSES } from "@/db/vocabulary";
import { emailAddress } from "@/lib/email-address";

import { wakeJob } from "../jobs";
import { verb } from "../verb";

/** ASVS 5.0 6.5.5: out-of-band secrets live ten minutes at most. */
const LIFETIME_MS = 10 * 60_000;
const MOST_PER_HOUR = 5;

/**
 * Asks for a sign-in mail. Known and unknown addresses are treated alike here and in the same time:
 * who has an account is looked up by the job, after the answer. The sixth request within an hour is
 * answered like the others and mails nothing.
 */
export const requestSignIn = verb({
  may: "access.requestSignIn",
  input: z.object({
    email: emailAddress,
    /** To sign in somebody known, or to prove an address that may be new here. */
    purpose: z.enum(SIGN_IN_PURPOSES).default("sign_in"),
    locale: z.enum(LOCALES),
    returnPath: z.string().max(2000),
  }),

  async run({ tx, now, record }, { email, purpose, locale, returnPath }) {
    const recent = await countRecent(tx, { email, since: new Date(now.getTime() - 3_600_000) });
    const expiresAt = new Date(now.getTime() + LIFETIME_MS);
    const [request] = await tx
      .insert(signInRequests)
      .values({ email, purpose, locale, returnPath, requestedAt: now, expiresAt })
      .returning({ id: signInRequests.id });
    if (!request) throw new Error("the sign-in request was not written");

    await record("sign_in.requested", { subject: { type: "sign_in", id: request.id } });
    if (recent < MOST_PER_HOUR)
      await wakeJob(tx, "mail-sign-in", { payload: { requestId: request.id } });
    return { requestId: request.id, expiresAt };
  },
});

async function countRecent(tx: Tx, { email, since }: { email: string; since: Date }) {
  const [row] = await tx
    .select({ n: count() })
    .from(signInRequests)
    .where(and(eq(signInRequests.email, email), gt(signInRequests.requestedAt, since)));
  return row?.n ?? 0;
}
