import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";

import { policyCorrections } from "@/db/schema";
import { REVIEW_DECISIONS } from "@/db/vocabulary/reviews";

import { person } from "../access/permissions";
import { Conflict } from "../errors";
import { prose, uuid } from "../input";
import { assertAnother, assertReason } from "../reviews/rules";
import { verb } from "../verb";
import { contentHash } from "./content";
import { lockVersion, writtenOf } from "./find";
import { assertCorrectable } from "./propose-correction";

/**
 * A second person agrees to a correction, with the comparison before their eyes, or turns it down with a
 * reason. Agreed to, the text reads so from now on; what was announced stays readable under its own
 * fingerprint, and answers keep the one they were given to. @throws Conflict when none waits, it is one's
 * own or the version has moved on; Invalid at the reason
 */
export const decideCorrection = verb({
  may: "policy.review",
  fresh: true,
  input: z.object({
    versionId: uuid,
    /** Of the version with the correction, as it was shown. */
    contentHash: z.string().max(64),
    decision: z.enum(REVIEW_DECISIONS, { error: "errors.field.required" }),
    reason: prose(1000),
  }),

  async run(
    { tx, actor, now, record },
    { versionId, contentHash: seen, decision, reason: refusal },
  ) {
    const { id: decidedBy, name: decidedName } = person(actor);
    const { version } = await lockVersion(tx, versionId);
    const [correction] = await tx
      .select()
      .from(policyCorrections)
      .where(and(eq(policyCorrections.versionId, versionId), isNull(policyCorrections.decision)))
      .for("update");
    if (!correction || correction.contentHash !== seen)
      throw new Conflict("policies.errors.correction.decided");
    assertAnother(decidedBy, [correction.proposedBy], "policies.errors.correction.own");
    const isApproved = decision === "approved";
    if (!isApproved) assertReason(refusal, "policies.errors.missing.reason", "reason");
    if (isApproved) {
      assertCorrectable(version);
      const written = await writtenOf(tx, versionId);
      if (contentHash({ ...version, ...written }) !== correction.hashBefore)
        throw new Conflict("policies.errors.correction.decided");
    }
    const { locale, reason, hashBefore } = correction;
    await tx
      .update(policyCorrections)
      .set({
        decision,
        decidedBy,
        decidedName,
        decidedAt: now,
        refusal: isApproved ? null : refusal,
      })
      .where(eq(policyCorrections.id, correction.id));
    if (!isApproved)
      return record("version.correction_refused", { id: versionId, after: { reason: refusal } });
    await record("version.corrected", {
      id: versionId,
      after: { locale, reason, hashBefore, contentHash: seen },
    });
  },
});
