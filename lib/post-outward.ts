import http from "node:http";
import https from "node:https";
import { isIP } from "node:net";

import { lettingOut } from "./outward";
import { type Lookup, NotPostable, pin, type Pinned } from "./public-address";

export type OutwardPost = {
  url: string;
  headers: Record<string, string>;
  body: string | Buffer;
};

/**
 * What came of it: an answer, with at most 64 KB of its text; `refused`, it may not be posted there;
 * `unsent`, nothing has left; `uncertain`, it may have arrived.
 */
export type PostAnswer =
  | { kind: "answered"; status: number; headers: http.IncomingHttpHeaders; text: string }
  | { kind: "refused" | "unsent" | "uncertain"; reason: string };

type Options = {
  /** Hosts as host:port that are no public addresses, and may be posted to all the same. */
  also?: readonly string[];
  look?: Lookup;
  /** Of the whole: connecting, sending, reading. Milliseconds. */
  timeoutMs?: number;
  /** A certificate authority besides the machine's own, in tests. */
  ca?: string;
};

const TIMEOUT_MS = 10_000;
const MOST_ANSWER = 64 * 1024;

/**
 * Posts once to an address that somebody outside named: public unicast only, resolved once and
 * pinned, no redirect followed, no more of the answer read than is kept (OWASP ASVS 5.0, 1.3.6).
 */
export async function postOutward(post: OutwardPost, options: Options = {}): Promise<PostAnswer> {
  try {
    return await send(post, { pinned: await pin(post.url, options), ...options });
  } catch (error) {
    if (!(error instanceof NotPostable)) throw error;
    const kind = error.code === "no_such_host" ? "unsent" : "refused";
    return { kind, reason: error.code };
  }
}

type Sending = Pick<Options, "timeoutMs" | "ca"> & { pinned: Pinned };

function send(post: OutwardPost, sending: Sending): Promise<PostAnswer> {
  return new Promise((resolve) => {
    let hasLeft = false;
    const request = lettingOut(sending.pinned, () => open(post, sending));
    request.on("socket", (socket) => {
      // What is written before is held back until then.
      socket.once(sending.pinned.url.protocol === "https:" ? "secureConnect" : "connect", () => {
        hasLeft = true;
      });
    });
    request.on("error", (error: NodeJS.ErrnoException) => {
      const reason = error.code === "ABORT_ERR" ? "timeout" : (error.code ?? "no_answer");
      resolve({ kind: hasLeft ? "uncertain" : "unsent", reason });
    });
    request.on("response", (response) => {
      const { statusCode: status = 0, headers } = response;
      void readText(response).then((text) => resolve({ kind: "answered", status, headers, text }));
    });
    request.end(post.body);
  });
}

/** A connection of its own to the pinned address; the certificate is that of the name. */
function open({ headers, body }: OutwardPost, { pinned, timeoutMs = TIMEOUT_MS, ca }: Sending) {
  const { url, address, port } = pinned;
  const name = url.hostname.replace(/^\[|\]$/g, "");
  const options: https.RequestOptions = {
    ...{ method: "POST", host: address, port, path: url.pathname + url.search, agent: false },
    headers: { ...headers, host: url.host, "content-length": Buffer.byteLength(body) },
    signal: AbortSignal.timeout(timeoutMs),
    ...(isIP(name) === 0 && { servername: name }),
    ...(ca !== undefined && { ca }),
  };
  return url.protocol === "https:" ? https.request(options) : http.request(options);
}

/** What came of the answer's text, at most 64 KB: the rest is neither kept nor waited for. */
function readText(response: http.IncomingMessage): Promise<string> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let size = 0;
    const end = () => resolve(Buffer.concat(parts).subarray(0, MOST_ANSWER).toString("utf8"));
    response.on("data", (part: Buffer) => {
      parts.push(part);
      size += part.length;
      if (size >= MOST_ANSWER) response.destroy();
    });
    response.once("close", end);
    response.once("error", end);
  });
}
