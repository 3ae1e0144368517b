"use server";

import { bringInVersion } from "@/domain/policies/bring-in";
import { discardDocument, renameDocument } from "@/domain/policies/discard";
import { draftVersion } from "@/domain/policies/draft";
import { saveStopGuide } from "@/domain/policies/save-stop-guide";
import { at } from "@/lib/addresses";
import { formAction } from "@/server/action";
import { readOldVersion } from "@/server/form-files";
import { readForm } from "@/server/read-form";

export const draft = formAction(async (ctx, form) => {
  const { id, documentId } = await draftVersion(ctx, readForm(form, draftVersion.input));
  return { to: at("/ops/policies/*/*", documentId, id) };
});

/** It waits for a second person at once. */
export const bringIn = formAction(async (ctx, form) => {
  const { documentId, id } = await bringInVersion(ctx, await readOldVersion(form));
  return { to: at("/ops/policies/*/*/review", documentId, id) };
});

export const rename = formAction(async (ctx, form) => {
  await renameDocument(ctx, readForm(form, renameDocument.input));
});

export const discard = formAction(async (ctx, form) => {
  await discardDocument(ctx, readForm(form, discardDocument.input));
  return { to: "/ops/policies" };
});

export const saveStopGuideAction = formAction(async (ctx, form) => {
  const guide = readForm(form, saveStopGuide.input);
  await saveStopGuide(ctx, guide);
  return { to: at("/ops/policies/*", guide.documentId) };
});
