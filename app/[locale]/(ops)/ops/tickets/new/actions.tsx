"use server";

import { issueTicketLink } from "@/domain/tickets/issue-link";
import { hashOf } from "@/lib/hash";
import { formAction } from "@/server/action";
import { readLinkWish } from "@/server/ticket-form";
import { readText } from "@/server/read-form";

import { IssuedLink } from "./_components/issued-link";

/** The same form sent twice is the same link; changed in between it is another. */
export const issueLinkAction = formAction(async (ctx, form) => {
  const wish = readLinkWish(form);
  const sent = [...form]
    .filter(([name]) => !name.startsWith("$"))
    .map(([, value]) => String(value));
  const link = await issueTicketLink(ctx, {
    wish,
    idempotencyKey: hashOf([readText(form, "formId"), ...sent.map((text) => text.toWellFormed())]),
  });
  return { shown: <IssuedLink link={link} /> };
});
