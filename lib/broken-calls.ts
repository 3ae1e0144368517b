import diagnostics from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";

/** The header in which a form's request carries the number it has in this process. */
export const CALL_HEADER = "x-gaozhi-call";

/** Kept on the global object because Next bundles this file more than once. */
declare global {
  var gaozhiBegunCalls: Set<string> | undefined;
}

const begun = (): Set<string> => (globalThis.gaozhiBegunCalls ??= new Set());

/** Says that a request has reached its action: what fails from here on is ours. */
export function beginCall(headers: Headers): void {
  const call = headers.get(CALL_HEADER);
  if (call) begun().add(call);
}

/**
 * Answers 400 in the place of 500 where a form's request broke before it reached any action: Next
 * takes arguments that it cannot read for a fault of the page.
 */
export function answerBrokenCalls(): void {
  let calls = 0;
  diagnostics.subscribe("http.server.request.start", (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    Reflect.deleteProperty(request.headers, CALL_HEADER);
    if (request.method !== "POST" || request.url?.startsWith("/api/")) return;
    const call = String((calls += 1));
    request.headers[CALL_HEADER] = call;
    response.once("close", () => begun().delete(call));
    const write = response.writeHead.bind(response) as (...parts: unknown[]) => ServerResponse;
    response.writeHead = (status: number, ...rest: unknown[]) =>
      write(status === 500 && !begun().has(call) ? 400 : status, ...rest);
  });
}
