"use server";

import { importYear, previewYear } from "@/domain/calendar/import-year";
import { previewDueDates } from "@/domain/requests/preview-due-dates";
import { formAction } from "@/server/action";
import { readNeededFile } from "@/server/form-files";
import { readForm, readText } from "@/server/read-form";

import { YearPreview } from "./_components/year-preview";

/** The same form is looked at first and saved then. */
export const enterYear = formAction(async (ctx, form) => {
  const wanted = {
    ...readForm(form, importYear.input),
    bytes: (await readNeededFile(form, "file")).bytes,
  };
  if (readText(form, "step") === "save") return importYear(ctx, wanted);
  const year = await previewYear(ctx, wanted);
  const moves = year.problems.length > 0 ? [] : await previewDueDates(ctx, year);
  return { shown: <YearPreview year={year} moves={moves} /> };
});
