import { eq, sql } from "drizzle-orm";
import { z } from "zod";

import { sessions, users } from "@/db/schema";
import { emailAddress } from "@/lib/email-address";

import { Invalid, NotAllowed } from "../errors";
import { line } from "../input";
import { verb } from "../verb";
import { tellOwner } from "./factors";
import { leaveBrowsers } from "./leave-browsers";
import { endingOf } from "./open-session";
import { noteSecurity } from "./security-events";

/**
 * Ends every session of somebody else at once, and what their browsers show, for one whose device or mail
 * is in wrong hands; they may sign in again. One's own are ended in one's settings (OWASP ASVS 7.4.5).
 */
export const endSessionsOf = verb({
  may: "staff.manage",
  fresh: true,
  input: z.object({ email: emailAddress, reason: line(300) }),

  async run(step, { email, reason }) {
    const { tx, actor, now, record } = step;
    const [user] = await tx.select().from(users).where(eq(users.email, email)).for("update");
    if (!user) throw new Invalid("errors.form", { email: ["access.errors.unknownPerson"] });
    if (actor.id === user.id) throw new NotAllowed("access.errors.ownSessions");
    const ended = await tx.delete(sessions).where(eq(sessions.userId, user.id)).returning();
    if (ended.length === 0)
      throw new Invalid("errors.form", { email: ["access.errors.noSessions"] });
    await noteSecurity({ tx, now }, ...ended.map((session) => endingOf(session)));
    await tellOwner(step, user.id, "sessions_ended");
    const after = { reason, sessions: ended.length };
    await record("person.ended_sessions_of", { id: user.id, after });
    await leaveBrowsers(step, { userId: user.id, where: sql`true` });
  },
});
