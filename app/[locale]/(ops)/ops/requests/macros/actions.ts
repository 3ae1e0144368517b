"use server";

import { retireMacro, saveMacro } from "@/domain/requests/macros";
import { formAction } from "@/server/action";
import { readForm } from "@/server/read-form";

export const save = formAction(async (ctx, form) => {
  const macro = readForm(form, saveMacro.input);
  await saveMacro(ctx, macro);
  return macro.macroId
    ? { to: "/ops/requests/macros" }
    : { messageKey: "requests.desk.macros.saved" };
});

export const retire = formAction(async (ctx, form) => {
  await retireMacro(ctx, readForm(form, retireMacro.input));
  return { messageKey: "requests.desk.macros.retired" };
});
