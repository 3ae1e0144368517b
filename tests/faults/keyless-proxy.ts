import { randomUUID } from "node:crypto";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * Stands between the worker and the provider and gives every request an idempotency key of its own:
 * to the provider it is a worker that knows no keys. The product has no such switch.
 */
export async function startKeylessProxy(target: string) {
  const server = createServer((incoming, outgoing) => {
    const onward = request(`${target}${incoming.url}`, {
      method: incoming.method ?? "GET",
      headers: { ...incoming.headers, "idempotency-key": randomUUID() },
    });
    onward.on("response", (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
      answer.on("error", () => outgoing.destroy());
    });
    onward.on("error", () => outgoing.destroy());
    incoming.on("error", () => onward.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close(): void {
      server.closeAllConnections();
      server.close();
    },
  };
}
