"use server";

import { appealDecision } from "@/domain/requests/appeal";
import { answerAsDeveloper } from "@/domain/requests/developer-task";
import { withdrawRequest } from "@/domain/requests/withdraw";
import { writeToHandler } from "@/domain/requests/write-to-handler";
import { DEVELOPER_ANSWERS } from "@/db/vocabulary/requests";
import { translator } from "@/messages/translator";
import { formAction } from "@/server/action";
import { readFile } from "@/server/form-files";
import { readForm, readLocale } from "@/server/read-form";

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

/** The sentence beside the choice is kept word for word, in the language it was read in. */
export const answerAsDeveloperAction = formAction(async (ctx, form) => {
  const given = readForm(form, answerAsDeveloper.input);
  const known = DEVELOPER_ANSWERS.find((one) => one === given.answer);
  await answerAsDeveloper(ctx, {
    ...given,
    statement: known
      ? translator(readLocale(form), "requests")(`filing.task.choices.${known}`)
      : "-",
  });
  return { messageKey: "requests.browser.answered" };
});
