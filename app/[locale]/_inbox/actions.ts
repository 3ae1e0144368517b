"use server";

import { getTranslations } from "next-intl/server";

import type { Context } from "@/domain/context";
import { confirmKnown } from "@/domain/inbox/know";
import {
  changeMessages,
  closePopup,
  markAllRead,
  markRead,
  type MessageChange,
  takeBack,
} from "@/domain/inbox/mark";
import { at } from "@/lib/addresses";
import { buttonAction, formAction } from "@/server/action";
import { readChoice, readForm, readLocale, readText } from "@/server/read-form";

import { inboxAddress, readPlace } from "./place";

export const closePopupAction = buttonAction(async (ctx, form) =>
  closePopup(ctx, readForm(form, closePopup.input)),
);

/** An incident's page reads every message that told of it, so its form carries several. */
export const markReadAction = buttonAction(async (ctx, form) =>
  markRead(ctx, { ids: form.getAll("id").map(String), read: true }),
);

export const markAllReadAction = buttonAction(async (ctx, form) => {
  await markAllRead(ctx, {});
  return { to: inboxAddress(readPlace(form), { undo: `read.${ctx.now.getTime()}` }) };
});

/** One message: back to the list, for the message's own page would read it again. */
export const changeMessageAction = buttonAction(async (ctx, form) => change(ctx, form));

/** Those that are ticked in the list. */
export const changeMessagesAction = formAction(async (ctx, form) => change(ctx, form));

/** The sentence is composed here, never taken from the form: the record says what was shown. */
export const confirmKnownAction = formAction(async (ctx, form) => {
  const locale = readLocale(form);
  const t = await getTranslations({ locale, namespace: "inbox.know" });
  const id = readText(form, "id");
  await confirmKnown(ctx, { id, statement: t("statement"), locale });
  return { to: at("/inbox/*", id, { "#": "known" }) };
});

/** Takes back what the list was just told. */
export const takeBackAction = buttonAction(async (ctx, form) => {
  await takeBack(ctx, readForm(form, takeBack.input));
  return { to: inboxAddress(readPlace(form)) };
});

/** Back to the list the messages were in, where it can be undone. */
async function change(ctx: Context, form: FormData) {
  const undo = await changeMessages(ctx, {
    ids: form.getAll("id").map(String),
    change: readChoice<MessageChange>(form, "change"),
  });
  return { to: inboxAddress(readPlace(form), { undo: undo && `${undo}.${ctx.now.getTime()}` }) };
}
