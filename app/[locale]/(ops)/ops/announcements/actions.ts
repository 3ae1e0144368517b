"use server";

import { draftAnnouncement } from "@/domain/incidents/draft-notice";
import { formAction } from "@/server/action";
import { readForm, readLocale } from "@/server/read-form";

export const startAnnouncementAction = formAction(async (ctx, form) => {
  const { id } = await draftAnnouncement(ctx, readForm(form, draftAnnouncement.input));
  return { to: `/${readLocale(form)}/ops/announcements/${id}` };
});
