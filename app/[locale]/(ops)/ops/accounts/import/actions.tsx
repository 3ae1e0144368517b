"use server";

import { ImportDone, ImportPreview } from "@/components/accounts/import-preview";
import { may } from "@/domain/access/permissions";
import { importAccounts } from "@/domain/accounts/import-accounts";
import { previewImport } from "@/domain/accounts/import-preview";
import { formAction } from "@/server/action";
import { readNeededFile } from "@/server/form-files";
import { readForm } from "@/server/read-form";

export const previewImportAction = formAction(async (ctx, form) => {
  const preview = await previewImport(ctx, { bytes: (await readNeededFile(form, "file")).bytes });
  return { shown: <ImportPreview preview={preview} /> };
});

export const importAction = formAction(async (ctx, form) => {
  const result = await importAccounts(ctx, {
    ...readForm(form, importAccounts.input),
    bytes: (await readNeededFile(form, "file")).bytes,
  });
  return { shown: <ImportDone result={result} canReadRecord={may(ctx.actor, "audit.read")} /> };
});
