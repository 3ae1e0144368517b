"use server";

import { appealDecision } from "@/domain/requests/appeal";
import { answerAsDeveloper } from "@/domain/requests/developer-task";
import { withdrawRequest } from "@/domain/requests/withdraw";
import { writeToHandler } from "@/domain/requests/write-to-handler";
import { DEVELOPER_ANSWERS } from "@/db/vocabulary/requests";
import { translator } from "@/messages/translator";
import { formAction } from "@/server/action";
import { readChoice, readLocale, readText } from "@/server/form-fields";
import { readFile } from "@/server/form-files";

export const writeAction = formAction(async (ctx, form) => {
  const number = readText(form, "number");
  const file = await readFile(form, "file");
  await writeToHandler(ctx, { number, body: readText(form, "body"), file });
  return { messageKey: "requests.browser.written" };
});

export const withdrawAction = formAction(async (ctx, form) => {
  await withdrawRequest(ctx, { number: readText(form, "number") });
  return { messageKey: "requests.browser.withdrawn" };
});

export const appealAction = formAction(async (ctx, form) => {
  await appealDecision(ctx, {
    number: readText(form, "number"),
    reason: readText(form, "reason"),
  });
  return { messageKey: "requests.browser.appealed" };
});

/** The sentence beside the choice is kept word for word, in the language it was read in. */
export const answerAsDeveloperAction = formAction(async (ctx, form) => {
  const given = readText(form, "answer");
  const known = DEVELOPER_ANSWERS.find((one) => one === given);
  await answerAsDeveloper(ctx, {
    number: readText(form, "number"),
    answer: readChoice(form, "answer"),
    statement: known
      ? translator(readLocale(form), "requests")(`filing.task.choices.${known}`)
      : "-",
    text: readText(form, "text"),
  });
  return { messageKey: "requests.browser.answered" };
});
