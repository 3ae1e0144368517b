import { eq } from "drizzle-orm";

import { notices } from "@/db/schema";

import { prose, typedCount } from "../input";
import { approve, openReview, sendBack } from "../reviews/decide";
import { assertComplete, assertCountTyped } from "../reviews/rules";
import { verb } from "../verb";
import { contentHash } from "./content";
import { lockNotice } from "./find";
import { isScheduled } from "./go-out";
import { seenNotice } from "./input";
import { keepTargets, publishNotice } from "./publish-notice";
import { NOTICE } from "./review-kind";
import { contentForReview } from "./reviewed-content";
import { audienceMissing, needsTypedCount } from "./rules";

/**
 * A second person approves exactly what they saw: content, audience and the list of affected apps
 * stand under one hash. In the same transaction the apps are kept as they are, the people told, and the
 * notice published; it never changes again. An announcement with a moment of its own waits for it, and
 * is told then to the people of those apps (go-out.ts); approved after that moment it is told at once.
 * @throws Conflict when it is not what was seen, the affected apps have changed since the
 * submission, it is one's own work, or the number of people was to be typed and was not
 */
export const approveNotice = verb({
  may: "notice.review",
  fresh: true,
  input: seenNotice.extend({
    typedPeople: typedCount.optional(),
  }),

  async run(step, { noticeId, contentHash: seen, typedPeople }) {
    const { tx, now, record } = step;
    const subject = await lockNotice(tx, noticeId);
    const { notice, incident } = subject;
    const reviewerId = openReview(step, NOTICE, notice);
    const measured = await keepTargets(step, subject);
    const hash = contentHash(subject, measured.appsHash);
    const judged = contentForReview(notice, incident);
    await approve(step, NOTICE, { draft: notice, seen, hashNow: hash, judged });
    assertComplete(audienceMissing(notice, measured), "errors.form");
    const { people } = measured;
    const isNeeded = needsTypedCount(notice.notifies, measured);
    assertCountTyped({ people, typed: typedPeople, isNeeded }, NOTICE.refusals.countDiffers);

    const approval = { contentHash: seen, apps: measured.apps, people };
    const incidentNumber = incident?.number ?? null;
    if (isScheduled(notice, now)) {
      const { goesOutAt } = notice;
      await tx
        .update(notices)
        .set({ status: "scheduled", approvedBy: reviewerId })
        .where(eq(notices.id, noticeId));
      await record("notice.approved", {
        id: noticeId,
        after: { ...approval, broadcastId: null, goesOutAt },
      });
      return { broadcastId: null, people: 0, goesOutAt, incidentNumber };
    }
    const broadcastId = await publishNotice(step, subject, {
      ...{ contentHash: hash, by: { approvedBy: reviewerId } },
    });
    await record("notice.approved", { id: noticeId, after: { ...approval, broadcastId } });
    return { broadcastId, people: broadcastId ? people : 0, goesOutAt: null, incidentNumber };
  },
});

/** A second person sends the notice back to its author, with a reason. @throws Conflict, Invalid */
export const rejectNotice = verb({
  may: "notice.review",
  input: seenNotice.extend({ reason: prose(2000) }),

  async run(step, { noticeId, contentHash: seen, reason }) {
    const { notice, incident } = await lockNotice(step.tx, noticeId);
    // Sent back may be also what its apps have left behind since.
    const hashNow = notice.contentHash;
    const judged = contentForReview(notice, incident);
    await sendBack(step, NOTICE, { draft: notice, seen, hashNow, judged, reason });
  },
});
