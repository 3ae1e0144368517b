import { eq } from "drizzle-orm";
import { z } from "zod";

import {
  type PolicyDocument,
  policyReviews,
  type PolicyVersion,
  policyVersions,
} from "@/db/schema";
import { shanghaiDay, shanghaiMidnight } from "@/lib/shanghai";

import { person } from "../access/permissions";
import { startBroadcast } from "../broadcasts/start";
import { Conflict, Invalid } from "../errors";
import { prose, typedCount, uuid } from "../input";
import { type RecordedStep, verb } from "../verb";
import { activate } from "./activate";
import { contentHash } from "./content";
import { lockVersion, textsOf } from "./find";
import { policyChangeFacts } from "./change-facts";
import { assertCountTyped, assertMove, assertReviewer, assertStillAhead, isTold } from "./rules";
import { hasBeenPublished } from "./submit";

/**
 * A second person approves exactly what they saw (`contentHash`). A first version whose day has
 * come is in force at once and tells nobody: there was nothing before it. Every later one is
 * scheduled and told to every developer of the product by email and in-site message (P39, P41).
 * @throws Conflict when the content is not what was seen, is past its day, or is one's own work,
 * or when more than a thousand are told and their number was not typed.
 */
export const approveVersion = verb({
  may: "policy.review",
  input: z.object({
    versionId: uuid,
    contentHash: z.string(),
    typedPeople: typedCount.optional(),
  }),

  async run(step, { versionId, contentHash: seen, typedPeople }) {
    const { tx, now, record } = step;
    const { version, document, reviewerId } = await openReview(step, { versionId, seen });
    const { effectiveDate } = version;
    const isFirst = !(await hasBeenPublished(tx, document.id));
    const timing = { effectiveDate, isFirst, today: shanghaiDay(now) };
    assertStillAhead(timing);

    const [approved] = await tx
      .update(policyVersions)
      .set({
        status: "scheduled",
        approvedBy: reviewerId,
        approvedAt: now,
        effectiveAt: effectiveDate ? shanghaiMidnight(effectiveDate) : null,
      })
      .where(eq(policyVersions.id, versionId))
      .returning();
    if (!approved) throw new Conflict("policies.errors.movedOn");
    await record("version.approved", {
      subject: { type: "version", id: versionId },
      after: { contentHash: seen, effectiveDate, isMajor: version.isMajor },
    });

    if (!isTold(timing)) {
      await activate(step, approved);
      return { broadcastId: null, people: 0 };
    }
    const told = await announce(step, { version: approved, document });
    assertCountTyped(told.people, typedPeople);
    return { broadcastId: told.id, people: told.people };
  },
});

/** A second person sends the version back to its author, with a reason. @throws Conflict, Invalid */
export const rejectVersion = verb({
  may: "policy.review",
  input: z.object({ versionId: uuid, contentHash: z.string(), reason: prose(2000) }),

  async run(step, { versionId, contentHash: seen, reason }) {
    if (!reason.trim())
      throw new Invalid("errors.form", { reason: ["policies.errors.missing.reason"] });
    await openReview(step, { versionId, seen, reason });
    await step.tx
      .update(policyVersions)
      .set({ status: "draft", contentHash: null, submittedAt: null })
      .where(eq(policyVersions.id, versionId));
    await step.record("version.rejected", {
      subject: { type: "version", id: versionId },
      after: { contentHash: seen, reason },
    });
  },
});

type Review = { versionId: string; seen: string; reason?: string };

async function openReview({ tx, actor, now }: RecordedStep, { versionId, seen, reason }: Review) {
  const reviewerId = person(actor).id;
  const { version, document } = await lockVersion(tx, versionId);
  assertMove(version.status, reason === undefined ? "scheduled" : "draft");
  if (version.status !== "in_review") throw new Conflict("policies.errors.movedOn");
  assertReviewer(version, reviewerId);
  const hash = contentHash({ ...version, texts: await textsOf(tx, versionId) });
  if (hash !== seen || hash !== version.contentHash)
    throw new Conflict("policies.errors.notWhatWasSeen");

  await tx.insert(policyReviews).values({
    versionId,
    contentHash: seen,
    writerIds: version.writerIds,
    reviewerId,
    decision: reason === undefined ? "approved" : "rejected",
    reason: reason ?? null,
    decidedAt: now,
  });
  return { version, document, reviewerId };
}

type Announcing = { version: PolicyVersion; document: PolicyDocument };

async function announce(step: RecordedStep, { version, document }: Announcing) {
  return startBroadcast(step, {
    kind: "policy_change",
    subjectId: version.id,
    facts: await policyChangeFacts(step.tx, { version, document }),
    audience: { productId: document.productId },
    channels: ["inbox", "email"],
    isPublic: true,
  });
}
