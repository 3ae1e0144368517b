import { z } from "zod";

import { LOCALES } from "@/db/vocabulary/languages";
import { type TextSource } from "@/text/import-text";
import { takeText } from "@/text/offload";

import { Invalid } from "../errors";
import { line, uuid } from "../input";
import { verb } from "../verb";
import { editVersion } from "./edit";
import { lockVersion, textsOf } from "./find";

/**
 * Puts the text of a file in the place of a version's text in one language; all else stays. It is
 * an edit like any other: it voids a review and makes its person a writer.
 * @returns how the file was read. @throws Invalid at "file"; Conflict like `editVersion`
 */
export const replaceText = verb({
  may: "policy.draft",
  input: z.object({
    versionId: uuid,
    revision: z.coerce.number().int(),
    locale: z.enum(LOCALES),
    fileName: line(255),
    bytes: z.instanceof(Uint8Array),
  }),

  async run(step, { versionId, revision, locale, fileName, bytes }) {
    const { markdown, format, warnings } = await readFile({ fileName, bytes });
    const { version } = await lockVersion(step.tx, versionId);
    await editVersion(step, {
      versionId,
      revision,
      label: version.label,
      effectiveDate: version.effectiveDate,
      affectsEndUsers: version.affectsEndUsers,
      changes: version.changes,
      majorAnswers: version.majorAnswers,
      texts: { ...(await textsOf(step.tx, versionId)), [locale]: markdown },
      sources: { [locale]: fileName },
    });
    // The edit has recorded itself.
    step.unchanged();
    return { format, warnings, characters: [...markdown.replace(/\s/g, "")].length };
  },
});

async function readFile(source: TextSource) {
  try {
    return await takeText(source);
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    throw new Invalid("errors.form", { file: [error.messageKey] }, error.values);
  }
}
