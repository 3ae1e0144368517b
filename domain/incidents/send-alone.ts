import { emergencySendings } from "@/db/schema";

import { may, person } from "../access/permissions";
import { Conflict } from "../errors";
import { prose, typedCount } from "../input";
import { assertComplete, assertCountTyped, assertReason } from "../reviews/rules";
import { type RecordedStep, verb } from "../verb";
import { contentHash } from "./content";
import { lookDueAt, mayBeSentAlone } from "./emergency-rules";
import { lockNotice, type NoticeWithIncident } from "./find";
import { seenNotice } from "./input";
import { keepTargets, publishNotice } from "./publish-notice";
import { NOTICE } from "./review-kind";
import { audienceMissing } from "./rules";
import { tellLook } from "./tell-look";

/**
 * One person sends a submitted notice of the gravest grade, which says so from then on: it leaves at
 * once, with everything an approval checks, and a second person looks at it within half an hour (072).
 * The number of people is always typed.
 * @throws Conflict where it is not what was seen, is not of that grade, or could simply be approved;
 * Invalid without a reason
 */
export const sendNoticeAlone = verb({
  may: "notice.sendAlone",
  fresh: true,
  input: seenNotice.extend({ reason: prose(2000), typedPeople: typedCount.optional() }),

  async run(step, { noticeId, contentHash: seen, reason: given, typedPeople }) {
    const subject = await lockNotice(step.tx, noticeId);
    const { notice, incident } = subject;
    assertSendable(step, subject);
    assertReason(given, "notices.errors.emergency.reason");
    const measured = await keepTargets(step, subject);
    const hash = contentHash(subject, measured.appsHash);
    if (seen !== hash || seen !== notice.contentHash)
      throw new Conflict(NOTICE.refusals.notWhatWasSeen);
    assertComplete(audienceMissing(notice, measured), "errors.form");
    const { people, apps } = measured;
    assertCountTyped({ people, typed: typedPeople, isNeeded: true }, NOTICE.refusals.countDiffers);

    const sending = await keepSending(step, subject, given.trim());
    const broadcastId = await publishNotice(step, subject, {
      ...{ contentHash: hash, by: { sentAloneBy: sending.sentBy } },
    });
    const { reason } = sending;
    await step.record("notice.sent_alone", {
      id: noticeId,
      after: {
        ...{ contentHash: seen, apps, people, broadcastId: broadcastId ?? "", reason },
        lookDueAt: sending.lookDueAt,
      },
    });
    const { number: incidentNumber = "" } = incident ?? {};
    await tellLook(step, {
      ...{ event: "sent_alone", sending, incidentNumber, sequence: notice.sequence },
    });
    return { people, incidentNumber };
  },
});

/** @throws Conflict; NotAllowed where nobody in person acts */
function assertSendable({ actor }: RecordedStep, subject: NoticeWithIncident): void {
  const { status, writerIds } = subject.notice;
  if (status !== "in_review") throw new Conflict(NOTICE.refusals.movedOn);
  if (!mayBeSentAlone(subject)) throw new Conflict("notices.errors.emergency.notSo");
  // Where two people have seen it, that is an approval.
  if (may(actor, "notice.review") && !writerIds.includes(person(actor).id))
    throw new Conflict("notices.errors.emergency.needless");
}

async function keepSending(
  { tx, actor, now }: RecordedStep,
  { notice: { id: noticeId, writerIds } }: NoticeWithIncident,
  reason: string,
) {
  const sending = { noticeId, writerIds, reason, sentBy: person(actor).id, sentAt: now };
  const kept = { ...sending, lookDueAt: lookDueAt(now) };
  await tx.insert(emergencySendings).values(kept);
  return kept;
}
