import { isSignedByUs, sign, type Signer } from "@/lib/signing";

const SHAPE =
  /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.([A-Za-z0-9_-]{43})$/;

/** The last part of a ticket link's address: the row's id and our signature on it, "id.signature". */
export function signedTicketLink(id: string): string {
  return `${id}.${signature(id)}`;
}

/** The id in such a part; null where the signature is not ours, so that no row is looked for. */
export function ticketLinkId(signed: string): string | null {
  const [, id, given] = SHAPE.exec(signed) ?? [];
  return id && given && isSignedByUs(given, (by) => signature(id, by)) ? id : null;
}

const signature = (id: string, by: Signer = sign): string =>
  by(`ticket-link:${id}`).toString("base64url");

/** Whose a link is, as its row keeps it: nobody reads the address out of it. */
export const boundTo = (email: string, by: Signer = sign): string =>
  by(`ticket-link-person:${email}`).toString("base64url");

/** Whether a link that is bound is theirs. */
export const isBoundTo = (bound: string, email: string): boolean =>
  isSignedByUs(bound, (by) => boundTo(email, by));
