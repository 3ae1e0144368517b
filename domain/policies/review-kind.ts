import { eq } from "drizzle-orm";

import { policyTexts, type PolicyVersion, policyVersions } from "@/db/schema";

import type { Kind } from "../reviews/kind";
import type { hashedContent } from "./content";
import { type PublishedStatus, VERSION_MOVES } from "./rules";

/** A version, as the room of reviews has to know it. */
export const VERSION: Kind<
  PublishedStatus,
  Partial<PolicyVersion>,
  ReturnType<typeof hashedContent>
> = {
  type: "version",
  moves: VERSION_MOVES,
  refusals: {
    movedOn: "policies.errors.movedOn",
    notEditable: "policies.errors.notEditable",
    notDiscardable: "policies.errors.notDiscardable",
    editedMeanwhile: "policies.errors.editedMeanwhile",
    ownWork: "policies.errors.ownWork",
    notWhatWasSeen: "policies.errors.notWhatWasSeen",
    noReason: "policies.errors.missing.reason",
    incomplete: "policies.errors.incomplete",
    countDiffers: "policies.errors.countDiffers",
  },
  write: (tx, id, { common, own }) =>
    tx
      .update(policyVersions)
      .set({ ...own, ...common })
      .where(eq(policyVersions.id, id)),
  async erase(tx, id) {
    await tx.delete(policyTexts).where(eq(policyTexts.versionId, id));
    await tx.delete(policyVersions).where(eq(policyVersions.id, id));
  },
};
