import { z } from "zod";

import { uuid } from "../input";
import { query } from "../query";
import { keeping } from "../reviews/keep-typed";
import { findState, listStates } from "../reviews/read-states";
import { contentOfForm } from "./edit-notice";
import { findWithIncident } from "./find";
import { noticeInput } from "./input";
import { NOTICE } from "./review-kind";

/** What an author has typed of a notice or an announcement and not saved. */
export const keepTypedNotice = keeping({
  may: "notice.draft",
  kind: NOTICE,
  content: noticeInput.omit({ noticeId: true, revision: true, stateId: true }),
  find: async (tx, id) => (await findWithIncident(tx, id)).notice,
});

/** What a notice's draft said before, without the words. */
export const listNoticeStates = query({
  may: "notice.readDrafts",
  input: z.object({ noticeId: uuid }),

  async run({ db }, { noticeId }) {
    return listStates(db, noticeId);
  },
});

/** One of them as the whole draft it was: what was not typed then is as it is now. @throws NotFound */
export const readNoticeState = query({
  may: "notice.draft",
  input: z.object({ noticeId: uuid, stateId: uuid }),

  async run({ db }, { noticeId, stateId }) {
    const state = await findState(db, { subjectId: noticeId, stateId });
    const { notice } = await findWithIncident(db, noticeId);
    const fields = { ...contentOfForm(notice), ...state.content };
    return {
      ...state,
      content: noticeInput.parse({ noticeId, revision: notice.revision, ...fields }),
    };
  },
});
