import { and, eq, inArray } from "drizzle-orm";
import { z } from "zod";

import { policyDocuments, policyVersions } from "@/db/schema";
import { PUBLIC_VERSION_STATUSES } from "@/db/vocabulary/policies";

import { NotFound } from "../errors";
import { query } from "../query";

/** Under which slug and label anybody reads a published version. @throws NotFound */
export const findAddress = query({
  may: "policy.read",
  input: z.object({ versionId: z.uuid() }),

  async run({ db }, { versionId }) {
    const [address] = await db
      .select({ slug: policyDocuments.slug, label: policyVersions.label })
      .from(policyVersions)
      .innerJoin(policyDocuments, eq(policyDocuments.id, policyVersions.documentId))
      .where(
        and(
          eq(policyVersions.id, versionId),
          inArray(policyVersions.status, PUBLIC_VERSION_STATUSES),
        ),
      );
    if (!address) throw new NotFound("errors.notFound");
    return address;
  },
});
