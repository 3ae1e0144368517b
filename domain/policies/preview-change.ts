import { z } from "zod";

import { shanghaiMidnight } from "@/lib/shanghai";

import type { Told } from "../broadcasts/facts";
import { uuid } from "../input";
import { query } from "../query";
import { contentHash } from "./content";
import { findWithDocument, writtenOf } from "./find";
import { policyChangeFacts } from "./change-facts";

/** What its notice will say about a version as it is now; null while its day is not set. */
export const previewChange = query({
  may: "policy.readDrafts",
  input: z.object({ versionId: uuid }),

  async run({ db }, { versionId }): Promise<Told | null> {
    const { version, document } = await findWithDocument(db, versionId);
    if (!version.effectiveDate) return null;
    const asApproved = {
      ...version,
      effectiveAt: shanghaiMidnight(version.effectiveDate),
      contentHash: contentHash({ ...version, ...(await writtenOf(db, versionId)) }),
    };
    return {
      kind: "policy_change",
      facts: await policyChangeFacts(db, { version: asApproved, document }),
    };
  },
});
