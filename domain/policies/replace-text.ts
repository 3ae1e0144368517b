import { z } from "zod";

import { LOCALES } from "@/db/vocabulary/languages";
import { type TextSource } from "@/text/import-text";
import { takeText } from "@/text/offload";

import { Invalid } from "../errors";
import { line, uuid } from "../input";
import { verb } from "../verb";
import { saveContent } from "./edit";
import { lockVersion, textsOf } from "./find";
import { rowsIn } from "./manifest";

/**
 * Puts the text of a file in the place of a version's text in one language; all else stays. It is
 * an edit like any other: it voids a review and makes its person a writer.
 * @returns how the file was read. @throws Invalid at "file"; Conflict like an edit
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

  async prepare({ bytes, ...input }) {
    return { ...input, ...(await readTextFile({ fileName: input.fileName, bytes }, "file")) };
  },

  async run(step, { versionId, revision, locale, fileName, ...read }) {
    const { markdown, format, warnings, rows } = read;
    const { version } = await lockVersion(step.tx, versionId);
    await saveContent(step, {
      versionId,
      revision,
      label: version.label,
      effectiveDate: version.effectiveDate,
      affectsEndUsers: version.affectsEndUsers,
      needsConsent: version.needsConsent,
      changes: version.changes,
      majorAnswers: version.majorAnswers,
      texts: { ...(await textsOf(step.tx, versionId)), [locale]: markdown },
      sources: { [locale]: fileName },
      warnings: { [locale]: warnings },
      rows: { [locale]: rows },
    });
    return { format, warnings, characters: [...markdown.replace(/\s/g, "")].length };
  },
});

/** The text of a file, as it is when it is typed. @throws Invalid at the field */
export async function readTextFile(source: TextSource, field: string) {
  try {
    const read = await takeText(source);
    const { markdown } = await takeText({ pasted: read.markdown, as: "markdown" });
    return { ...read, markdown, rows: await rowsIn(markdown) };
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    throw new Invalid("errors.form", { [field]: [error.messageKey] }, error.values);
  }
}
