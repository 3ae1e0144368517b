import { and, eq, gt, isNull } from "drizzle-orm";
import { z } from "zod";

import { signInRequests, users } from "@/db/schema";
import { signInCode, signInToken } from "@/lib/sign-in-secrets";

import { query } from "../query";

/** What a sign-in mail needs; null when the address belongs to nobody or the request has ended. */
export const readSignInMail = query({
  may: "access.mailSignIn",
  input: z.object({ requestId: z.uuid() }),

  async run({ db, now }, { requestId }) {
    const [request] = await db
      .select({
        id: signInRequests.id,
        email: signInRequests.email,
        locale: signInRequests.locale,
        returnPath: signInRequests.returnPath,
      })
      .from(signInRequests)
      .innerJoin(users, eq(users.email, signInRequests.email))
      .where(
        and(
          eq(signInRequests.id, requestId),
          isNull(signInRequests.usedAt),
          gt(signInRequests.expiresAt, now),
        ),
      );
    if (!request) return null;
    return { ...request, token: signInToken(requestId), code: signInCode(requestId) };
  },
});
