"use server";

import { ImportDone } from "@/components/accounts/import-done";
import { ImportPreview } from "@/components/accounts/import-preview";
import { may } from "@/domain/access/permissions";
import { importAccounts } from "@/domain/accounts/import-accounts";
import { previewImport } from "@/domain/accounts/import-preview";
import { formAction } from "@/server/action";
import { readText } from "@/server/form-fields";
import { readNeededFile } from "@/server/form-files";

export const previewImportAction = formAction(async (ctx, form) => {
  const preview = await previewImport(ctx, { bytes: (await readNeededFile(form, "file")).bytes });
  return { shown: <ImportPreview preview={preview} /> };
});

export const importAction = formAction(async (ctx, form) => {
  const result = await importAccounts(ctx, {
    bytes: (await readNeededFile(form, "file")).bytes,
    fileHash: readText(form, "fileHash"),
    planHash: readText(form, "planHash"),
  });
  return { shown: <ImportDone result={result} canReadRecord={may(ctx.actor, "audit.read")} /> };
});
