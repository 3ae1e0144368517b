"use server";

import { logRequest } from "@/domain/requests/log";
import { at } from "@/lib/addresses";
import { formAction } from "@/server/action";
import { readFile, readFiles } from "@/server/form-files";
import { readChoice, readForm } from "@/server/read-form";

export const logAction = formAction(async (ctx, form) => {
  const { number, duplicates } = await logRequest(ctx, {
    ...readForm(form, logRequest.input),
    locale: readChoice(form, "requesterLocale"),
    listFile: (await readFile(form, "csv"))?.bytes ?? null,
    files: await readFiles(form, "files"),
  });
  return {
    to: at("/ops/requests/new", { logged: number, repeated: duplicates }),
  };
});
