"use server";

import { draftAnnouncement } from "@/domain/incidents/draft-notice";
import { formAction } from "@/server/action";
import { readLocale, readText } from "@/server/form-fields";

export const startAnnouncementAction = formAction(async (ctx, form) => {
  const { id } = await draftAnnouncement(ctx, {
    productId: readText(form, "productId"),
    title: readText(form, "title"),
  });
  return { to: `/${readLocale(form)}/ops/announcements/${id}` };
});
