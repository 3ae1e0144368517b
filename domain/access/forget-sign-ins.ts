import { and, lt } from "drizzle-orm";
import { z } from "zod";

import {
  memberInvitations,
  securityAlarms,
  securityEvents,
  signInFailures,
  signInRequests,
} from "@/db/schema";

import { chore } from "../chore";

/**
 * How long (milliseconds) an asked-for mail is known after its link has ended: no limit looks further
 * back (door-limits.ts), and until then its link says that it has ended, not that there never was one.
 */
const KEPT = 24 * 3_600_000;

/** How long (milliseconds) the security records are kept: the six months of 网络安全法, article 21. */
const SECURITY_KEPT = 180 * 86_400_000;

/** How long (milliseconds) an invitation is kept after it would have expired: thirty days in all. */
const INVITATION_KEPT = 16 * 86_400_000;

/**
 * Removes what no limit needs any more (addresses of people who asked for a mail, wrong codes), the
 * invitations of a month ago, and the security records whose time is over.
 */
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
    await tx
      .delete(memberInvitations)
      .where(lt(memberInvitations.expiresAt, new Date(now.getTime() - INVITATION_KEPT)));
    const events = await tx
      .delete(securityEvents)
      .where(lt(securityEvents.at, new Date(now.getTime() - SECURITY_KEPT)))
      .returning({ id: securityEvents.id });
    await tx
      .delete(securityAlarms)
      .where(lt(securityAlarms.raisedAt, new Date(now.getTime() - SECURITY_KEPT)));
    return { mails: mails.length, codes: codes.length, events: events.length };
  },
});
