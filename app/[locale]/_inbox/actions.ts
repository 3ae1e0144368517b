"use server";

import { archiveMessages, closePopup, markAllRead, markRead } from "@/domain/inbox/mark";
import { at } from "@/lib/addresses";
import { buttonAction } from "@/server/action";
import { readForm, readText } from "@/server/read-form";

export const closePopupAction = buttonAction(async (ctx, form) =>
  closePopup(ctx, readForm(form, closePopup.input)),
);

export const markAllReadAction = buttonAction(async (ctx) => markAllRead(ctx, {}));

/** An incident's page reads every message that told of it, so its form carries several. */
export const markReadAction = buttonAction(async (ctx, form) =>
  markRead(ctx, { ids: form.getAll("id").map(String), read: true }),
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
  return { to: inboxAddress(form, id) };
});

export const unarchiveAction = buttonAction(async (ctx, form) => {
  await archiveMessages(ctx, { ids: [readText(form, "id")], archived: false });
  return { to: inboxAddress(form) };
});

/** The inbox a form was sent from, of the console or of operations, in its view. */
function inboxAddress(form: FormData, archived?: string) {
  const view = readText(form, "show");
  return at(`${readText(form, "room") === "/ops" ? "/ops" : ""}/inbox`, {
    show: /^\w+$/.test(view) && view,
    archived,
  });
}
