"use server";

import { refresh } from "next/cache";

import { refuseWithdrawal } from "@/domain/broadcasts/withdrawals";
import {
  proposeAnnouncementWithdrawal,
  withdrawAnnouncement,
} from "@/domain/incidents/withdraw-announcement";
import { proposeVersionWithdrawal, withdrawVersion } from "@/domain/policies/withdraw";
import { formAction } from "@/server/action";
import { readText } from "@/server/read-form";

export const proposeVersion = formAction(async (ctx, form) => {
  const versionId = readText(form, "subjectId");
  await proposeVersionWithdrawal(ctx, { versionId, reason: readText(form, "reason") });
  refresh();
});

export const proposeAnnouncement = formAction(async (ctx, form) => {
  const noticeId = readText(form, "subjectId");
  await proposeAnnouncementWithdrawal(ctx, { noticeId, reason: readText(form, "reason") });
  refresh();
});

export const approveVersion = formAction(async (ctx, form) => {
  await withdrawVersion(ctx, { versionId: readText(form, "subjectId"), ...typedPeople(form) });
  refresh();
});

export const approveAnnouncement = formAction(async (ctx, form) => {
  await withdrawAnnouncement(ctx, { noticeId: readText(form, "subjectId"), ...typedPeople(form) });
  refresh();
});

export const refuse = formAction(async (ctx, form) => {
  await refuseWithdrawal(ctx, {
    subjectId: readText(form, "subjectId"),
    reason: readText(form, "reason"),
  });
  refresh();
});

function typedPeople(form: FormData) {
  return { typedPeople: readText(form, "typedPeople") || undefined };
}
