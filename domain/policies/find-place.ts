import { eq } from "drizzle-orm";
import { z } from "zod";

import { policyVersions } from "@/db/schema";

import { query } from "../query";

/** The document a version belongs to; null when there is none of that id. */
export const findPlace = query({
  may: "policy.readDrafts",
  input: z.object({ versionId: z.uuid() }),

  async run({ db }, { versionId }) {
    const [place] = await db
      .select({ documentId: policyVersions.documentId })
      .from(policyVersions)
      .where(eq(policyVersions.id, versionId));
    return place ?? null;
  },
});
