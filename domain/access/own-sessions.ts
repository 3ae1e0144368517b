import { and, desc, eq, ne, sql } from "drizzle-orm";
import { z } from "zod";

import { sessions } from "@/db/schema";

import { uuid } from "../input";
import { query } from "../query";
import { verb } from "../verb";
import { assertFreshFactor } from "./fresh-factor";
import { endingOf, endOf } from "./open-session";
import { leaveBrowsers } from "./leave-browsers";
import { person } from "./permissions";
import { noteSecurity } from "./security-events";

/** Where a person is signed in, this session first, then the last seen. */
export const listOwnSessions = query({
  may: "access.changeOwn",
  input: z.object({}),

  async run({ db, actor, now }) {
    const { id, sessionId, staffRoles } = person(actor);
    const rows = await db
      .select()
      .from(sessions)
      .where(eq(sessions.userId, id))
      .orderBy(desc(eq(sessions.id, sessionId ?? id)), desc(sessions.lastSeenAt));
    return rows
      .filter((row) => endOf(row, staffRoles.length > 0) > now)
      .map((row) => ({
        id: row.id,
        device: row.device,
        network: row.network,
        firstSeenAt: row.createdAt,
        lastSeenAt: row.lastSeenAt,
        isThis: row.id === sessionId,
      }));
  },
});

/**
 * Ends sessions of one's own: one, all but this one, or all; what their browsers were to show goes with
 * them (decision 067). What has ended already is no error. Who
 * stays signed in proves first that they are the owner: a session left open shows nobody out.
 */
export const endOwnSessions = verb({
  may: "access.changeOwn",
  input: z.object({ which: z.union([z.enum(["others", "all"]), z.object({ sessionId: uuid })]) }),

  async run(step, { which }) {
    const { tx, actor, now, record, unchanged } = step;
    const { id, sessionId } = person(actor);
    if (which !== "all") assertFreshFactor({ actor, now });
    const wanted =
      which === "all"
        ? undefined
        : which === "others"
          ? ne(sessions.id, sessionId ?? id)
          : eq(sessions.id, which.sessionId);
    const ended = await tx
      .delete(sessions)
      .where(and(eq(sessions.userId, id), wanted))
      .returning();
    if (ended.length === 0) return unchanged();
    await noteSecurity({ tx, now }, ...ended.map((session) => endingOf(session)));
    await record("person.ended_sessions", { id, after: { sessions: ended.length } });
    const left = ended.map(({ browserHash }) => browserHash).filter((hash) => hash !== "");
    // A browser that another session of theirs is still open in is not left; with all, every one is.
    const isLeft = sql`e.browser_hash = any(${sql.param(left)}::text[]) and not exists (
      select from sessions s where s.user_id = ${id} and s.browser_hash = e.browser_hash)`;
    await leaveBrowsers(step, { userId: id, where: which === "all" ? sql`true` : isLeft });
  },
});
