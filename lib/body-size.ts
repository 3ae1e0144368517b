import diagnostics from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";

/** As next.config.js lets actions take, where somebody signed in may send a file; elsewhere a form's fields. */
const MOST_BYTES = 12 * 1024 * 1024;
const MOST_OF_FIELDS = 1024 * 1024;
const TAKES_FILES = /^\/[^/]+\/(ops|requests)\/./;
const FOR_MACHINES = /^\/(api|feeds)(\/|$)/;

const REQUEST_BEGINS = "http.server.request.start";

type Body = { method: string; pathname: string; length: string | null; isChunked: boolean };

/**
 * Whether a body is one that a form may have, is too large, or is large enough for a file, which
 * takes a signed-in sender. One that does not say its length is too large: no browser sends a form so.
 */
export function sizeOfBody({ method, pathname, length, isChunked }: Body) {
  if (method !== "POST" || FOR_MACHINES.test(pathname)) return "fields";
  const bytes = length === null && isChunked ? Infinity : Number(length ?? 0);
  if (bytes <= MOST_OF_FIELDS) return "fields";
  return bytes > MOST_BYTES || !TAKES_FILES.test(pathname) ? "too large" : "file";
}

/**
 * Lets nothing of a body that is too large into memory, nor of one as large as a file from who shows
 * no session: Next reads a body whole before proxy.ts can refuse it. Works before anybody reads it,
 * on every server of the process.
 * @returns ends it
 */
export function dropLargeBodies(sessionCookie: string): () => void {
  const look = (message: unknown) => {
    const { request } = message as { request: IncomingMessage };
    const { method = "", url = "", headers } = request;
    const size = sizeOfBody({
      method,
      pathname: url.split("?")[0] ?? "",
      length: headers["content-length"] ?? null,
      isChunked: headers["transfer-encoding"] !== undefined,
    });
    const isKept =
      size === "fields" || (size === "file" && headers.cookie?.includes(`${sessionCookie}=`));
    if (isKept) return;
    // The parser hands over each part by push; only the end of the body is passed on.
    request.push = (part: unknown) => part !== null || Readable.prototype.push.call(request, null);
  };
  diagnostics.subscribe(REQUEST_BEGINS, look);
  return () => void diagnostics.unsubscribe(REQUEST_BEGINS, look);
}
