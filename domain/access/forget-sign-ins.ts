import { and, lt } from "drizzle-orm";
import { z } from "zod";

import { signInFailures, signInRequests } from "@/db/schema";

import { chore } from "../chore";

/**
 * How long (milliseconds) an asked-for mail is known after its link has ended: no limit looks further
 * back (door-limits.ts), and until then its link says that it has ended, not that there never was one.
 */
const KEPT = 24 * 3_600_000;

/** Removes what no limit needs any more: addresses of people who asked for a mail, and wrong codes. */
export const forgetSignIns = chore({
  may: "access.forgetSignIns",
  input: z.object({}),

  async run({ tx, now }) {
    const before = new Date(now.getTime() - KEPT);
    const mails = await tx
      .delete(signInRequests)
      .where(and(lt(signInRequests.requestedAt, before), lt(signInRequests.expiresAt, before)))
      .returning({ id: signInRequests.id });
    const codes = await tx
      .delete(signInFailures)
      .where(lt(signInFailures.at, before))
      .returning({ id: signInFailures.id });
    return { mails: mails.length, codes: codes.length };
  },
});
