import http, { type IncomingMessage, ServerResponse } from "node:http";

import { preferredLocale, problem } from "./problem";

/** Methods that some address takes. Next fails at TRACE, and shows a page to whatever else is asked. */
const KNOWN = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** Refuses every other method before Next sees it: TRACE would tell a request's headers (OWASP ASVS 13.4.4). */
export function refuseStrangeMethods(): void {
  const emit = http.Server.prototype.emit;
  http.Server.prototype.emit = function (this: http.Server, event: string, ...given: unknown[]) {
    const [request, response] = given;
    const isStrange =
      event === "request" &&
      request instanceof http.IncomingMessage &&
      !KNOWN.includes(request.method ?? "");
    if (!isStrange || !(response instanceof ServerResponse))
      return Boolean(Reflect.apply(emit, this, [event, ...given]));
    void refuse(request, response);
    return true;
  };
}

async function refuse(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const language = request.headers["accept-language"] ?? "";
  const asked = new Request("http://localhost/", { headers: { "accept-language": language } });
  const answer = problem({
    ...{ code: "method_not_allowed", locale: preferredLocale(asked) },
    headers: { Allow: KNOWN.join(", ") },
  });
  // What a body of such a request holds is nobody's next request.
  response.writeHead(answer.status, {
    ...Object.fromEntries(answer.headers),
    connection: "close",
  });
  response.end(await answer.text());
}

const TEXT = "text/plain; charset=utf-8";
const SVG = "image/svg+xml";

/**
 * Says of what Next sends what it is (OWASP ASVS 4.1.1): it writes the address of a redirect as a body
 * without a type, and an icon without a charset. Beneath Next, because it has no place for it.
 */
export function typeAnswers(): void {
  const { writeHead } = ServerResponse.prototype;
  ServerResponse.prototype.writeHead = function (this: ServerResponse, ...given: unknown[]) {
    const [status] = given;
    const type = this.getHeader("content-type");
    if (type === SVG) this.setHeader("content-type", `${SVG}; charset=utf-8`);
    // With headers given along, whoever answers has said what there is to say.
    else if (type === undefined && given.length === 1 && isRedirect(status) && !this.headersSent)
      this.setHeader("content-type", TEXT);
    return Reflect.apply(writeHead as (...parts: unknown[]) => ServerResponse, this, given);
  } as typeof writeHead;
}

const isRedirect = (status: unknown): boolean =>
  typeof status === "number" && status >= 300 && status < 400 && status !== 304;
