import diagnostics from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";

/**
 * The header in which a request carries the address of its connection. Next hands no connection to
 * pages and actions, and the X-Forwarded-For it offers is the caller's own where the caller sent one.
 */
export const PEER_HEADER = "x-gaozhi-peer";

/** Writes the header onto every request of this process before anybody reads it, whatever it held. */
export function stampPeers(): void {
  diagnostics.subscribe("http.server.request.start", (message) => {
    const { request } = message as { request: IncomingMessage };
    request.headers[PEER_HEADER] = request.socket.remoteAddress ?? "";
  });
}
