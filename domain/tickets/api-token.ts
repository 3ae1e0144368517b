import { createHash, randomBytes } from "node:crypto";

/** Begins every token, so that one that leaks is found by its look. */
const PREFIX = "gaozhi_";
const HINT_LENGTH = PREFIX.length + 4;

/** A new API token of 256 random bits; shown once, kept by its hash alone. */
export const newApiToken = (): string => PREFIX + randomBytes(32).toString("base64url");

/** How a token begins: enough to know it by, too little to use. */
export const apiTokenHint = (token: string): string => token.slice(0, HINT_LENGTH);

/** What is stored of a token. It is random enough that a plain hash cannot be guessed back. */
export const hashApiToken = (token: string): string =>
  createHash("sha256").update(token).digest("hex");
