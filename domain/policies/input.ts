import { z } from "zod";

import { LOCALES } from "@/db/vocabulary/languages";
import { DOCUMENT_KINDS, MAJOR_QUESTIONS } from "@/db/vocabulary/policies";

import { calendarDate, line, prose, uuid } from "../input";

const slug = z
  .string()
  .trim()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "errors.field.slug")
  .max(60, "errors.field.tooLong");

export const documentInput = z.object({
  productId: uuid,
  slug,
  kind: z.enum(DOCUMENT_KINDS),
  titleZh: line(120),
  titleEn: line(200),
  bindingLocale: z.enum(LOCALES),
});

/** A version's label as readers cite it: "3.2", "2026-03". It is part of a public address. */
export const label = z
  .string()
  .trim()
  .regex(/^[0-9A-Za-z]+([.-][0-9A-Za-z]+)*$/, "errors.field.label")
  .max(20, "errors.field.tooLong");

/** A calendar day in Asia/Shanghai, "2026-04-01". */
export const day = calendarDate();

const changeItem = z.object({
  text: z.partialRecord(
    z.enum(LOCALES),
    prose(500).transform((text) => text.trim()),
  ),
  anchor: z
    .string()
    .trim()
    .regex(/^[a-z0-9-]{1,80}$/, "errors.field.anchor")
    .nullable(),
});

/** What the composer sends. A draft may be incomplete; `submitVersion` asks for the rest. */
export const draftInput = z.object({
  versionId: uuid,
  revision: z.coerce.number().int(),
  label,
  effectiveDate: day.nullable(),
  affectsEndUsers: z.boolean(),
  needsConsent: z.boolean().default(false),
  changes: z.array(changeItem).max(100, "errors.field.tooMany"),
  majorAnswers: z.partialRecord(z.enum(MAJOR_QUESTIONS), z.boolean()),
  texts: z.partialRecord(z.enum(LOCALES), prose(2_000_000)),
  /** The file a text has just come from; a text that is typed over has none. */
  sources: z.partialRecord(z.enum(LOCALES), line(255)).optional(),
  /** The kept wording that this takes back. */
  stateId: uuid.optional(),
});
