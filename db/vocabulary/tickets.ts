/** What an API token may do. */
export const TOKEN_SCOPES = [
  "ticket_links",
  "accounts_read",
  "accounts_write",
  "compliance_read",
] as const;
export type TokenScope = (typeof TOKEN_SCOPES)[number];

/** The one thing a support ticket's link opens. */
export const TICKET_PURPOSES = [
  "file_request",
  "read_request",
  "read_notice",
  "deregister_account",
] as const;
export type TicketPurpose = (typeof TICKET_PURPOSES)[number];
