import { and, asc, eq, lte } from "drizzle-orm";
import { z } from "zod";

import { type Notice, notices, noticeTargets } from "@/db/schema";
import { HOME_ZONE } from "@/db/vocabulary/zones";
import { momentsAt } from "@/lib/zones";

import { Conflict, Invalid } from "../errors";
import { moment, uuid } from "../input";
import { query } from "../query";
import { RETURNED } from "../reviews/draft";
import { verb } from "../verb";
import { lockNotice } from "./find";
import type { noticeInput } from "./input";
import { publishNotice } from "./publish-notice";
import { NOTICE } from "./review-kind";

const AT_ONCE = 100;

/** Whether an approval at this moment lets it out at a later one. */
export const isScheduled = ({ goesOutAt }: { goesOutAt: Date | null }, now: Date): boolean =>
  goesOutAt !== null && goesOutAt > now;

type Typed = Pick<z.output<typeof noticeInput>, "goesOutAt" | "goesOutZone">;

/** The moments that may be meant: one, unless the zone's clock skips that minute or shows it twice. */
export const momentsMeant = ({ goesOutAt, goesOutZone }: Typed): Date[] =>
  typeof goesOutAt === "string"
    ? momentsAt(goesOutAt, goesOutZone)
    : [goesOutAt].filter((one) => one !== null);

/**
 * The moment and its zone as they are kept; Beijing's is not named, so that fingerprints of before hold.
 * @throws Invalid where the minute is none there, or two
 */
export function planOf(typed: Typed): Pick<Notice, "goesOutAt" | "goesOutZone"> {
  const { goesOutAt: asked, goesOutZone: zone } = typed;
  if (asked === null) return { goesOutAt: null, goesOutZone: null };
  const [goesOutAt, another] = momentsMeant(typed);
  if (!goesOutAt || another) {
    const key = another ? "clockTwice" : "clockSkips";
    throw new Invalid("errors.form", { goesOutAt: [`notices.errors.missing.${key}`] });
  }
  // What is a moment by Beijing's clock may be none by another's: the last minute of the year 9999.
  if (!moment.safeParse(goesOutAt.toISOString()).success)
    throw new Invalid("errors.form", { goesOutAt: ["errors.field.moment"] });
  return { goesOutAt, goesOutZone: zone === HOME_ZONE ? null : zone };
}

/** The job looks once a minute; what goes out within two is on time. */
const ON_TIME_MS = 2 * 60_000;

/** Minutes, rounded down, by which it went out later than it was to; null where it was on time or bound to none. */
export function minutesLate(goesOutAt: Date | null, publishedAt: Date): number | null {
  const late = goesOutAt ? publishedAt.getTime() - goesOutAt.getTime() : 0;
  return late < ON_TIME_MS ? null : Math.floor(late / 60_000);
}

/** The announcements whose moment has come, the earliest first. */
export const listDueAnnouncements = query({
  may: "notice.goOut",
  input: z.object({}),

  async run({ db, now }) {
    const rows = await db
      .select({ id: notices.id })
      .from(notices)
      .where(and(eq(notices.status, "scheduled"), lte(notices.goesOutAt, now)))
      .orderBy(asc(notices.goesOutAt), asc(notices.id))
      .limit(AT_ONCE);
    return rows.map(({ id }) => id);
  },
});

/**
 * Lets an announcement out whose moment has come, to whoever reads for the approved apps by then. Once,
 * however many run it: the second finds it published. Where the moment passed while nothing ran, it goes out at
 * once, and its record says how late.
 * @returns whether this let it out
 */
export const goOut = verb({
  may: "notice.goOut",
  input: z.object({ noticeId: uuid }),

  async run(step, { noticeId }) {
    const { now, record, unchanged } = step;
    const subject = await lockNotice(step.tx, noticeId);
    const { status, goesOutAt, approvedBy, contentHash } = subject.notice;
    if (status !== "scheduled" || !goesOutAt || goesOutAt > now) return unchanged(false);
    if (!approvedBy || !contentHash) throw new Error(`notice ${noticeId} was never approved`);
    const broadcastId = await publishNotice(step, subject, { contentHash, by: { approvedBy } });
    await record("notice.went_out", {
      id: noticeId,
      after: { goesOutAt, minutesLate: minutesLate(goesOutAt, now), broadcastId },
    });
    return true;
  },
});

/**
 * Takes an approved announcement back before its moment: it is its author's draft again, and what was
 * approved binds nobody. @throws Conflict when it is out, or was taken back meanwhile
 */
export const takeBackAnnouncement = verb({
  may: "broadcast.steer",
  input: z.object({ noticeId: uuid }),

  async run({ tx, now, record }, { noticeId }) {
    const { notice } = await lockNotice(tx, noticeId);
    const { status, goesOutAt, contentHash, revision } = notice;
    if (status === "published") throw new Conflict("notices.errors.wentOut");
    if (status !== "scheduled" || !contentHash || !goesOutAt)
      throw new Conflict(NOTICE.refusals.movedOn);
    await tx.delete(noticeTargets).where(eq(noticeTargets.noticeId, noticeId));
    await tx
      .update(notices)
      .set({ ...RETURNED, approvedBy: null, revision: revision + 1, updatedAt: now })
      .where(eq(notices.id, noticeId));
    await record("notice.taken_back", { id: noticeId, before: { contentHash, goesOutAt } });
  },
});
