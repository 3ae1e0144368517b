import { z } from "zod";

import { mailTest, testInput } from "../broadcasts/test-mail";
import { uuid } from "../input";
import { verb } from "../verb";
import { previewNotice } from "./preview-notice";

/** Mails what a notice says now to staff, as a test. @throws Invalid, Conflict; NotFound */
export const mailNoticeTest = verb({
  may: "notice.draft",
  input: z.object({ noticeId: uuid, ...testInput }),

  async run(step, { noticeId, userIds, mailLocale }) {
    const told = await previewNotice(step, { noticeId });
    const people = await mailTest(step, "notice.test_mailed", {
      told,
      userIds,
      locale: mailLocale,
    });
    await step.record("notice.test_mailed", {
      id: noticeId,
      after: { people, locale: mailLocale },
    });
    return { people };
  },
});
