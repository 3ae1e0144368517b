"use server";

import { draftAnnouncement } from "@/domain/incidents/draft-notice";
import { followAnnouncement } from "@/domain/incidents/follow-announcement";
import { at } from "@/lib/addresses";
import { formAction } from "@/server/action";
import { readForm } from "@/server/read-form";

export const startAnnouncementAction = formAction(async (ctx, form) => {
  const { id } = await draftAnnouncement(ctx, readForm(form, draftAnnouncement.input));
  return { to: at("/ops/announcements/*", id) };
});

/** Begins what corrects an announcement, adds to it or ends it. */
export const followAction = formAction(async (ctx, form) => {
  const { id } = await followAnnouncement(ctx, readForm(form, followAnnouncement.input));
  return { to: at("/ops/announcements/*", id) };
});
