import { eq } from "drizzle-orm";
import { z } from "zod";

import { signInRequests } from "@/db/schema";
import { maskEmail } from "@/lib/email-address";

import { query } from "../query";

/**
 * What the page that asks for the code may show: the address in part, where sign-in leads, until
 * when. Null for a request that does not exist; the same for known and unknown addresses.
 */
export const findSignInRequest = query({
  may: "access.signIn",
  input: z.object({ requestId: z.uuid().catch("00000000-0000-0000-0000-000000000000") }),

  async run({ db, now }, { requestId }) {
    const [request] = await db
      .select()
      .from(signInRequests)
      .where(eq(signInRequests.id, requestId));
    if (!request) return null;
    return {
      maskedEmail: maskEmail(request.email),
      purpose: request.purpose,
      returnPath: request.returnPath,
      expiresAt: request.expiresAt,
      hasEnded: request.usedAt !== null || request.expiresAt <= now,
    };
  },
});
