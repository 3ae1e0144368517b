import { eq } from "drizzle-orm";
import { z } from "zod";

import { signInRequests } from "@/db/schema";
import { SIGN_IN_PURPOSES } from "@/db/vocabulary/access";
import { maskEmail } from "@/lib/email-address";

import { query } from "../query";
import { doorOf, mailWait, visitor } from "./door-limits";
import { MOST_ATTEMPTS } from "./sign-in";

/** `locked`: too many wrong codes. The link of the mail still works then, and its code does not. */
export type SignInState = "open" | "locked" | "used" | "expired";

/**
 * What the pages of a request may show: the address in part, where sign-in leads, until when, and
 * from when another mail can be sent. Null for a request that does not exist; the same for known
 * and unknown addresses.
 */
export const findSignInRequest = query({
  may: "access.signIn",
  input: z.object({
    requestId: z.uuid().catch("00000000-0000-0000-0000-000000000000"),
    visitor,
  }),

  async run({ db, now }, { requestId, visitor: asking }) {
    const [request] = await db
      .select()
      .from(signInRequests)
      .where(eq(signInRequests.id, requestId));
    const purpose = SIGN_IN_PURPOSES.find((one) => one === request?.purpose);
    if (!request || !purpose) return null;

    const door = doorOf(request.email, asking);
    const wait = await mailWait(db, door, { now });
    return {
      maskedEmail: maskEmail(request.email),
      purpose,
      returnPath: request.returnPath,
      expiresAt: request.expiresAt,
      /** Whether it was asked for in this browser; in another the code opens nothing. */
      isOfThisBrowser: request.browser !== "" && request.browser === door.browser,
      /** Seconds until the next mail can be sent. */
      secondsToNextMail: wait ? Math.ceil((wait.until.getTime() - now.getTime()) / 1000) : 0,
      state: stateOf(request, now),
    };
  },
});

function stateOf(request: typeof signInRequests.$inferSelect, now: Date): SignInState {
  if (request.usedAt) return "used";
  if (request.expiresAt <= now) return "expired";
  return request.failedAttempts >= MOST_ATTEMPTS ? "locked" : "open";
}
