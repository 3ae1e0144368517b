import { and, eq } from "drizzle-orm";
import { z } from "zod";

import { policyTexts } from "@/db/schema";
import { LOCALES } from "@/db/vocabulary/languages";

import { NotFound } from "../errors";
import { uuid } from "../input";
import { assertEditable } from "../reviews/draft";
import { verb } from "../verb";
import { lockVersion, warningsOf } from "./find";
import { VERSION } from "./review-kind";

/**
 * An author says that they looked at all an import left out of a text or wrote otherwise; without it the
 * version is not handed to review. Nothing of the content changes.
 * @throws Conflict when somebody saved meanwhile: there may be more to look at
 */
export const confirmImport = verb({
  may: "policy.draft",
  input: z.object({
    versionId: uuid,
    revision: z.coerce.number().int(),
    locale: z.enum(LOCALES),
  }),

  async run({ tx, now, record, unchanged }, { versionId, revision, locale }) {
    const { version } = await lockVersion(tx, versionId);
    assertEditable(VERSION, version, revision);
    const { [locale]: text } = await warningsOf(tx, versionId);
    if (!text || text.warnings.length === 0) throw new NotFound("errors.notFound");
    if (text.confirmedAt) return unchanged({ warnings: text.warnings.length });

    await tx
      .update(policyTexts)
      .set({ confirmedAt: now })
      .where(and(eq(policyTexts.versionId, versionId), eq(policyTexts.locale, locale)));
    await record("version.import_confirmed", {
      id: versionId,
      after: { locale, warnings: text.warnings },
    });
    return { warnings: text.warnings.length };
  },
});
