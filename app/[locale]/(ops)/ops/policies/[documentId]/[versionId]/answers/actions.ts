"use server";

import { writeToAccount } from "@/domain/policies/conversation";
import { remindUnanswered } from "@/domain/policies/remind";
import { waiveAnswer } from "@/domain/policies/waive";
import { at } from "@/lib/addresses";
import { formAction } from "@/server/action";
import { readForm, readText } from "@/server/read-form";

export const remind = formAction(async (ctx, form) => {
  const { id } = await remindUnanswered(ctx, { versionId: readText(form, "versionId") });
  return { to: at("/ops/broadcasts/*", id) };
});

export const writeToAccountAction = formAction(async (ctx, form) => {
  await writeToAccount(ctx, readForm(form, writeToAccount.input));
  return { messageKey: "acknowledgements.talk.sent" };
});

export const waive = formAction(async (ctx, form) => {
  await waiveAnswer(ctx, readForm(form, waiveAnswer.input));
});
