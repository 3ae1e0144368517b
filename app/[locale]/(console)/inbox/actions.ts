"use server";

import { archiveMessages, closePopup, markAllRead, markRead } from "@/domain/inbox/mark";
import { buttonAction } from "@/server/action";
import { readLocale, readText } from "@/server/form-fields";

export const closePopupAction = buttonAction(async (ctx, form) =>
  closePopup(ctx, { id: readText(form, "id") }),
);

export const markAllReadAction = buttonAction(async (ctx) => markAllRead(ctx, {}));

export const markReadAction = buttonAction(async (ctx, form) =>
  markRead(ctx, { ids: [readText(form, "id")], read: true }),
);

/** Back to the list: the message's own page would read it again. */
export const markUnreadAction = buttonAction(async (ctx, form) => {
  await markRead(ctx, { ids: [readText(form, "id")], read: false });
  return { to: `/${readLocale(form)}/inbox` };
});

export const archiveAction = buttonAction(async (ctx, form) => {
  const archived = readText(form, "archived") === "true";
  await archiveMessages(ctx, { ids: [readText(form, "id")], archived });
  return { to: `/${readLocale(form)}/inbox` };
});
