"use server";

import { decideGradeChange } from "@/domain/incidents/decide-grade-change";
import { draftNotice } from "@/domain/incidents/draft-notice";
import { moveIncident } from "@/domain/incidents/move-incident";
import { at } from "@/lib/addresses";
import { formAction } from "@/server/action";
import { readForm, readText } from "@/server/read-form";

export const draftAction = formAction(async (ctx, form) => {
  const { id } = await draftNotice(ctx, readForm(form, draftNotice.input));
  return {
    to: at("/ops/incidents/*/notices/*", readText(form, "number"), id),
  };
});

export const moveAction = formAction(async (ctx, form) => {
  await moveIncident(ctx, readForm(form, moveIncident.input));
  return {
    to: at("/ops/incidents/*", readText(form, "number"), { done: "moved" }),
  };
});

export const decideGradeAction = formAction(async (ctx, form) => {
  const { number } = await decideGradeChange(ctx, readForm(form, decideGradeChange.input));
  return { to: at("/ops/incidents/*", number, { done: "gradeDecided" }) };
});
