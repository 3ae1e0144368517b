"use server";

import { AnswerText } from "@/components/requests/answer-text";
import { GivenFiles } from "@/components/requests/given-files";
import { may } from "@/domain/access/permissions";
import type { Context } from "@/domain/context";
import { assignRequest } from "@/domain/requests/assign";
import { confirmStop } from "@/domain/requests/confirm-stop";
import { previewDecision, proposeDecision, reconsiderDecision } from "@/domain/requests/decide";
import { linkDuplicate } from "@/domain/requests/link-duplicate";
import { completeDisposal, dropDisposal, planDisposal } from "@/domain/requests/disposals";
import { extendDueDate } from "@/domain/requests/extend";
import { finishByHand, orderDeletion } from "@/domain/requests/order-deletion";
import { approveDecision, sendBackDecision } from "@/domain/requests/review";
import { routeToDeveloper, takeBack } from "@/domain/requests/route";
import { showSubjects } from "@/domain/requests/show-contents";
import { askForMore, verifyRequest } from "@/domain/requests/verify";
import { noteOnRequest, writeToRequester } from "@/domain/requests/write";
import { at } from "@/lib/addresses";
import { formAction } from "@/server/action";
import { readFiles } from "@/server/form-files";
import { readForm, readText } from "@/server/read-form";
import { type Act } from "@/app/[locale]/(ops)/ops/_components/success-banner";

/** The case again, with the act confirmed on top; the queue for who may not see the case any more. */
function leadBack(ctx: Context, form: FormData, done: Act) {
  const number = readText(form, "number");
  const staysVisible = may(ctx.actor, "request.read");
  return {
    to: staysVisible
      ? at("/ops/requests/*", number, { done })
      : at("/ops/requests", { done, of: number }),
  };
}

export const assign = formAction(async (ctx, form) => {
  const wish = readForm(form, assignRequest.input);
  await assignRequest(ctx, wish);
  return leadBack(ctx, form, wish.handlerId === ctx.actor.id ? "taken" : "assigned");
});

export const verify = formAction(async (ctx, form) => {
  await verifyRequest(ctx, readForm(form, verifyRequest.input));
  return leadBack(ctx, form, "verified");
});

export const stop = formAction(async (ctx, form) => {
  await confirmStop(ctx, readForm(form, confirmStop.input));
  return leadBack(ctx, form, "stopped");
});

export const orderRun = formAction(async (ctx, form) => {
  await orderDeletion(ctx, readForm(form, orderDeletion.input));
  return { messageKey: "disposals.users.ordered" };
});

export const finishRun = formAction(async (ctx, form) => {
  await finishByHand(ctx, readForm(form, finishByHand.input));
  return leadBack(ctx, form, "finishedByHand");
});

export const ask = formAction(async (ctx, form) => {
  await askForMore(ctx, readForm(form, askForMore.input));
  return leadBack(ctx, form, "asked");
});

export const extend = formAction(async (ctx, form) => {
  await extendDueDate(ctx, readForm(form, extendDueDate.input));
  return leadBack(ctx, form, "extended");
});

export const route = formAction(async (ctx, form) => {
  await routeToDeveloper(ctx, readForm(form, routeToDeveloper.input));
  return leadBack(ctx, form, "routed");
});

export const link = formAction(async (ctx, form) => {
  const wish = readForm(form, linkDuplicate.input);
  await linkDuplicate(ctx, wish);
  return leadBack(ctx, form, wish.other === "" ? "unlinked" : "linked");
});

export const fetchBack = formAction(async (ctx, form) => {
  await takeBack(ctx, readForm(form, takeBack.input));
  return leadBack(ctx, form, "takenBack");
});

export const write = formAction(async (ctx, form) => {
  const { isTold } = await writeToRequester(ctx, {
    ...readForm(form, writeToRequester.input),
    files: await readFiles(form, "files"),
  });
  // What a macro put into the field does not stand there again.
  if (readText(form, "macro")) return leadBack(ctx, form, isTold ? "written" : "kept");
  return { messageKey: `requests.browser.${isTold ? "messageSent" : "messageKept"}` };
});

export const note = formAction(async (ctx, form) => {
  await noteOnRequest(ctx, readForm(form, noteOnRequest.input));
  return { messageKey: "requests.browser.noted" };
});

export const plan = formAction(async (ctx, form) => {
  await planDisposal(ctx, readForm(form, planDisposal.input));
  return { messageKey: "requests.browser.planned" };
});

export const drop = formAction(async (ctx, form) => {
  await dropDisposal(ctx, readForm(form, dropDisposal.input));
  return { messageKey: "requests.browser.dropped" };
});

export const complete = formAction(async (ctx, form) => {
  const { isAnswered } = await completeDisposal(ctx, readForm(form, completeDisposal.input));
  return leadBack(ctx, form, isAnswered ? "answered" : "completed");
});

/** The same form is looked at first and proposed then. */
export const decide = formAction(async (ctx, form) => {
  const given = {
    ...readForm(form, proposeDecision.input),
    files: await readFiles(form, "files"),
  };
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
  return leadBack(ctx, form, "proposed");
});

export const reconsider = formAction(async (ctx, form) => {
  await reconsiderDecision(ctx, readForm(form, reconsiderDecision.input));
  return leadBack(ctx, form, "reconsidered");
});

export const approve = formAction(async (ctx, form) => {
  const { isAnswered } = await approveDecision(ctx, readForm(form, approveDecision.input));
  return leadBack(ctx, form, isAnswered ? "answered" : "approved");
});

export const sendBack = formAction(async (ctx, form) => {
  await sendBackDecision(ctx, readForm(form, sendBackDecision.input));
  return leadBack(ctx, form, "sentBack");
});

export const show = formAction(async (ctx, form) => ({
  shown: <SubjectList subjects={await showSubjects(ctx, readForm(form, showSubjects.input))} />,
}));

/** Identifiers, uncovered. */
function SubjectList({ subjects }: { subjects: readonly string[] }) {
  return (
    <pre
      className="bg-sunken text-small max-h-80 overflow-auto rounded-md px-3 py-2 wrap-anywhere whitespace-pre-wrap"
      tabIndex={0}
    >
      {subjects.join("\n")}
    </pre>
  );
}
