import { and, eq, inArray, isNull } from "drizzle-orm";
import { z } from "zod";

import { deliveries } from "@/db/schema";

import { person } from "../access/permissions";
import { chore } from "../chore";
import type { Context } from "../context";
import { uuid } from "../input";

const ids = z.array(uuid).max(500);

const own = ({ actor }: Context, wanted: readonly string[]) =>
  and(
    eq(deliveries.userId, person(actor).id),
    eq(deliveries.channel, "inbox"),
    inArray(deliveries.id, [...wanted]),
  );

/** Marks some of the reader's own messages as read or unread; other people's are passed over. */
export const markRead = chore({
  may: "inbox.readOwn",
  input: z.object({ ids, read: z.boolean() }),

  async run(step, { ids: wanted, read }) {
    await step.tx
      .update(deliveries)
      .set({ readAt: read ? step.now : null })
      .where(and(own(step, wanted), read ? isNull(deliveries.readAt) : undefined));
  },
});

export const markAllRead = chore({
  may: "inbox.readOwn",
  input: z.object({}),

  async run({ tx, actor, now }) {
    await tx
      .update(deliveries)
      .set({ readAt: now })
      .where(
        and(
          eq(deliveries.userId, person(actor).id),
          eq(deliveries.channel, "inbox"),
          isNull(deliveries.readAt),
        ),
      );
  },
});

/** Archives messages, or takes them back into the inbox as they were: archiving reads nothing. */
export const archiveMessages = chore({
  may: "inbox.readOwn",
  input: z.object({ ids, archived: z.boolean() }),

  async run(step, { ids: wanted, archived }) {
    await step.tx
      .update(deliveries)
      .set({ archivedAt: archived ? step.now : null })
      .where(own(step, wanted));
  },
});

/** Remembers that the reader closed the popup; the message stays unread in the inbox. */
export const closePopup = chore({
  may: "inbox.readOwn",
  input: z.object({ id: uuid }),

  async run(step, { id }) {
    await step.tx
      .update(deliveries)
      .set({ popupClosedAt: step.now })
      .where(own(step, [id]));
  },
});
