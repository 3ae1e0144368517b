import { eq } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { type PolicyDocument, type PolicyVersion, policyVersions } from "@/db/schema";
import { hashOf } from "@/lib/hash";
import { shanghaiDay, shanghaiMidnight } from "@/lib/shanghai";

import { startBroadcast } from "../broadcasts/start";
import { Conflict } from "../errors";
import { prose, typedCount, uuid } from "../input";
import { approve, sendBack } from "../reviews/decide";
import { assertCountTyped } from "../reviews/rules";
import { type RecordedStep, verb } from "../verb";
import { activate } from "./activate";
import { archiveOld, dropOld } from "./bring-in";
import { policyChangeFacts } from "./change-facts";
import { hashedContent } from "./content";
import { lockVersion, writtenOf } from "./find";
import { VERSION } from "./review-kind";
import { assertStillAhead, isTold } from "./rules";
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
  fresh: true,
  input: z.object({
    versionId: uuid,
    contentHash: z.string(),
    typedPeople: typedCount.optional(),
  }),

  async run(step, { versionId, contentHash: seen, typedPeople }) {
    const { tx, now, record } = step;
    const { version, document, ...judgement } = await judgementOf(tx, { versionId, seen });
    const reviewerId = await approve(step, VERSION, judgement);
    const { effectiveDate } = version;
    const { titleZh, titleEn } = document;
    const approval = { titleZh, titleEn, approvedBy: reviewerId, approvedAt: now };
    if (version.provenance) {
      await record("version.approved", {
        id: versionId,
        after: { contentHash: seen, effectiveDate, isMajor: false },
      });
      await archiveOld(step, { version, approval });
      return { broadcastId: null, people: 0 };
    }
    const isFirst = !(await hasBeenPublished(tx, document.id));
    const timing = { effectiveDate, isFirst, today: shanghaiDay(now) };
    assertStillAhead(timing);

    const [approved] = await tx
      .update(policyVersions)
      .set({
        ...{ status: "scheduled", ...approval },
        effectiveAt: effectiveDate ? bindsFrom(effectiveDate, now) : null,
      })
      .where(eq(policyVersions.id, versionId))
      .returning();
    if (!approved) throw new Conflict(VERSION.refusals.movedOn);
    await record("version.approved", {
      id: versionId,
      after: { contentHash: seen, effectiveDate, isMajor: version.isMajor },
    });

    if (!isTold(timing)) {
      await activate(step, approved);
      return { broadcastId: null, people: 0 };
    }
    const told = await announce(step, { version: approved, document });
    const { people } = told;
    assertCountTyped({ people, typed: typedPeople }, VERSION.refusals.countDiffers);
    return { broadcastId: told.id, people };
  },
});

/** A second person sends the version back to its author, with a reason. @throws Conflict, Invalid */
export const rejectVersion = verb({
  may: "policy.review",
  input: z.object({ versionId: uuid, contentHash: z.string(), reason: prose(2000) }),

  async run(step, { versionId, contentHash: seen, reason }) {
    const judgement = await judgementOf(step.tx, { versionId, seen });
    await sendBack(step, VERSION, { ...judgement, reason });
    if (judgement.version.provenance) await dropOld(step, judgement.version);
  },
});

type Seen = { versionId: string; seen: string };

async function judgementOf(tx: Tx, { versionId, seen }: Seen) {
  const { version, document } = await lockVersion(tx, versionId);
  const judged = hashedContent({ ...version, ...(await writtenOf(tx, versionId)) });
  return { version, document, draft: version, seen, hashNow: hashOf(judged), judged };
}

/** A first version may be approved on its day: nothing was in force before somebody had approved it. */
function bindsFrom(effectiveDate: string, now: Date): Date {
  const midnight = shanghaiMidnight(effectiveDate);
  return midnight < now ? now : midnight;
}

type Announcing = { version: PolicyVersion; document: PolicyDocument };

async function announce(step: RecordedStep, { version, document }: Announcing) {
  return startBroadcast(step, {
    kind: "policy_change",
    subjectId: version.id,
    facts: await policyChangeFacts(step.tx, { version, document }),
    audience: { productId: document.productId },
    isPublic: true,
  });
}
