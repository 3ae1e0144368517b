"use server";

import { RIGHT_ROOMS, type RightRoom } from "@/db/vocabulary/requests";
import { deleteDraft } from "@/domain/requests/delete-draft";
import { removeDraftFile, reuseFile } from "@/domain/requests/draft-files";
import { openStep, stepAfter } from "@/domain/requests/filing-steps";
import { readDraft } from "@/domain/requests/read-draft";
import { saveStep } from "@/domain/requests/save-step";
import { submitRequest } from "@/domain/requests/submit";
import { type Address, at } from "@/lib/addresses";
import { buttonAction, formAction } from "@/server/action";
import { bringProof } from "@/server/proof-upload";
import { beginDraft } from "@/server/ticket-link";
import { readFile, readFiles } from "@/server/form-files";
import { readChoice, readForm, readLocale, readText } from "@/server/read-form";

/** The first page of the wizard begins the draft, with what a ticket's link brings along. */
export const startAction = formAction(
  async (ctx, form) => {
    const { draftId, answers } = await beginDraft(ctx, {
      capacity: readChoice(form, "capacity"),
      link: readText(form, "link"),
    });
    return { to: at("/requests/drafts/*/*", draftId, stepAfter("who", answers)) };
  },
  { work: "draft" },
);

const ADDRESS_OF: Record<RightRoom, Address> = {
  deregister_account: "/account/deregistration",
  privacy_settings: "/settings",
};

/**
 * Keeps a page and goes on: to the next, or back to the check where the reader came from. What has a room
 * of its own leads there (P23), and the draft stays as it was.
 */
export const saveStepAction = formAction(async (ctx, form) => {
  const room = RIGHT_ROOMS.find((one) => one === readText(form, "type"));
  if (room) return { to: ADDRESS_OF[room] };
  const draftId = readText(form, "draftId");
  const given = readForm(form, saveStep.input.shape.answer);
  const file = (await readFile(form, "csv"))?.bytes ?? null;
  const answer = given.step === "subjects" ? { ...given, file } : given;
  const answers = await saveStep(ctx, { draftId, answer });
  const { files } = await readDraft(ctx, { draftId });
  const isFromCheck = readText(form, "back") === "check";
  const next = isFromCheck ? openStep(answers, files.length) : stepAfter(answer.step, answers);
  return { to: at("/requests/drafts/*/*", draftId, next) };
});

/** Takes what was chosen and not uploaded yet along, and goes on. */
export const proofAction = formAction(async (ctx, form) => {
  const draftId = readText(form, "draftId");
  await bringProof(ctx, { draftId, files: await readFiles(form, "file") });
  return { to: at("/requests/drafts/*/*", draftId, "check") };
});

export const removeFileAction = buttonAction((ctx, form) =>
  removeDraftFile(ctx, readForm(form, removeDraftFile.input)),
);

export const reuseFileAction = buttonAction((ctx, form) =>
  reuseFile(ctx, readForm(form, reuseFile.input)),
);

export const deleteDraftAction = formAction(async (ctx, form) => {
  await deleteDraft(ctx, readForm(form, deleteDraft.input));
});

export const submitAction = formAction(async (ctx, form) => {
  const locale = readLocale(form);
  const { number } = await submitRequest(ctx, { ...readForm(form, submitRequest.input), locale });
  return { to: at("/requests/*/submitted", number) };
});
