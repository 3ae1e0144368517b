"use server";

import { ImportDone, ImportPreview } from "@/components/accounts/import-preview";
import { may } from "@/domain/access/permissions";
import { importAccounts } from "@/domain/accounts/import-accounts";
import { previewImport } from "@/domain/accounts/import-preview";
import { formAction } from "@/server/action";
import { readNeededFile } from "@/server/form-files";
import { readForm, readText } from "@/server/read-form";

/** The same form is looked at first and written then. */
export const importAction = formAction(async (ctx, form) => {
  const { bytes } = await readNeededFile(form, "file");
  if (readText(form, "step") !== "import")
    return { shown: <ImportPreview preview={await previewImport(ctx, { bytes })} /> };
  const result = await importAccounts(ctx, { ...readForm(form, importAccounts.input), bytes });
  return { shown: <ImportDone result={result} canReadRecord={may(ctx.actor, "audit.read")} /> };
});
