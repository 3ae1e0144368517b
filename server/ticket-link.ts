import "server-only";

import { TICKET_PURPOSES } from "@/db/vocabulary/tickets";
import type { Context } from "@/domain/context";
import type { Capacity } from "@/domain/requests/filing-steps";
import { startDraft } from "@/domain/requests/start-draft";
import { namedNotice, type TicketLinkWish } from "@/domain/tickets/input";
import { beginByLink, takePrefill } from "@/domain/tickets/take-prefill";

import { readChoice, readText } from "./read-form";

/** Support's form for a ticket link, as the verb takes it: what was left empty is left out. */
export function readLinkWish(form: FormData): TicketLinkWish {
  const said = (name: string) => readText(form, `wish.${name}`).trim();
  const common = {
    ticketNumber: readText(form, "wish.ticketNumber"),
    locale: readChoice<"en">(form, "wish.locale"),
    expiresInMinutes: Number(readText(form, "wish.expiresInMinutes")),
    ...some("person", said("person")),
    ...(said("mostUses") && { mostUses: Number(said("mostUses")) }),
  };
  const purpose = TICKET_PURPOSES.find((one) => one === said("purpose"));
  switch (purpose) {
    case "read_notice":
      return { ...common, purpose, notice: namedNotice(readText(form, "wish.notice")) };
    case "read_request":
      return { ...common, purpose, request: said("request") };
    case "deregister_account":
      return { ...common, purpose, uin: said("uin") };
    case "file_request":
    case undefined:
      return {
        ...common,
        purpose: readChoice<"file_request">(form, "wish.purpose"),
        prefill: {
          ...some("type", readChoice<"delete">(form, "wish.prefill.type")),
          ...some("appName", readText(form, "wish.prefill.appName").trim()),
          ...some("sdkAppId", readText(form, "wish.prefill.sdkAppId").trim()),
          ...some("facts", readText(form, "wish.prefill.facts").trim()),
        },
      };
  }
}

const some = <Name extends string, Value extends string>(name: Name, value: Value) =>
  (value ? { [name]: value } : {}) as Partial<Record<Name, Value>>;

/**
 * Begins a request's draft; with the signed part of a ticket's link, with what that brings along. A limited
 * link is used where there is a draft, and nowhere else.
 * @throws Conflict where the link is over; what startDraft throws
 */
export async function beginDraft(
  ctx: Context,
  { capacity, link }: { capacity: Capacity; link: string },
): Promise<Draft> {
  if (!link) return startDraft(ctx, { capacity });
  const { isLimited, brought } = await takePrefill(ctx, { link });
  if (!isLimited) return startDraft(ctx, { ...brought, capacity });
  const begun = await beginByLink(ctx, {
    link,
    begin: (step, found) => startDraft(step, { ...found, capacity }),
  });
  return begun as Draft;
}

type Draft = Awaited<ReturnType<typeof startDraft>>;
