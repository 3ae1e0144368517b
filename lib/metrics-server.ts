import { createHash, timingSafeEqual } from "node:crypto";
import http from "node:http";

import { log } from "./log";
import { measureProcess, metrics } from "./metrics";

type Place = { listen: string; token: string | undefined };

/**
 * Answers `GET /metrics` on an address of its own, which no reader reaches. With a token it asks for
 * it, as `Authorization: Bearer …`.
 * @param measure what is only known when asked for
 */
export async function serveMetrics(
  { listen, token }: Place,
  measure: () => Promise<void> | void = () => undefined,
): Promise<http.Server> {
  measureProcess();
  const server = http.createServer((request, response) => {
    const refuse = (status: number) => response.writeHead(status).end();
    if (request.url !== "/metrics" || request.method !== "GET") return void refuse(404);
    if (token && !isSame(request.headers.authorization ?? "", `Bearer ${token}`))
      return void refuse(401);
    tell(measure).then(
      (body) => response.writeHead(200, { "Content-Type": metrics.registry.contentType }).end(body),
      (error: unknown) => {
        log.warn({ error: error instanceof Error ? error.name : "unknown" }, "metrics not told");
        refuse(500);
      },
    );
  });
  const { hostname, port } = new URL(`http://${listen}`);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(Number(port), hostname.replaceAll(/[[\]]/g, ""), resolve);
  });
  server.unref();
  return server;
}

/** What cannot be measured, the database being away, is left out: an old figure would be taken for a new one. */
async function tell(measure: () => Promise<void> | void): Promise<string> {
  await measure();
  return metrics.registry.metrics();
}

const hash = (text: string) => createHash("sha256").update(text).digest();
const isSame = (one: string, other: string) => timingSafeEqual(hash(one), hash(other));
