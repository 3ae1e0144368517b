"use server";

import { getTranslations } from "next-intl/server";
import { headers } from "next/headers";

import type { AcknowledgementAnswer } from "@/db/vocabulary/policies";
import type { Context } from "@/domain/context";
import { answerVersion } from "@/domain/policies/answer";
import { writeBack } from "@/domain/policies/conversation";
import { deferAnswer } from "@/domain/policies/defer";
import { readStatementFacts } from "@/domain/policies/own-answers";
import { at } from "@/lib/addresses";
import { formAction } from "@/server/action";
import { readBox, readChoice, readForm, readLocale, readText } from "@/server/read-form";
import { currentVisitor } from "@/server/visitor";

export const acknowledge = formAction((ctx, form) => answer(ctx, form, "acknowledged"));
export const disagree = formAction((ctx, form) => answer(ctx, form, "disagreed"));
export const defer = formAction(async (ctx, form) => {
  await deferAnswer(ctx, readForm(form, deferAnswer.input));
  return { messageKey: "acknowledgements.defer.done" };
});

export const writeBackAction = formAction(async (ctx, form) => {
  await writeBack(ctx, readForm(form, writeBack.input));
  return { messageKey: "acknowledgements.talk.sent" };
});

/** The sentence is composed here, never taken from the form: the proof says what was shown. */
async function answer(ctx: Context, form: FormData, given: AcknowledgementAnswer) {
  const locale = readLocale(form);
  const subject = {
    versionId: readText(form, "versionId"),
    accountId: readText(form, "accountId"),
  };
  const t = await getTranslations({ locale, namespace: "acknowledgements.statement" });
  const { receiptNumber } = await answerVersion(ctx, {
    ...subject,
    answer: given,
    confirmed: readBox(form, "confirmed"),
    reason: readText(form, "reason") || null,
    changeNumbers: given === "disagreed" ? form.getAll("changeNumbers").map(Number) : [],
    contentHash: readText(form, "contentHash"),
    statement: t(given, await readStatementFacts(ctx, { ...subject, locale })),
    locale,
    shownBy: readChoice(form, "shownBy"),
    network: (await currentVisitor()).network,
    userAgent: (await headers()).get("user-agent")?.slice(0, 500) ?? null,
  });
  return { to: at("/receipts/*", receiptNumber, { new: 1 }) };
}
