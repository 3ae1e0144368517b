"use server";

import { draftAnnouncement } from "@/domain/incidents/draft-notice";
import { at } from "@/lib/addresses";
import { formAction } from "@/server/action";
import { readForm } from "@/server/read-form";

export const startAnnouncementAction = formAction(async (ctx, form) => {
  const { id } = await draftAnnouncement(ctx, readForm(form, draftAnnouncement.input));
  return { to: at("/ops/announcements/*", id) };
});
