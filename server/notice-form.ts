import "server-only";

import type { z } from "zod";

import { audienceInput } from "@/domain/incidents/input";

import { readFile } from "./form-files";
import { readForm } from "./read-form";

/** The audience's form; the verb takes a chosen file before what stands in the field. */
export async function readAudience(form: FormData): Promise<z.input<typeof audienceInput>> {
  return {
    ...readForm(form, audienceInput),
    namedFile: (await readFile(form, "namedFile"))?.bytes ?? null,
    excludedFile: (await readFile(form, "excludedFile"))?.bytes ?? null,
  };
}
