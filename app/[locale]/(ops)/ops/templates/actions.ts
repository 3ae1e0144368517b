"use server";

import { retireTemplate, saveTemplate } from "@/domain/incidents/templates";
import { at } from "@/lib/addresses";
import { formAction } from "@/server/action";
import { readForm } from "@/server/read-form";

export const saveTemplateAction = formAction(async (ctx, form) => {
  const { templateId } = await saveTemplate(ctx, readForm(form, saveTemplate.input));
  return { to: at("/ops/templates", { edit: templateId, done: "templateSaved" }) };
});

export const retireTemplateAction = formAction(async (ctx, form) => {
  await retireTemplate(ctx, readForm(form, retireTemplate.input));
  return { to: at("/ops/templates", { done: "templateRetired" }) };
});
