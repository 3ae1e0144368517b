"use server";

import { decideCorrection } from "@/domain/policies/decide-correction";
import { proposeCorrection } from "@/domain/policies/propose-correction";
import { at } from "@/lib/addresses";
import { formAction } from "@/server/action";
import { readForm, readText } from "@/server/read-form";

const here = (form: FormData, done: "proposed" | "decided") =>
  at("/ops/policies/*/*/correction", readText(form, "documentId"), readText(form, "versionId"), {
    done,
  });

export const proposeCorrectionAction = formAction(async (ctx, form) => {
  await proposeCorrection(ctx, readForm(form, proposeCorrection.input));
  return { to: here(form, "proposed") };
});

export const decideCorrectionAction = formAction(async (ctx, form) => {
  await decideCorrection(ctx, readForm(form, decideCorrection.input));
  return { to: here(form, "decided") };
});
