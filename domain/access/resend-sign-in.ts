import { eq } from "drizzle-orm";
import { z } from "zod";

import { signInRequests } from "@/db/schema";
import { SIGN_IN_PURPOSES } from "@/db/vocabulary/access";
import { LOCALES } from "@/db/vocabulary/languages";

import { NotFound } from "../errors";
import { uuid } from "../input";
import { verb } from "../verb";
import { visitor } from "./door-limits";
import { requestSignIn } from "./request-sign-in";

/**
 * Asks once more for the mail of a request, to the same address, which the browser need not know.
 * @throws NotFound for a request that does not exist, Conflict as `requestSignIn` does
 */
export const resendSignIn = verb({
  may: "access.requestSignIn",
  input: z.object({ requestId: uuid, locale: z.enum(LOCALES), visitor }),

  async run(step, { requestId, locale, visitor: asking }) {
    const [request] = await step.tx
      .select()
      .from(signInRequests)
      .where(eq(signInRequests.id, requestId));
    const purpose = SIGN_IN_PURPOSES.find((one) => one === request?.purpose);
    if (!request || !purpose) throw new NotFound("errors.notFound");
    const { email, returnPath } = request;
    // It keeps its own record, if it writes anything.
    step.unchanged();
    return requestSignIn(step, { email, purpose, locale, returnPath, visitor: asking });
  },
});
