import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

import { receiveResendWebhook } from "@/server/webhook";

/** The product's webhook without the rest of the web server. @param port a free one unless it is given */
export async function openWebhookDoor(port = 0) {
  const server = createServer((incoming, outgoing) => {
    asRequest(incoming)
      .then(receiveResendWebhook)
      .then((answer) => outgoing.writeHead(answer.status).end())
      // The provider tries again, as it does when our database is away.
      .catch(() => outgoing.writeHead(500).end());
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${taken}/`,
    close(): void {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function asRequest(incoming: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return new Request("http://localhost/api/webhooks/resend", {
    method: "POST",
    headers: Object.entries(incoming.headers).map(([name, value]): [string, string] => [
      name,
      String(value),
    ]),
    body: Buffer.concat(chunks),
  });
}
