import { and, eq, inArray, isNull } from "drizzle-orm";
import { z } from "zod";

import { broadcasts, deliveries } from "@/db/schema";
import { INBOX_ACTS } from "@/db/vocabulary/inbox";

import { person } from "../access/permissions";
import { chore } from "../chore";
import type { Context } from "../context";
import { uuid } from "../input";
import { query } from "../query";

const ids = z.array(uuid).max(500);

const ofReader = ({ actor }: Context) =>
  and(eq(deliveries.userId, person(actor).id), eq(deliveries.channel, "inbox"));

const own = (ctx: Context, wanted: readonly string[]) =>
  and(ofReader(ctx), inArray(deliveries.id, [...wanted]));

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

/** Reads everything that is not archived: what the red dot counts. */
export const markAllRead = chore({
  may: "inbox.readOwn",
  input: z.object({}),

  async run(step) {
    await step.tx
      .update(deliveries)
      .set({ readAt: step.now })
      .where(and(ofReader(step), isNull(deliveries.readAt), isNull(deliveries.archivedAt)));
  },
});

const CHANGES = {
  read: { set: (now: Date) => ({ readAt: now }), of: isNull(deliveries.readAt), undo: "read" },
  unread: { set: () => ({ readAt: null }), of: undefined, undo: null },
  archive: {
    set: (now: Date) => ({ archivedAt: now }),
    of: isNull(deliveries.archivedAt),
    undo: "archived",
  },
  restore: { set: () => ({ archivedAt: null }), of: undefined, undo: null },
} as const;
export type MessageChange = keyof typeof CHANGES;

/**
 * Reads messages, archives them, or takes them back as they were: archiving reads nothing.
 * @returns by what it can be taken back, with the moment; null where it need not be
 */
export const changeMessages = chore({
  may: "inbox.readOwn",
  input: z.object({
    ids: ids.min(1, "inbox.errors.noneTicked"),
    change: z.enum(["read", "unread", "archive", "restore"]),
  }),

  async run(step, { ids: wanted, change }) {
    const { set, of, undo } = CHANGES[change];
    await step.tx
      .update(deliveries)
      .set(set(step.now))
      .where(and(own(step, wanted), of));
    return undo;
  },
});

/** An act on messages by its moment, which no other act of the reader's shares: "archived", 1767225600000. */
const act = z.object({
  what: z.enum(INBOX_ACTS),
  at: z.coerce.number().int().positive().max(8.64e15),
});

const actedOn = (ctx: Context, { what, at }: z.output<typeof act>) =>
  and(ofReader(ctx), eq(what === "read" ? deliveries.readAt : deliveries.archivedAt, new Date(at)));

/** How many messages still stand as an act of the reader's left them: what taking it back would change. */
export const countActedOn = query({
  may: "inbox.readOwn",
  input: act,

  async run(ctx, given) {
    return ctx.db.$count(deliveries, actedOn(ctx, given));
  },
});

/** Takes back one act: what it read is unread, what it archived is in the inbox again. */
export const takeBack = chore({
  may: "inbox.readOwn",
  input: act,

  async run(step, given) {
    await step.tx
      .update(deliveries)
      .set(given.what === "read" ? { readAt: null } : { archivedAt: null })
      .where(actedOn(step, given));
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

/** Remembers that a page has shown the reader the banners of these notices: the first time counts. */
export const markBannersSeen = chore({
  may: "inbox.readOwn",
  input: z.object({ noticeIds: ids }),

  async run(step, { noticeIds }) {
    await step.tx
      .update(deliveries)
      .set({ bannerSeenAt: step.now })
      .where(
        and(
          ofReader(step),
          isNull(deliveries.bannerSeenAt),
          inArray(
            deliveries.broadcastId,
            step.tx
              .select({ id: broadcasts.id })
              .from(broadcasts)
              .where(
                and(
                  inArray(broadcasts.subjectId, noticeIds),
                  // Who has to look at it is told of the same notice.
                  eq(broadcasts.kind, "incident_notice"),
                ),
              ),
          ),
        ),
      );
  },
});
