"use server";

import { changeOwnSettings } from "@/domain/access/own-settings";
import { endOwnSessions } from "@/domain/access/own-sessions";
import { chooseCheckpointMails } from "@/domain/audit/checkpoint-mails";
import { addBrowser } from "@/domain/endpoints/add-browser";
import { addBrowserInput } from "@/domain/endpoints/input";
import { removeBrowser } from "@/domain/endpoints/remove";
import { testEndpoint } from "@/domain/endpoints/test";
import { buttonAction, formAction } from "@/server/action";
import { readBox, readChoice, readForm, readText } from "@/server/read-form";
import { currentVisitor } from "@/server/visitor";

export const changeSettingsAction = formAction(async (ctx, form) => {
  await changeOwnSettings(ctx, {
    locale: readChoice(form, "mailLocale"),
    wantsAnnouncementMails: readBox(form, "wantsAnnouncementMails"),
    wantsMinorChangeMails: readBox(form, "wantsMinorChangeMails"),
    showsAddress: readBox(form, "showsAddress"),
  });
});

export const chooseCheckpointMailsAction = formAction(async (ctx, form) => {
  await chooseCheckpointMails(ctx, { isWanted: readBox(form, "isWanted") });
});

export const endSessionAction = buttonAction((ctx, form) =>
  endOwnSessions(ctx, { which: { sessionId: readText(form, "session") } }),
);

export const addBrowserAction = formAction(async (ctx, form) => {
  const { device } = await currentVisitor();
  await addBrowser(ctx, { ...readForm(form, addBrowserInput), device });
});

export const testBrowserAction = formAction(async (ctx, form) => {
  await testEndpoint(ctx, readForm(form, testEndpoint.input));
});

export const removeBrowserAction = formAction(async (ctx, form) => {
  await removeBrowser(ctx, readForm(form, removeBrowser.input));
  return { messageKey: "endpoints.browser.ended" };
});

export const endOtherSessionsAction = buttonAction((ctx) =>
  endOwnSessions(ctx, { which: "others" }),
);
