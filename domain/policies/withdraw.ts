import { eq } from "drizzle-orm";
import { z } from "zod";

import { policyVersions } from "@/db/schema";

import { Conflict, Invalid } from "../errors";
import { prose, uuid } from "../input";
import { verb } from "../verb";
import { lockVersion } from "./find";
import { assertMove } from "./rules";

/**
 * Withdraws a scheduled version before it takes effect. It stays readable, marked as withdrawn,
 * with the reason: what was announced is never made to vanish. @throws Conflict, Invalid
 */
export const withdrawVersion = verb({
  may: "policy.review",
  input: z.object({ versionId: uuid, reason: prose(2000) }),

  async run({ tx, now, record }, { versionId, reason }) {
    const { version } = await lockVersion(tx, versionId);
    assertMove(version.status, "withdrawn");
    // Its midnight may have come before the job that brings it into force.
    if (version.effectiveAt && version.effectiveAt <= now)
      throw new Conflict("policies.errors.alreadyEffective");
    if (!reason.trim())
      throw new Invalid("errors.form", { reason: ["policies.errors.missing.reason"] });
    await tx
      .update(policyVersions)
      .set({ status: "withdrawn", withdrawnAt: now, withdrawalReason: reason.trim() })
      .where(eq(policyVersions.id, versionId));
    await record("version.withdrawn", {
      subject: { type: "version", id: versionId },
      after: { reason: reason.trim() },
    });
  },
});
