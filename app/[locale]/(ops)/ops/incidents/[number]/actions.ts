"use server";

import { refresh } from "next/cache";

import { beginContainment } from "@/domain/incidents/begin-containment";
import { decideGradeChange } from "@/domain/incidents/decide-grade-change";
import { approveProposal, refuseProposal } from "@/domain/incidents/decide-proposal";
import { draftNotice } from "@/domain/incidents/draft-notice";
import { endRehearsal } from "@/domain/incidents/end-rehearsal";
import { moveIncident } from "@/domain/incidents/move-incident";
import { proposeOfIncident, proposeWaiver } from "@/domain/incidents/propose";
import { reportName } from "@/domain/incidents/reports";
import { handInReport, saveReport } from "@/domain/incidents/save-report";
import { settleStep } from "@/domain/incidents/settle-step";
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

export const endRehearsalAction = formAction(async (ctx, form) => {
  const { number } = await endRehearsal(ctx, readForm(form, endRehearsal.input));
  return { to: at("/ops/incidents/*/rehearsal", number, { done: "rehearsalEnded" }) };
});

export const decideGradeAction = formAction(async (ctx, form) => {
  const { number } = await decideGradeChange(ctx, readForm(form, decideGradeChange.input));
  return { to: at("/ops/incidents/*", number, { done: "gradeDecided" }) };
});

const back = (number: string, done: string, place = "") => ({
  to: at("/ops/incidents/*", number, { done, "#": place }),
});

export const beginAction = formAction(async (ctx, form) => {
  await beginContainment(ctx, readForm(form, beginContainment.input));
  return back(readText(form, "number"), "begun", "containment");
});

export const settleAction = formAction(async (ctx, form) => {
  await settleStep(ctx, readForm(form, settleStep.input));
  refresh();
});

export const proposeAction = formAction(async (ctx, form) => {
  await proposeOfIncident(ctx, readForm(form, proposeOfIncident.input));
  return back(readText(form, "number"), "proposed", "proposals");
});

export const approveProposalAction = formAction(async (ctx, form) => {
  const { number } = await approveProposal(ctx, readForm(form, approveProposal.input));
  return back(number, "proposalDecided");
});

export const refuseProposalAction = formAction(async (ctx, form) => {
  const { number } = await refuseProposal(ctx, readForm(form, refuseProposal.input));
  return back(number, "proposalDecided");
});

export const proposeWaiverAction = formAction(async (ctx, form) => {
  await proposeWaiver(ctx, readForm(form, proposeWaiver.input));
  return back(readText(form, "number"), "proposed", "proposals");
});

export const saveReportAction = formAction(async (ctx, form) => {
  const saved = await saveReport(ctx, readForm(form, saveReport.input));
  return {
    to: at("/ops/incidents/*/reports/*", readText(form, "number"), reportName(saved), {
      done: "reportSaved",
    }),
  };
});

export const handInAction = formAction(async (ctx, form) => {
  const { number } = await handInReport(ctx, readForm(form, handInReport.input));
  return back(number, "reportHandedIn", "duties");
});
