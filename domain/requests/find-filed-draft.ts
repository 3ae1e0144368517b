import { and, eq } from "drizzle-orm";
import { z } from "zod";

import { requests } from "@/db/schema";

import { person } from "../access/permissions";
import { query } from "../query";
import { type Draft, openDraft } from "./read-draft";

/**
 * What has become of a draft of the reader's: still open, with what it holds, filed under a number, or
 * neither, which is also what is said of anybody else's. It may be sent while this is read: the draft is
 * looked for first, and once.
 */
export const findFiledDraft = query({
  may: "request.file",
  input: z.object({ draftId: z.string() }),

  async run({ db, actor }, { draftId }): Promise<{ draft: Draft | null; number?: string }> {
    if (!z.uuid().safeParse(draftId).success) return { draft: null };
    const { id: ownerId } = person(actor);
    const draft = await openDraft(db, { draftId, ownerId });
    if (draft) return { draft };
    const [filed] = await db
      .select({ number: requests.number })
      .from(requests)
      .where(and(eq(requests.draftId, draftId), eq(requests.requesterId, ownerId)));
    return { draft, ...filed };
  },
});
