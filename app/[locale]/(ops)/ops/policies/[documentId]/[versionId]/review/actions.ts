"use server";

import { approveVersion, rejectVersion } from "@/domain/policies/review";
import { formAction } from "@/server/action";
import { readForm, readLocale, readText } from "@/server/read-form";

export const approve = formAction(async (ctx, form) => {
  const approval = readForm(form, approveVersion.input);
  const { broadcastId } = await approveVersion(ctx, approval);
  const board = broadcastId && `broadcasts/${broadcastId}`;
  const page = board ?? `policies/${readText(form, "documentId")}/${approval.versionId}`;
  return {
    to: `/${readLocale(form)}/ops/${page}?done=${broadcastId ? "versionTold" : "versionApproved"}`,
  };
});

export const reject = formAction(async (ctx, form) => {
  await rejectVersion(ctx, readForm(form, rejectVersion.input));
  return { to: `/${readLocale(form)}/ops/reviews?done=returned` };
});
