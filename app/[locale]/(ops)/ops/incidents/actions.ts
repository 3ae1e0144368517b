"use server";

import { editIncident } from "@/domain/incidents/edit-incident";
import { openIncident } from "@/domain/incidents/open-incident";
import { formAction } from "@/server/action";
import { readLocale, readText } from "@/server/form-fields";
import { readIncident } from "@/server/notice-form";

export const openIncidentAction = formAction(async (ctx, form) => {
  const { number } = await openIncident(ctx, {
    productId: readText(form, "productId"),
    ...readIncident(form),
  });
  return { to: `/${readLocale(form)}/ops/incidents/${number}?done=opened` };
});

export const editIncidentAction = formAction(async (ctx, form) => {
  const { number, waits } = await editIncident(ctx, {
    incidentId: readText(form, "incidentId"),
    revision: readText(form, "revision"),
    ...readIncident(form),
    gradeReason: readText(form, "gradeReason").trim() || null,
  });
  const done = waits ? "editedWaits" : "edited";
  return { to: `/${readLocale(form)}/ops/incidents/${number}?done=${done}` };
});
