import { z } from "zod";

import type { Told } from "../broadcasts/facts";
import { uuid } from "../input";
import { query } from "../query";
import { factsOf } from "./content";
import { findWithIncident } from "./find";

/** What a notice will say as it is now, or said when it was published. */
export const previewNotice = query({
  may: "notice.readDrafts",
  input: z.object({ noticeId: uuid }),

  async run({ db, now }, { noticeId }): Promise<Told> {
    const subject = await findWithIncident(db, noticeId);
    const { publishedAt, contentHash } = subject.notice;
    return factsOf(subject, { publishedAt: publishedAt ?? now, contentHash: contentHash ?? "" });
  },
});
