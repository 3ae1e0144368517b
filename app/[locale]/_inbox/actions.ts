"use server";

import { archiveMessages, closePopup, markAllRead, markRead } from "@/domain/inbox/mark";
import { buttonAction } from "@/server/action";
import { inboxAddress } from "@/server/inbox-address";
import { readForm, readText } from "@/server/read-form";

export const closePopupAction = buttonAction(async (ctx, form) =>
  closePopup(ctx, readForm(form, closePopup.input)),
);

export const markAllReadAction = buttonAction(async (ctx) => markAllRead(ctx, {}));

export const markReadAction = buttonAction(async (ctx, form) =>
  markRead(ctx, { ids: [readText(form, "id")], read: true }),
);

/** Back to the list: the message's own page would read it again. */
export const markUnreadAction = buttonAction(async (ctx, form) => {
  await markRead(ctx, { ids: [readText(form, "id")], read: false });
  return { to: inboxAddress(form) };
});

/** Back to the list the message was in, where it can be undone. */
export const archiveAction = buttonAction(async (ctx, form) => {
  const id = readText(form, "id");
  await archiveMessages(ctx, { ids: [id], archived: true });
  return { to: inboxAddress(form, { archived: id }) };
});

export const unarchiveAction = buttonAction(async (ctx, form) => {
  await archiveMessages(ctx, { ids: [readText(form, "id")], archived: false });
  return { to: inboxAddress(form) };
});
