"use server";

import { logRequest } from "@/domain/requests/log";
import { formAction } from "@/server/action";
import { readLocale } from "@/server/form-fields";
import { readLogged } from "@/server/log-form";

export const logAction = formAction(async (ctx, form) => {
  const { number, duplicates } = await logRequest(ctx, await readLogged(form));
  return {
    to: `/${readLocale(form)}/ops/requests/new?logged=${number}&repeated=${duplicates}`,
  };
});
