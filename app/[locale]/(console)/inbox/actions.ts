"use server";

import { archiveMessages, closePopup, markAllRead, markRead } from "@/domain/inbox/mark";
import { buttonAction } from "@/server/action";
import { readText } from "@/server/form-fields";

export const closePopupAction = buttonAction(async (ctx, form) =>
  closePopup(ctx, { id: readText(form, "id") }),
);

export const markAllReadAction = buttonAction(async (ctx) => markAllRead(ctx, {}));

export const markReadAction = buttonAction(async (ctx, form) =>
  markRead(ctx, { ids: [readText(form, "id")], read: readText(form, "read") === "true" }),
);

export const archiveAction = buttonAction(async (ctx, form) =>
  archiveMessages(ctx, {
    ids: [readText(form, "id")],
    archived: readText(form, "archived") === "true",
  }),
);
