import { eq, sql } from "drizzle-orm";

import { type Notice, noticeReviews, notices } from "@/db/schema";

import { person } from "../access/permissions";
import { startBroadcast } from "../broadcasts/start";
import { Conflict, Invalid } from "../errors";
import { prose, typedCount } from "../input";
import { type RecordedStep, verb } from "../verb";
import { appChanges, haveChanged } from "./app-changes";
import { affectedApps } from "./audience";
import { contentHash, factsOf } from "./content";
import { lockNotice, type NoticeWithIncident } from "./find";
import { seenNotice } from "./input";
import { judgedNow } from "./reviewed-content";
import { type Measured, measureAudience } from "./measure-audience";
import {
  assertConcernsSomebody,
  assertCountTyped,
  assertNoticeMove,
  assertReviewer,
} from "./rules";

/**
 * A second person approves exactly what they saw: content, audience and the list of affected apps
 * stand under one hash. In the same transaction the apps are kept as they are, the people told, and the
 * notice published; it never changes again.
 * @throws Conflict when it is not what was seen, the affected apps have changed since the
 * submission, it is one's own work, or the number of people was to be typed and was not
 */
export const approveNotice = verb({
  may: "notice.review",
  input: seenNotice.extend({
    typedPeople: typedCount.optional(),
  }),

  async run(step, { noticeId, contentHash: seen, typedPeople }) {
    const { tx, now, record } = step;
    const { subject, reviewerId } = await openReview(step, { noticeId, to: "published" });
    const { notice } = subject;
    const measured = await keepTargets(step, subject);
    const hash = contentHash(subject, measured.appsHash);
    if (hash !== seen || hash !== notice.contentHash)
      throw new Conflict("notices.errors.notWhatWasSeen");
    assertConcernsSomebody(notice, measured);
    assertCountTyped(notice.notifies, measured, typedPeople);

    await judge(step, { subject, seen, reviewerId, reason: null });
    const told = factsOf(subject, { publishedAt: now, contentHash: hash });
    const broadcastId = notice.notifies ? await tell(step, { notice, told }) : null;
    const { facts } = told;
    await tx
      .update(notices)
      .set({ status: "published", approvedBy: reviewerId, publishedAt: now, facts, broadcastId })
      .where(eq(notices.id, noticeId));
    await record("notice.approved", {
      subject: { type: "notice", id: noticeId },
      after: { contentHash: seen, apps: measured.apps, people: measured.people, broadcastId },
    });
    return {
      broadcastId,
      people: broadcastId ? measured.people : 0,
      incidentNumber: subject.incident?.number ?? null,
    };
  },
});

/** A second person sends the notice back to its author, with a reason. @throws Conflict, Invalid */
export const rejectNotice = verb({
  may: "notice.review",
  input: seenNotice.extend({ reason: prose(2000) }),

  async run(step, { noticeId, contentHash: seen, reason }) {
    if (!reason.trim())
      throw new Invalid("errors.form", { reason: ["notices.errors.missing.reason"] });
    const { subject, reviewerId } = await openReview(step, { noticeId, to: "draft" });
    if (subject.notice.contentHash !== seen) throw new Conflict("notices.errors.notWhatWasSeen");
    await judge(step, { subject, seen, reviewerId, reason });
    await step.tx
      .update(notices)
      .set({ status: "draft", contentHash: null, submittedAt: null })
      .where(eq(notices.id, noticeId));
    await step.record("notice.rejected", {
      subject: { type: "notice", id: noticeId },
      after: { contentHash: seen, reason },
    });
  },
});

type Opening = { noticeId: string; to: "published" | "draft" };

async function openReview({ tx, actor }: RecordedStep, { noticeId, to }: Opening) {
  const reviewerId = person(actor).id;
  const subject = await lockNotice(tx, noticeId);
  assertNoticeMove(subject.notice.status, to);
  if (subject.notice.status !== "in_review") throw new Conflict("notices.errors.movedOn");
  assertReviewer(subject.notice, reviewerId);
  return { subject, reviewerId };
}

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

type Judgement = {
  subject: NoticeWithIncident;
  seen: string;
  reviewerId: string;
  /** Null for an approval. */
  reason: string | null;
};

async function judge({ tx, now }: RecordedStep, { subject, seen, reviewerId, reason }: Judgement) {
  await tx.insert(noticeReviews).values({
    noticeId: subject.notice.id,
    contentHash: seen,
    judged: judgedNow(subject.notice, subject.incident),
    writerIds: subject.notice.writerIds,
    reviewerId,
    decision: reason === null ? "approved" : "rejected",
    reason,
    decidedAt: now,
  });
}

type Telling = { notice: Notice; told: ReturnType<typeof factsOf> };

async function tell(step: RecordedStep, { notice, told }: Telling): Promise<string> {
  const { id, visibility } = notice;
  const { id: broadcastId } = await startBroadcast(step, {
    ...told,
    subjectId: id,
    audience: { noticeId: id, contactsOnly: visibility === "restricted" },
    channels: ["inbox", "email"],
    isPublic: visibility === "public",
  });
  return broadcastId;
}
