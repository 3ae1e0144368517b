import { issueTicketLink } from "@/domain/tickets/issue-link";

import { contextOf } from "./people";

/** The signed part of a ticket link that support has just made. */
export async function givenTicketLink(): Promise<string> {
  const { url } = await issueTicketLink(await contextOf("support"), {
    wish: { ticketNumber: "T-0001", purpose: "file_request", prefill: { type: "consult" } },
    idempotencyKey: null,
  });
  return url.split("/").at(-1) ?? "";
}
