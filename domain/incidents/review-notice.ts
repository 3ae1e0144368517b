import { eq, sql } from "drizzle-orm";

import { type Notice, notices } from "@/db/schema";

import { startBroadcast } from "../broadcasts/start";
import { Conflict } from "../errors";
import { prose, typedCount } from "../input";
import { approve, openReview, sendBack } from "../reviews/decide";
import { assertComplete, assertCountTyped } from "../reviews/rules";
import { type RecordedStep, verb } from "../verb";
import { appChanges, haveChanged } from "./app-changes";
import { affectedApps } from "./audience";
import { contentHash, factsOf } from "./content";
import { lockNotice, type NoticeWithIncident } from "./find";
import { seenNotice } from "./input";
import { type Measured, measureAudience } from "./measure-audience";
import { NOTICE } from "./review-kind";
import { contentForReview } from "./reviewed-content";
import { audienceMissing, needsTypedCount } from "./rules";

/**
 * A second person approves exactly what they saw: content, audience and the list of affected apps
 * stand under one hash. In the same transaction the apps are kept as they are, the people told, and the
 * notice published; it never changes again.
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

    const told = factsOf(subject, { publishedAt: now, contentHash: hash });
    const broadcastId = notice.notifies ? await tell(step, { notice, told }) : null;
    const { facts } = told;
    await tx
      .update(notices)
      .set({ status: "published", approvedBy: reviewerId, publishedAt: now, facts, broadcastId })
      .where(eq(notices.id, noticeId));
    await record("notice.approved", {
      id: noticeId,
      after: { contentHash: seen, apps: measured.apps, people, broadcastId },
    });
    return {
      broadcastId,
      people: broadcastId ? people : 0,
      incidentNumber: incident?.number ?? null,
    };
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

/**
 * Writes the affected apps, as they are at this moment, and measures what was written.
 * @throws Conflict with what is different when they are not those that were submitted
 */
async function keepTargets(
  { tx }: RecordedStep,
  { notice }: NoticeWithIncident,
): Promise<Measured> {
  await tx.execute(sql`
    insert into notice_targets (notice_id, app_id, account_id, reason)
    select ${notice.id}, app_id, account_id, reason
    from (${await affectedApps(tx, notice.audience)}) as concerned`);
  const apps = sql`select app_id, account_id, reason from notice_targets where notice_id = ${notice.id}`;
  const changes = await appChanges(tx, notice.id, apps);
  if (haveChanged(changes))
    throw new Conflict("notices.errors.appsChanged", {
      added: changes.added,
      removed: changes.removed,
      ids: [...changes.addedIds, ...changes.removedIds].join(", "),
    });
  return measureAudience(tx, {
    apps,
    rule: notice.audience,
    contactsOnly: notice.visibility === "restricted",
  });
}

type Telling = { notice: Notice; told: ReturnType<typeof factsOf> };

async function tell(step: RecordedStep, { notice, told }: Telling): Promise<string> {
  const { id, visibility } = notice;
  const { id: broadcastId } = await startBroadcast(step, {
    ...told,
    subjectId: id,
    audience: { noticeId: id, contactsOnly: visibility === "restricted" },
    isPublic: visibility === "public",
  });
  return broadcastId;
}
