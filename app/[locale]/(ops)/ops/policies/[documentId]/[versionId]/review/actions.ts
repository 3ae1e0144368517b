"use server";

import { approveVersion, rejectVersion } from "@/domain/policies/review";
import { formAction } from "@/server/action";
import { readApproval, readRejection } from "@/server/draft-form";
import { readLocale, readText } from "@/server/form-fields";

export const approve = formAction(async (ctx, form) => {
  const approval = readApproval(form);
  const { broadcastId } = await approveVersion(ctx, approval);
  const board = broadcastId && `broadcasts/${broadcastId}`;
  const page = board ?? `policies/${readText(form, "documentId")}/${approval.versionId}`;
  return {
    to: `/${readLocale(form)}/ops/${page}?done=${broadcastId ? "versionTold" : "versionApproved"}`,
  };
});

export const reject = formAction(async (ctx, form) => {
  await rejectVersion(ctx, readRejection(form));
  return { to: `/${readLocale(form)}/ops/reviews?done=returned` };
});
