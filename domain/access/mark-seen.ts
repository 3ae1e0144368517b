import { and, eq, lte } from "drizzle-orm";
import { z } from "zod";

import { sessions } from "@/db/schema";

import { chore } from "../chore";

const EVERY_MS = 2 * 60_000;

/** Whether it is time to write down that a session is in use; so seldom that reading stays reading. */
export const isSeenDue = ({ lastSeenAt }: { lastSeenAt: Date }, now: Date): boolean =>
  lastSeenAt <= dueBefore(now);

/** Writes down that a session is in use, and from which network. */
export const markSeen = chore({
  may: "access.readSession",
  input: z.object({ sessionId: z.uuid(), network: z.string().max(100) }),

  async run({ tx, now }, { sessionId, network }) {
    await tx
      .update(sessions)
      .set({ lastSeenAt: now, network })
      .where(and(eq(sessions.id, sessionId), lte(sessions.lastSeenAt, dueBefore(now))));
  },
});

const dueBefore = (now: Date): Date => new Date(now.getTime() - EVERY_MS);
