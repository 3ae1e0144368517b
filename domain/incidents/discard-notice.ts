import { z } from "zod";

import { uuid } from "../input";
import { discardDraft } from "../reviews/draft";
import { verb } from "../verb";
import { lockEditable } from "./find";
import { NOTICE } from "./review-kind";

/**
 * Throws a draft away, and its number becomes free. What a second person has judged stays to be read,
 * in no list. @throws Conflict when it is no draft, or somebody saved meanwhile
 */
export const discardNotice = verb({
  may: "notice.draft",
  input: z.object({ noticeId: uuid, revision: z.coerce.number().int() }),

  async run(step, input) {
    const { notice, incident } = await lockEditable(step.tx, input);
    await discardDraft(step, NOTICE, notice);
    const { type, sequence, incidentId } = notice;
    await step.record("notice.discarded", {
      ...(incident ? { subject: "incident", id: incident.id } : { id: notice.id }),
      before: { type, sequence, incidentId },
    });
    return { incidentNumber: incident?.number ?? null };
  },
});
