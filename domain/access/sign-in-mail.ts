import { and, eq, gt, isNotNull, isNull, or } from "drizzle-orm";
import { z } from "zod";

import { signInRequests, users } from "@/db/schema";
import { SIGN_IN_PURPOSES } from "@/db/vocabulary/access";

import { signInCode, signInToken } from "./secrets";
import { isInvited } from "./invited-address";
import { uuid } from "../input";
import { query } from "../query";
import { verb } from "../verb";

/**
 * What a sign-in mail needs; null when the request has ended, or when it was to sign in and the
 * address belongs to nobody and nobody invites it. To prove an address anybody gets a mail.
 */
export const readSignInMail = query({
  may: "access.mailSignIn",
  input: z.object({ requestId: z.uuid() }),

  async run({ db, now }, { requestId }) {
    const [request] = await db
      .select({
        id: signInRequests.id,
        email: signInRequests.email,
        purpose: signInRequests.purpose,
        locale: signInRequests.locale,
        returnPath: signInRequests.returnPath,
      })
      .from(signInRequests)
      .leftJoin(users, eq(users.email, signInRequests.email))
      .where(
        and(
          eq(signInRequests.id, requestId),
          isNull(signInRequests.usedAt),
          gt(signInRequests.expiresAt, now),
          or(
            eq(signInRequests.purpose, "prove_address"),
            isNotNull(users.id),
            isInvited(db, signInRequests.email, now),
          ),
        ),
      );
    const purpose = SIGN_IN_PURPOSES.find((one) => one === request?.purpose);
    if (!request || !purpose) return null;
    return { ...request, purpose, token: signInToken(requestId), code: signInCode(requestId) };
  },
});

/** Says that the provider took the mail of a request: from now on link and code open something. */
export const recordSignInMailed = verb({
  may: "access.mailSignIn",
  input: z.object({ requestId: uuid }),

  async run({ tx, now, record, unchanged }, { requestId }) {
    const mailed = await tx
      .update(signInRequests)
      .set({ mailedAt: now })
      .where(and(eq(signInRequests.id, requestId), isNull(signInRequests.mailedAt)))
      .returning({ id: signInRequests.id });
    if (mailed.length === 0) return unchanged();
    await record("sign_in.mailed", { id: requestId });
  },
});
