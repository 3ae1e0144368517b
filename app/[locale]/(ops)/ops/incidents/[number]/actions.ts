"use server";

import { decideGradeChange } from "@/domain/incidents/decide-grade-change";
import { draftNotice } from "@/domain/incidents/draft-notice";
import { moveIncident } from "@/domain/incidents/move-incident";
import { formAction } from "@/server/action";
import { readChoice, readLocale, readMoment, readText } from "@/server/form-fields";

export const draftAction = formAction(async (ctx, form) => {
  const { id } = await draftNotice(ctx, {
    incidentId: readText(form, "incidentId"),
    type: readChoice(form, "type"),
    correctsId: readText(form, "correctsId") || null,
  });
  return {
    to: `/${readLocale(form)}/ops/incidents/${encodeURIComponent(readText(form, "number"))}/notices/${id}`,
  };
});

export const moveAction = formAction(async (ctx, form) => {
  await moveIncident(ctx, {
    incidentId: readText(form, "incidentId"),
    revision: readText(form, "revision"),
    to: readChoice(form, "to"),
    at: readMoment(form, "at"),
    containedAt: readMoment(form, "containedAt") || null,
  });
  return {
    to: `/${readLocale(form)}/ops/incidents/${encodeURIComponent(readText(form, "number"))}?done=moved`,
  };
});

export const decideGradeAction = formAction(async (ctx, form) => {
  const { number } = await decideGradeChange(ctx, {
    incidentId: readText(form, "incidentId"),
    changeId: readText(form, "changeId"),
    decision: readChoice(form, "decision"),
    reason: readText(form, "reason"),
  });
  return { to: `/${readLocale(form)}/ops/incidents/${number}?done=gradeDecided` };
});
