"use server";

import {
  lookAtAudience,
  retireAudience,
  saveAudience,
  useAudience,
} from "@/domain/incidents/save-audience";
import { at } from "@/lib/addresses";
import { formAction } from "@/server/action";
import { readForm } from "@/server/read-form";

export const saveAudienceAction = formAction(async (ctx, form) => {
  const { audienceId } = await saveAudience(ctx, readForm(form, saveAudience.input));
  return { to: at("/ops/audiences", { show: audienceId, done: "audienceSaved" }) };
});

export const useAudienceAction = formAction(async (ctx, form) => {
  await useAudience(ctx, readForm(form, useAudience.input));
});

export const lookAtAudienceAction = formAction(async (ctx, form) => {
  const { audienceId } = readForm(form, lookAtAudience.input);
  await lookAtAudience(ctx, { audienceId });
  return { to: at("/ops/audiences", { show: audienceId, done: "audienceLookedAt" }) };
});

export const retireAudienceAction = formAction(async (ctx, form) => {
  await retireAudience(ctx, readForm(form, retireAudience.input));
  return { to: at("/ops/audiences", { done: "audienceRetired" }) };
});
