import { eq } from "drizzle-orm";
import { z } from "zod";

import { policyVersions } from "@/db/schema";
import { VERSION_CHECKS } from "@/db/vocabulary/policies";
import { shanghaiDay } from "@/lib/shanghai";

import { person } from "../access/permissions";
import { Conflict } from "../errors";
import { prose, uuid } from "../input";
import { explained } from "../reviews/checks";
import { assertRevision } from "../reviews/draft";
import { verb } from "../verb";
import { checksOf } from "./checks";
import { lockVersion, versionBefore, writtenOf } from "./find";
import { VERSION } from "./review-kind";
import { hasBeenPublished } from "./submit";

const explanations = z.partialRecord(
  z.enum(VERSION_CHECKS),
  z.object({ digest: z.string().max(64), reason: prose(500) }),
);

/**
 * An author says why what the checks found may stay; its reviewer reads it. What is left blank stays
 * open. Nothing that readers see changes, but who explains is a writer and may not approve.
 * @throws Conflict when the version is no draft, somebody saved meanwhile, or something else was found
 */
export const explainChecks = verb({
  may: "policy.draft",
  input: z.object({ versionId: uuid, revision: z.coerce.number().int(), explanations }),

  async run(step, { versionId, revision, explanations: given }) {
    const { tx, actor, now, record, unchanged } = step;
    const { version, document } = await lockVersion(tx, versionId);
    if (version.status !== "draft") throw new Conflict(VERSION.refusals.movedOn);
    assertRevision(VERSION, version, revision);

    const before = await versionBefore(tx, version);
    const results = await checksOf(tx, {
      ...{ version, document },
      written: await writtenOf(tx, versionId),
      before: before ? await writtenOf(tx, before.id) : null,
      isFirst: !(await hasBeenPublished(tx, document.id)),
      today: shanghaiDay(now),
    });
    const by = person(actor).id;
    const { said, added } = explained(results, given, {
      ...{ by, at: now, foundOtherwise: "policies.errors.foundOtherwise" },
    });
    if (said.length === 0) return unchanged({ explained: 0 });

    await tx
      .update(policyVersions)
      .set({
        explanations: { ...version.explanations, ...added },
        writerIds: [...new Set([...version.writerIds, by])],
      })
      .where(eq(policyVersions.id, versionId));
    await record("version.checks_explained", {
      id: versionId,
      after: { checks: said },
    });
    return { explained: said.length };
  },
});
