import { and, eq, inArray } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { policyVersions } from "@/db/schema";
import { PUBLIC_VERSION_STATUSES } from "@/db/vocabulary/policies";
import { shanghaiDay } from "@/lib/shanghai";

import { uuid } from "../input";
import { assertSubmittable, submitDraft } from "../reviews/draft";
import { assertComplete } from "../reviews/rules";
import { verb } from "../verb";
import { checksOf, openChecks } from "./checks";
import { contentHash } from "./content";
import { lockVersion, versionBefore, warningsOf, writtenOf } from "./find";
import { VERSION } from "./review-kind";
import { missingForSubmission } from "./rules";

/**
 * Hands a complete draft to a second person and fixes the hash of what is to be seen.
 * @throws Invalid with every missing part at its field; Conflict when it moved on meanwhile.
 */
export const submitVersion = verb({
  may: "policy.draft",
  input: z.object({ versionId: uuid, revision: z.coerce.number().int() }),

  async run(step, { versionId, revision }) {
    const { tx } = step;
    const { version, document } = await lockVersion(tx, versionId);
    assertSubmittable(VERSION, version, revision);

    const { texts, manifests } = await writtenOf(tx, versionId);
    const { bindingLocale } = document;
    const isFirst = !(await hasBeenPublished(tx, document.id));
    const today = shanghaiDay(step.now);
    const warned = await warningsOf(tx, versionId);
    const before = await versionBefore(tx, version);
    const checks = await checksOf(tx, {
      ...{ version, document, isFirst, today, written: { texts, manifests } },
      before: before ? await writtenOf(tx, before.id) : null,
    });
    const missing = {
      ...missingForSubmission({ ...version, ...{ texts, warned, bindingLocale, isFirst, today } }),
      ...openChecks(checks),
    };
    assertComplete(missing, VERSION.refusals.incomplete);

    const { isMajor, effectiveDate } = version;
    const hash = contentHash({ ...version, texts, manifests });
    await submitDraft(step, VERSION, { draft: version, contentHash: hash });
    await step.record("version.submitted", {
      id: versionId,
      after: { contentHash: hash, isMajor, effectiveDate },
    });
    return { contentHash: hash };
  },
});

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
