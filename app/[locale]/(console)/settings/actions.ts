"use server";

import { browserHash } from "@/domain/access/browser-mark";
import { changeOwnSettings } from "@/domain/access/own-settings";
import { endOwnSessions } from "@/domain/access/own-sessions";
import { chooseCheckpointMails } from "@/domain/audit/checkpoint-mails";
import { addBrowser } from "@/domain/endpoints/add-browser";
import { askNumber } from "@/domain/endpoints/ask-number";
import { confirmNumber } from "@/domain/endpoints/confirm-number";
import { addBrowserInput } from "@/domain/endpoints/input";
import { removeBrowser } from "@/domain/endpoints/remove";
import { testEndpoint } from "@/domain/endpoints/test";
import { Invalid } from "@/domain/errors";
import { chooseHandlerMails } from "@/domain/requests/handler-choices";
import { buttonAction, formAction } from "@/server/action";
import { readBox, readChoice, readForm, readText } from "@/server/read-form";
import { markBrowser } from "@/server/visitor";

export const changeSettingsAction = formAction(async (ctx, form) => {
  await changeOwnSettings(ctx, {
    ...readForm(form, changeOwnSettings.input),
    locale: readChoice(form, "mailLocale"),
  });
});

export const chooseCheckpointMailsAction = formAction(async (ctx, form) => {
  await chooseCheckpointMails(ctx, { isWanted: readBox(form, "isWanted") });
});

export const chooseHandlerMailsAction = formAction(async (ctx, form) => {
  await chooseHandlerMails(ctx, readForm(form, chooseHandlerMails.input));
});

export const endSessionAction = buttonAction((ctx, form) =>
  endOwnSessions(ctx, { which: { sessionId: readText(form, "session") } }),
);

export const addBrowserAction = formAction(async (ctx, form) => {
  const { device, mark } = await markBrowser();
  const given = readForm(form, addBrowserInput);
  await addBrowser(ctx, { ...given, device, browserHash: browserHash(mark) });
});

export const testBrowserAction = formAction(async (ctx, form) => {
  await testEndpoint(ctx, readForm(form, testEndpoint.input));
});

export const removeBrowserAction = formAction(async (ctx, form) => {
  await removeBrowser(ctx, readForm(form, removeBrowser.input));
  return { messageKey: "endpoints.browser.ended" };
});

export const askNumberAction = formAction(async (ctx, form) => {
  await askNumber(ctx, readForm(form, askNumber.input));
});

export const confirmNumberAction = formAction(async (ctx, form) => {
  if (await confirmNumber(ctx, readForm(form, confirmNumber.input)))
    return { messageKey: "endpoints.number.confirmed" };
  throw new Invalid("errors.form", { code: ["endpoints.errors.wrongCode"] });
});

export const removeNumberAction = formAction(async (ctx, form) => {
  await removeBrowser(ctx, readForm(form, removeBrowser.input));
  return { messageKey: "endpoints.number.ended" };
});

export const endOtherSessionsAction = buttonAction((ctx) =>
  endOwnSessions(ctx, { which: "others" }),
);
