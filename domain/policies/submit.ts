import { and, eq, inArray } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { policyVersions } from "@/db/schema";
import { PUBLIC_VERSION_STATUSES } from "@/db/vocabulary/policies";
import { formatTime } from "@/lib/format";
import { shanghaiDay } from "@/lib/shanghai";

import { Conflict } from "../errors";
import { uuid } from "../input";
import { verb } from "../verb";
import { contentHash } from "./content";
import { lockVersion, textsOf } from "./find";
import { assertMove, assertSubmittable } from "./rules";

/**
 * Hands a complete draft to a second person and fixes the hash of what is to be seen.
 * @throws Invalid with every missing part at its field; Conflict when it moved on meanwhile.
 */
export const submitVersion = verb({
  may: "policy.draft",
  input: z.object({ versionId: uuid, revision: z.coerce.number().int() }),

  async run({ tx, now, record }, { versionId, revision }) {
    const { version, document } = await lockVersion(tx, versionId);
    assertMove(version.status, "in_review");
    if (version.revision !== revision)
      throw new Conflict("policies.errors.editedMeanwhile", {
        time: formatTime(version.updatedAt),
      });

    const texts = await textsOf(tx, versionId);
    assertSubmittable({
      ...version,
      texts,
      bindingLocale: document.bindingLocale,
      isFirst: !(await hasBeenPublished(tx, document.id)),
      today: shanghaiDay(now),
    });

    const hash = contentHash({ ...version, texts });
    await tx
      .update(policyVersions)
      .set({ status: "in_review", contentHash: hash, submittedAt: now })
      .where(eq(policyVersions.id, versionId));
    await record("version.submitted", {
      subject: { type: "version", id: versionId },
      after: { contentHash: hash, isMajor: version.isMajor, effectiveDate: version.effectiveDate },
    });
    return { contentHash: hash };
  },
});

/** Whether readers have ever seen a version of the document. */
export async function hasBeenPublished(db: Db | Tx, documentId: string): Promise<boolean> {
  const published = await db
    .select({ id: policyVersions.id })
    .from(policyVersions)
    .where(
      and(
        eq(policyVersions.documentId, documentId),
        inArray(policyVersions.status, PUBLIC_VERSION_STATUSES),
      ),
    )
    .limit(1);
  return published.length > 0;
}
