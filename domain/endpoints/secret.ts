import { randomBytes } from "node:crypto";

/** A secret that signs webhooks, in the form of the Standard Webhooks specification: 24 to 64 bytes. */
export const newWebhookSecret = (): string => `whsec_${randomBytes(32).toString("base64")}`;
