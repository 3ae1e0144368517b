import { createHmac } from "node:crypto";

import { env } from "@/lib/env";

/** The token in the link that confirms a contact: derived from the mail's id, so that it is stored nowhere. */
export const contactToken = (confirmationId: string): string =>
  createHmac("sha256", env().AUTH_SECRET).update(`contact:${confirmationId}`).digest("base64url");
