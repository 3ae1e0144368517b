"use server";

import { approveVersion, rejectVersion } from "@/domain/policies/review";
import { at } from "@/lib/addresses";
import { formAction } from "@/server/action";
import { readForm, readText } from "@/server/read-form";

export const approve = formAction(async (ctx, form) => {
  const approval = readForm(form, approveVersion.input);
  const { broadcastId } = await approveVersion(ctx, approval);
  if (broadcastId) return { to: at("/ops/broadcasts/*", broadcastId, { done: "versionTold" }) };
  const [documentId, done] = [readText(form, "documentId"), "versionApproved"];
  return { to: at("/ops/policies/*/*", documentId, approval.versionId, { done }) };
});

export const reject = formAction(async (ctx, form) => {
  await rejectVersion(ctx, readForm(form, rejectVersion.input));
  return { to: at("/ops/reviews", { done: "returned" }) };
});
