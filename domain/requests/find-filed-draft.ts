import { and, eq } from "drizzle-orm";
import { z } from "zod";

import { requestDrafts, requests } from "@/db/schema";

import { person } from "../access/permissions";
import { query } from "../query";

/**
 * What has become of a draft of the reader's: still open, filed under a number, or neither, which is
 * also what is said of anybody else's.
 */
export const findFiledDraft = query({
  may: "request.file",
  input: z.object({ draftId: z.string() }),

  async run({ db, actor }, { draftId }): Promise<{ isOpen: boolean; number?: string }> {
    if (!z.uuid().safeParse(draftId).success) return { isOpen: false };
    const { id } = person(actor);
    const isOpen =
      (await db.$count(
        requestDrafts,
        and(eq(requestDrafts.id, draftId), eq(requestDrafts.ownerId, id)),
      )) > 0;
    const [filed] = await db
      .select({ number: requests.number })
      .from(requests)
      .where(and(eq(requests.draftId, draftId), eq(requests.requesterId, id)));
    return { isOpen, ...filed };
  },
});
