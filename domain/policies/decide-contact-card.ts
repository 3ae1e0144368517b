import { and, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";

import { contactCards, policyVersions } from "@/db/schema";
import { REVIEW_DECISIONS } from "@/db/vocabulary/reviews";
import { shanghaiDay } from "@/lib/shanghai";

import { person } from "../access/permissions";
import { Conflict } from "../errors";
import { prose, uuid } from "../input";
import { RETURNED } from "../reviews/draft";
import { assertAnother, assertReason } from "../reviews/rules";
import { type RecordedStep, verb } from "../verb";
import { cardChangedBy, cardOn, openVersions } from "./contact-card";

/**
 * A second person agrees to a contact card or turns it down with a reason. Versions that are being
 * written have question 5 answered with yes by it, and leave review for that (P45, P58).
 * @throws Conflict when none waits, it is one's own or its day is over; Invalid at the reason
 */
export const decideContactCard = verb({
  may: "policy.review",
  fresh: true,
  input: z.object({
    cardId: uuid,
    decision: z.enum(REVIEW_DECISIONS, { error: "errors.field.required" }),
    reason: prose(1000),
  }),

  async run(step, { cardId, decision, reason }) {
    const { tx, actor, now, record } = step;
    const decidedBy = person(actor).id;
    const [card] = await tx
      .select()
      .from(contactCards)
      .where(and(eq(contactCards.id, cardId), isNull(contactCards.decision)))
      .for("update");
    if (!card) throw new Conflict("policies.errors.card.decided");
    assertAnother(decidedBy, [card.proposedBy], "policies.errors.card.own");
    const isApproved = decision === "approved";
    if (!isApproved) assertReason(reason, "policies.errors.missing.reason");
    if (isApproved && card.since < shanghaiDay(now))
      throw new Conflict("policies.errors.card.over");

    const before = await cardOn(tx, { day: card.since });
    await tx
      .update(contactCards)
      .set({ decision, decidedBy, decidedAt: now, reason: isApproved ? null : reason })
      .where(eq(contactCards.id, cardId));
    if (!isApproved) return record("contact_card.refused", { id: cardId, after: { reason } });
    await record("contact_card.approved", {
      id: cardId,
      before: before && { since: before.since, mail: before.mail, lines: before.lines },
      after: { since: card.since, ...card.content },
    });
    await answerQuestions(step, { cardId, proposedBy: card.proposedBy });
  },
});

type Answering = { cardId: string; proposedBy: string };

/** Question 5 of whatever is being written, answered by the card; its author counts as a writer of that. */
async function answerQuestions(
  { tx, now, record }: RecordedStep,
  { cardId, proposedBy }: Answering,
): Promise<void> {
  for (const version of await openVersions(tx)) {
    if (version.majorAnswers.contacts || !(await cardChangedBy(tx, version))) continue;
    await tx
      .update(policyVersions)
      .set({
        ...RETURNED,
        majorAnswers: { ...version.majorAnswers, contacts: true },
        isMajor: true,
        revision: sql`${policyVersions.revision} + 1`,
        writerIds: [...new Set([...version.writerIds, proposedBy])],
        updatedAt: now,
      })
      .where(eq(policyVersions.id, version.id));
    await record("version.contacts_answered", { id: version.id, after: { cardId } });
    if (version.status === "in_review")
      await record("version.returned", {
        id: version.id,
        before: { contentHash: version.contentHash },
        after: { reason: "card_changed" },
      });
  }
}
