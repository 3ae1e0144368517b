"use server";

import { changeOwnSettings } from "@/domain/access/own-settings";
import { endOwnSessions } from "@/domain/access/own-sessions";
import { buttonAction, formAction } from "@/server/action";
import { readBox, readChoice, readText } from "@/server/read-form";

export const changeSettingsAction = formAction(async (ctx, form) => {
  await changeOwnSettings(ctx, {
    locale: readChoice(form, "mailLocale"),
    wantsAnnouncementMails: readBox(form, "wantsAnnouncementMails"),
    wantsMinorChangeMails: readBox(form, "wantsMinorChangeMails"),
    showsAddress: readBox(form, "showsAddress"),
  });
});

export const endSessionAction = buttonAction((ctx, form) =>
  endOwnSessions(ctx, { which: { sessionId: readText(form, "session") } }),
);

export const endOtherSessionsAction = buttonAction((ctx) =>
  endOwnSessions(ctx, { which: "others" }),
);
