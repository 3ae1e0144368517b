import { z } from "zod";

import { mailTest, testInput } from "../broadcasts/test-mail";
import { Invalid } from "../errors";
import { uuid } from "../input";
import { verb } from "../verb";
import { previewChange } from "./preview-change";

/** Mails what a version's notice says now to staff, as a test. @throws Invalid, Conflict; NotFound */
export const mailVersionTest = verb({
  may: "policy.draft",
  input: z.object({ versionId: uuid, ...testInput }),

  async run(step, { versionId, userIds, mailLocale }) {
    const told = await previewChange(step, { versionId });
    if (!told) throw new Invalid("policies.errors.noTestYet");
    const people = await mailTest(step, "version.test_mailed", {
      told,
      userIds,
      locale: mailLocale,
    });
    await step.record("version.test_mailed", {
      id: versionId,
      after: { people, locale: mailLocale },
    });
    return { people };
  },
});
