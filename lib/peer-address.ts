import { randomBytes } from "node:crypto";
import diagnostics from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";

/**
 * The header in which a request carries the address of its connection. Next hands no connection to
 * pages and actions, and the X-Forwarded-For it offers is the caller's own where the caller sent one.
 */
export const PEER_HEADER = "x-gaozhi-peer";

/** Marks a request that this process sends to itself (server/front.ts); nobody else can know the word. */
const INNER_HEADER = "x-gaozhi-inner";
const INNER_WORD = randomBytes(32).toString("base64url");

export const isInner = ({ headers }: Pick<IncomingMessage, "headers">): boolean =>
  headers[INNER_HEADER] === INNER_WORD;

/** What a request to oneself carries of the reader it is sent for. */
export const innerHeaders = (of: IncomingMessage): Record<string, string> => ({
  [INNER_HEADER]: INNER_WORD,
  [PEER_HEADER]: of.socket.remoteAddress ?? "",
});

/** Writes the header onto every request of this process before anybody reads it, whatever it held. */
export function stampPeers(): void {
  diagnostics.subscribe("http.server.request.start", (message) => {
    const { request } = message as { request: IncomingMessage };
    if (!isInner(request)) request.headers[PEER_HEADER] = request.socket.remoteAddress ?? "";
  });
}
