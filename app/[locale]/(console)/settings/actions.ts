"use server";

import { changeOwnSettings } from "@/domain/access/own-settings";
import { formAction } from "@/server/action";
import { readBox, readChoice } from "@/server/read-form";

export const changeSettingsAction = formAction(async (ctx, form) => {
  await changeOwnSettings(ctx, {
    locale: readChoice(form, "mailLocale"),
    wantsAnnouncementMails: readBox(form, "wantsAnnouncementMails"),
  });
});
