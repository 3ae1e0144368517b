"use server";

import { completeEndDisposal } from "@/domain/disposals/ends";
import { removeStore, saveStore } from "@/domain/disposals/stores";
import { formAction } from "@/server/action";
import { readForm } from "@/server/read-form";

export const complete = formAction(async (ctx, form) => {
  const { isSettled } = await completeEndDisposal(ctx, readForm(form, completeEndDisposal.input));
  return { messageKey: isSettled ? "disposals.settledNow" : "disposals.doneNow" };
});

export const save = formAction(async (ctx, form) => {
  await saveStore(ctx, readForm(form, saveStore.input));
  return { to: "/ops/disposals/stores" };
});

export const remove = formAction(async (ctx, form) => {
  await removeStore(ctx, readForm(form, removeStore.input));
  return { to: "/ops/disposals/stores" };
});
