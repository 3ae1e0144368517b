import { sign, type Signer } from "@/lib/signing";

/** The token in the link that confirms a contact: derived from the mail's id, so that it is stored nowhere. */
export const contactToken = (confirmationId: string, by: Signer = sign): string =>
  by(`contact:${confirmationId}`).toString("base64url");
