"use server";

import { editIncident } from "@/domain/incidents/edit-incident";
import { openIncident } from "@/domain/incidents/open-incident";
import { at } from "@/lib/addresses";
import { formAction } from "@/server/action";
import { readForm } from "@/server/read-form";

export const openIncidentAction = formAction(async (ctx, form) => {
  const { number } = await openIncident(ctx, readForm(form, openIncident.input));
  return { to: at("/ops/incidents/*", number, { done: "opened" }) };
});

export const editIncidentAction = formAction(async (ctx, form) => {
  const { number, waits } = await editIncident(ctx, readForm(form, editIncident.input));
  const done = waits ? "editedWaits" : "edited";
  return { to: at("/ops/incidents/*", number, { done }) };
});
