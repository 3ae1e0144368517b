import { and, eq } from "drizzle-orm";
import { z } from "zod";

import { policyTexts } from "@/db/schema";
import { type Locale, LOCALES } from "@/db/vocabulary/languages";
import { NO_ROWS } from "@/text/manifest";
import { readManifestCsv } from "@/text/manifest-csv";

import { Invalid } from "../errors";
import { prose, uuid } from "../input";
import { assertEditable, saveDraft } from "../reviews/draft";
import { type RecordedStep, verb } from "../verb";
import { contentHash, type Written } from "./content";
import { lockVersion, writtenOf } from "./find";
import { manifestIn, rowsIn, storedOf } from "./manifest";
import { VERSION } from "./review-kind";

const wanted = z.object({
  versionId: uuid,
  revision: z.coerce.number().int(),
  locale: z.enum(LOCALES),
});

/**
 * Enters one list of a version beside its text, from a CSV file or from what was pasted; the other
 * lists stay. It is an edit like any other: it voids a review and makes its person a writer.
 * @throws Invalid at "file" or "rows"; Conflict like an edit
 */
export const saveManifest = verb({
  may: "policy.draft",
  input: wanted.extend({
    rows: prose(400_000),
    bytes: z.instanceof(Uint8Array).nullable(),
  }),

  prepare: async ({ rows, bytes, ...input }) => ({
    ...input,
    list: readManifestCsv(bytes ? { bytes } : { text: rows }),
  }),

  async run(step, { versionId, revision, locale, list: { part, rows } }) {
    const { written, version } = await editable(step, { versionId, revision });
    if (written.texts[locale] === undefined)
      throw new Invalid("errors.form", { locale: ["policies.errors.manifest.noText"] });
    const known = (await manifestIn(written, locale)) ?? NO_ROWS;
    const manifest = { ...known, source: "entered" as const, [part]: rows };
    await write(step, { version, written, locale, manifest });
    return { part, count: rows.length };
  },
});

/** Gives up what was entered: the lists are those of the text's tables again. @throws Conflict like an edit */
export const resetManifest = verb({
  may: "policy.draft",
  input: wanted,

  async run(step, { versionId, revision, locale }) {
    const { written, version } = await editable(step, { versionId, revision });
    const manifest = storedOf(await rowsIn(written.texts[locale] ?? "")) ?? null;
    await write(step, { version, written, locale, manifest });
  },
});

type Editing = { versionId: string; revision: number };

async function editable({ tx }: RecordedStep, { versionId, revision }: Editing) {
  const { version } = await lockVersion(tx, versionId);
  assertEditable(VERSION, version, revision);
  return { version, written: await writtenOf(tx, versionId) };
}

type Writing = Awaited<ReturnType<typeof editable>> & {
  locale: Locale;
  manifest: Written["manifests"][Locale] | null;
};

async function write(step: RecordedStep, { version, written, locale, manifest }: Writing) {
  const { [locale]: _known, ...others } = written.manifests;
  const manifests = { ...others, ...(manifest && { [locale]: manifest }) };
  const before = contentHash({ ...version, ...written });
  const after = contentHash({ ...version, ...written, manifests });
  if (before === after) return step.unchanged();
  await step.tx
    .update(policyTexts)
    .set({ manifest })
    .where(and(eq(policyTexts.versionId, version.id), eq(policyTexts.locale, locale)));
  const saved = await saveDraft(step, VERSION, { draft: version, own: {} });
  await step.record("version.edited", {
    id: version.id,
    before: { contentHash: before },
    after: { contentHash: after, ...saved },
  });
}
