"use server";

import { appealDecision } from "@/domain/requests/appeal";
import { answerAsDeveloper } from "@/domain/requests/developer-task";
import { withdrawRequest } from "@/domain/requests/withdraw";
import { writeToHandler } from "@/domain/requests/write-to-handler";
import { formAction } from "@/server/action";
import { readFile, readFiles } from "@/server/form-files";
import { readForm } from "@/server/read-form";

export const writeAction = formAction(async (ctx, form) => {
  const letter = readForm(form, writeToHandler.input);
  await writeToHandler(ctx, { ...letter, file: await readFile(form, "file") });
  return { messageKey: "requests.browser.written" };
});

export const withdrawAction = formAction(async (ctx, form) => {
  await withdrawRequest(ctx, readForm(form, withdrawRequest.input));
  return { messageKey: "requests.browser.withdrawn" };
});

export const appealAction = formAction(async (ctx, form) => {
  await appealDecision(ctx, readForm(form, appealDecision.input));
  return { messageKey: "requests.browser.appealed" };
});

export const answerAsDeveloperAction = formAction(async (ctx, form) => {
  const given = readForm(form, answerAsDeveloper.input);
  await answerAsDeveloper(ctx, { ...given, files: await readFiles(form, "files") });
  return { messageKey: "requests.browser.answered" };
});
