"use server";

import { discardDocument, renameDocument } from "@/domain/policies/discard";
import { draftVersion } from "@/domain/policies/draft";
import { saveStopGuide } from "@/domain/policies/save-stop-guide";
import { at } from "@/lib/addresses";
import { formAction } from "@/server/action";
import { readForm } from "@/server/read-form";

export const draft = formAction(async (ctx, form) => {
  const { id, documentId } = await draftVersion(ctx, readForm(form, draftVersion.input));
  return { to: at("/ops/policies/*/*", documentId, id) };
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
