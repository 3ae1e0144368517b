"use server";

import { AnswerText } from "@/components/requests/answer-text";
import { assignRequest } from "@/domain/requests/assign";
import { previewDecision, proposeDecision, reconsiderDecision } from "@/domain/requests/decide";
import { completeDisposal, dropDisposal, planDisposal } from "@/domain/requests/disposals";
import { approveDecision, sendBackDecision } from "@/domain/requests/review";
import { routeToDeveloper, takeBack } from "@/domain/requests/route";
import { showSubjects } from "@/domain/requests/show-contents";
import { askForMore, verifyRequest } from "@/domain/requests/verify";
import { noteOnRequest, writeToRequester } from "@/domain/requests/write";
import { formAction } from "@/server/action";
import { readBox, readChoice, readText } from "@/server/form-fields";

import { SubjectList } from "./_components/subject-list";

const seen = (form: FormData) => ({
  number: readText(form, "number"),
  revision: readText(form, "revision"),
});

const readDecision = (form: FormData): Parameters<typeof proposeDecision>[1] => ({
  ...seen(form),
  decision: readChoice(form, "decision"),
  code: readChoice(form, "code"),
  explanation: readText(form, "explanation"),
  withEea: readBox(form, "withEea"),
});

export const assign = formAction((ctx, form) =>
  assignRequest(ctx, { ...seen(form), handlerId: readText(form, "handlerId") }),
);

export const verify = formAction((ctx, form) => verifyRequest(ctx, seen(form)));

export const ask = formAction((ctx, form) =>
  askForMore(ctx, { ...seen(form), text: readText(form, "text") }),
);

export const route = formAction((ctx, form) =>
  routeToDeveloper(ctx, { ...seen(form), sdkAppId: readText(form, "sdkAppId") }),
);

export const fetchBack = formAction((ctx, form) => takeBack(ctx, seen(form)));

export const write = formAction((ctx, form) =>
  writeToRequester(ctx, { number: readText(form, "number"), message: readText(form, "message") }),
);

export const note = formAction((ctx, form) =>
  noteOnRequest(ctx, { number: readText(form, "number"), note: readText(form, "note") }),
);

export const plan = formAction((ctx, form) =>
  planDisposal(ctx, {
    ...seen(form),
    store: readChoice(form, "store"),
    action: readChoice(form, "action"),
    holdReason: readChoice(form, "holdReason"),
    holdText: readText(form, "holdText") || null,
    dueDate: readText(form, "dueDate"),
  }),
);

export const drop = formAction((ctx, form) =>
  dropDisposal(ctx, { ...seen(form), disposalId: readText(form, "disposalId") }),
);

export const complete = formAction((ctx, form) =>
  completeDisposal(ctx, {
    ...seen(form),
    disposalId: readText(form, "disposalId"),
    result: readText(form, "result"),
  }),
);

/** The same form is looked at first and proposed then. */
export const decide = formAction(async (ctx, form) => {
  if (readText(form, "step") === "preview")
    return { shown: <AnswerText {...await previewDecision(ctx, readDecision(form))} /> };
  await proposeDecision(ctx, readDecision(form));
});

export const reconsider = formAction((ctx, form) => reconsiderDecision(ctx, seen(form)));

export const approve = formAction((ctx, form) =>
  approveDecision(ctx, { ...seen(form), decisionId: readText(form, "decisionId") }),
);

export const sendBack = formAction((ctx, form) =>
  sendBackDecision(ctx, {
    ...seen(form),
    decisionId: readText(form, "decisionId"),
    reason: readText(form, "reason"),
  }),
);

export const show = formAction(async (ctx, form) => ({
  shown: <SubjectList subjects={await showSubjects(ctx, { number: readText(form, "number") })} />,
}));
