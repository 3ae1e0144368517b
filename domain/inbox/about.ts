import { and, eq, inArray, isNull } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { broadcasts, deliveries } from "@/db/schema";

import { person } from "../access/permissions";
import { chore } from "../chore";
import type { Actor } from "../context";
import { uuid } from "../input";
import { query } from "../query";

/** What messages tell about: a version, a receipt, a notice, a request, a deregistration. */
const input = z.object({ subjectIds: z.array(uuid).max(500) });

/** The reader's own unread messages about these things, for the page that shows the things themselves. */
export const listUnreadAbout = query({
  may: "inbox.readOwn",
  input,

  async run({ db, actor }, { subjectIds }) {
    const rows = await db
      .select({ id: deliveries.id })
      .from(deliveries)
      .where(unreadAbout(db, { actor, subjectIds }));
    return rows.map(({ id }) => id);
  },
});

/** The reader's own messages of these broadcasts, by broadcast. */
export const listOwnMessages = query({
  may: "inbox.readOwn",
  input: z.object({ broadcastIds: z.array(uuid).max(100) }),

  async run({ db, actor }, { broadcastIds }) {
    const rows = await db
      .select({ broadcastId: deliveries.broadcastId, id: deliveries.id })
      .from(deliveries)
      .where(
        and(
          eq(deliveries.userId, person(actor).id),
          eq(deliveries.channel, "inbox"),
          inArray(deliveries.broadcastId, broadcastIds),
        ),
      );
    return new Map(rows.map(({ broadcastId, id }) => [broadcastId, id]));
  },
});

/** Marks them as read: whoever acted on the thing itself need not open the message too. */
export const markReadAbout = chore({
  may: "inbox.readOwn",
  input,

  async run({ tx, actor, now }, { subjectIds }) {
    await tx.update(deliveries).set({ readAt: now }).where(unreadAbout(tx, { actor, subjectIds }));
  },
});

type About = { actor: Actor; subjectIds: readonly string[] };

const unreadAbout = (db: Db | Tx, { actor, subjectIds }: About) =>
  and(
    eq(deliveries.userId, person(actor).id),
    eq(deliveries.channel, "inbox"),
    isNull(deliveries.readAt),
    inArray(
      deliveries.broadcastId,
      db
        .select({ id: broadcasts.id })
        .from(broadcasts)
        .where(inArray(broadcasts.subjectId, [...subjectIds])),
    ),
  );
