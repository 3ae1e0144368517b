import { randomUUID } from "node:crypto";
import http, { type IncomingMessage, type ServerResponse } from "node:http";

import { metrics } from "@/lib/metrics";
import { isInner } from "@/lib/peer-address";
import { inRequest, REQUEST_ID_HEADER } from "@/lib/request-id";
import { routeOf } from "@/lib/route-of";
import { beginStep } from "@/lib/traces";

export type Visit = { server: http.Server; request: IncomingMessage; response: ServerResponse };

/**
 * Hands each request to `take` before Next sees it, under an id of its own, and counts it. Next opens
 * its server itself and lets nobody before it, so each request is taken where it is told.
 */
export function takeVisits(take: (visit: Visit, onward: () => boolean) => void): void {
  const emit = http.Server.prototype.emit;
  http.Server.prototype.emit = function (this: http.Server, event: string, ...given: unknown[]) {
    const onward = () => Boolean(Reflect.apply(emit, this, [event, ...given]));
    const [request, response] = given;
    const isRequest =
      event === "request" &&
      request instanceof http.IncomingMessage &&
      response instanceof http.ServerResponse;
    if (!isRequest) return onward();
    const id = randomUUID();
    response.setHeader(REQUEST_ID_HEADER, id);
    if (!isInner(request)) count(request, response);
    const answer = () => inRequest(id, () => take({ server: this, request, response }, onward));
    stepOf(request, response, id)(answer);
    return true;
  };
}

/** Where traces are made, what runs in the step of this request until its answer has ended. */
function stepOf(
  { url = "", method = "" }: IncomingMessage,
  response: ServerResponse,
  id: string,
): (work: () => void) => void {
  const route = routeOf(url);
  const step = beginStep(`${methodOf(method)} ${route}`, {
    kind: "server",
    told: { "http.route": route, "gaozhi.request": id },
  });
  if (!step) return (work) => work();
  response.once("close", () => {
    const { statusCode } = response;
    const error = statusCode < 500 ? undefined : { name: String(statusCode) };
    step.end({ "http.response.status_code": statusCode }, error);
  });
  return (work) => step.run(work);
}

function count({ url = "", method = "" }: IncomingMessage, response: ServerResponse): void {
  const began = performance.now();
  response.once("close", () => {
    const route = routeOf(url);
    metrics.requests.inc({ route, method: methodOf(method), status: response.statusCode });
    metrics.requestSeconds.observe({ route }, (performance.now() - began) / 1_000);
  });
}

/** Whatever else somebody sends, it must not make a series of its own. */
const methodOf = (method: string): string =>
  ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"].includes(method) ? method : "other";
