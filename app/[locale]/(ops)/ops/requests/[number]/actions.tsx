"use server";

import { type Act } from "../_components/act-banner";
import { AnswerText } from "@/components/requests/answer-text";
import { GivenFiles } from "@/components/requests/given-files";
import { may } from "@/domain/access/permissions";
import type { Context } from "@/domain/context";
import { assignRequest } from "@/domain/requests/assign";
import { confirmStop } from "@/domain/requests/confirm-stop";
import { previewDecision, proposeDecision, reconsiderDecision } from "@/domain/requests/decide";
import { completeDisposal, dropDisposal, planDisposal } from "@/domain/requests/disposals";
import { approveDecision, sendBackDecision } from "@/domain/requests/review";
import { routeToDeveloper, takeBack } from "@/domain/requests/route";
import { showSubjects } from "@/domain/requests/show-contents";
import { askForMore, verifyRequest } from "@/domain/requests/verify";
import { noteOnRequest, writeToRequester } from "@/domain/requests/write";
import { formAction } from "@/server/action";
import { readFiles } from "@/server/form-files";
import { readBox, readChoice, readLocale, readMoment, readText } from "@/server/form-fields";

import { SubjectList } from "./_components/subject-list";

const seen = (form: FormData) => ({
  number: readText(form, "number"),
  revision: readText(form, "revision"),
});

const readDecision = async (form: FormData): Promise<Parameters<typeof proposeDecision>[1]> => ({
  ...seen(form),
  decision: readChoice(form, "decision"),
  code: readChoice(form, "code"),
  explanation: readText(form, "explanation"),
  withEea: readBox(form, "withEea"),
  files: await readFiles(form, "files"),
});

/** The case again, with the act confirmed on top; the queue for who may not see the case any more. */
function confirmed(ctx: Context, form: FormData, done: Act) {
  const number = readText(form, "number");
  const cases = `/${readLocale(form)}/ops/requests`;
  const staysVisible = may(ctx.actor, "request.read");
  return {
    to: staysVisible ? `${cases}/${number}?done=${done}` : `${cases}?done=${done}&of=${number}`,
  };
}

export const assign = formAction(async (ctx, form) => {
  const handlerId = readText(form, "handlerId");
  await assignRequest(ctx, { ...seen(form), handlerId });
  return confirmed(ctx, form, handlerId === ctx.actor.id ? "taken" : "assigned");
});

export const verify = formAction(async (ctx, form) => {
  await verifyRequest(ctx, seen(form));
  return confirmed(ctx, form, "verified");
});

export const stop = formAction(async (ctx, form) => {
  await confirmStop(ctx, {
    ...seen(form),
    stoppedAt: readMoment(form, "stoppedAt"),
    what: readText(form, "what"),
  });
  return confirmed(ctx, form, "stopped");
});

export const ask = formAction(async (ctx, form) => {
  await askForMore(ctx, { ...seen(form), text: readText(form, "text") });
  return confirmed(ctx, form, "asked");
});

export const route = formAction(async (ctx, form) => {
  await routeToDeveloper(ctx, {
    ...seen(form),
    appId: readText(form, "appId"),
    accountId: readText(form, "accountId"),
  });
  return confirmed(ctx, form, "routed");
});

export const fetchBack = formAction(async (ctx, form) => {
  await takeBack(ctx, seen(form));
  return confirmed(ctx, form, "takenBack");
});

export const write = formAction(async (ctx, form) => {
  await writeToRequester(ctx, {
    number: readText(form, "number"),
    message: readText(form, "message"),
    files: await readFiles(form, "files"),
  });
  return { messageKey: "requests.browser.messageSent" };
});

export const note = formAction(async (ctx, form) => {
  await noteOnRequest(ctx, { number: readText(form, "number"), note: readText(form, "note") });
  return { messageKey: "requests.browser.noted" };
});

export const plan = formAction(async (ctx, form) => {
  await planDisposal(ctx, {
    ...seen(form),
    store: readChoice(form, "store"),
    action: readChoice(form, "action"),
    holdReason: readChoice(form, "holdReason"),
    holdText: readText(form, "holdText") || null,
    dueDate: readText(form, "dueDate"),
  });
  return { messageKey: "requests.browser.planned" };
});

export const drop = formAction(async (ctx, form) => {
  await dropDisposal(ctx, { ...seen(form), disposalId: readText(form, "disposalId") });
  return { messageKey: "requests.browser.dropped" };
});

export const complete = formAction(async (ctx, form) => {
  const { isAnswered } = await completeDisposal(ctx, {
    ...seen(form),
    disposalId: readText(form, "disposalId"),
    result: readText(form, "result"),
  });
  return confirmed(ctx, form, isAnswered ? "answered" : "completed");
});

/** The same form is looked at first and proposed then. */
export const decide = formAction(async (ctx, form) => {
  const given = await readDecision(form);
  if (readText(form, "step") === "preview") {
    const { files, ...answer } = await previewDecision(ctx, given);
    return {
      shown: (
        <>
          <AnswerText {...answer} />
          <GivenFiles files={files} />
        </>
      ),
    };
  }
  await proposeDecision(ctx, given);
  return confirmed(ctx, form, "proposed");
});

export const reconsider = formAction(async (ctx, form) => {
  await reconsiderDecision(ctx, seen(form));
  return confirmed(ctx, form, "reconsidered");
});

export const approve = formAction(async (ctx, form) => {
  const decisionId = readText(form, "decisionId");
  const { isAnswered } = await approveDecision(ctx, { ...seen(form), decisionId });
  return confirmed(ctx, form, isAnswered ? "answered" : "approved");
});

export const sendBack = formAction(async (ctx, form) => {
  await sendBackDecision(ctx, {
    ...seen(form),
    decisionId: readText(form, "decisionId"),
    reason: readText(form, "reason"),
  });
  return confirmed(ctx, form, "sentBack");
});

export const show = formAction(async (ctx, form) => ({
  shown: <SubjectList subjects={await showSubjects(ctx, { number: readText(form, "number") })} />,
}));
