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
