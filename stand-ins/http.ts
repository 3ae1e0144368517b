import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

const MAX_BODY_BYTES = 100_000;

/** A request whose form has arrived. */
export type Incoming = {
  method: string;
  path: string;
  query: URLSearchParams;
  authorization: string;
  form: URLSearchParams;
};

export type Answer = { status: number; body: string; headers: Record<string, string> };

/**
 * A server on 127.0.0.1, of small forms and whole answers.
 * @param port 0 or undefined picks a free one
 * @throws Error when the port can't be used
 */
export async function serve(
  port: number | undefined,
  answerAt: (url: string) => (incoming: Incoming) => Answer,
) {
  const server = createServer();
  server.listen(port ?? 0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("the server has no port");
  const url = `http://127.0.0.1:${address.port}`;
  const answer = answerAt(url);
  server.on("request", (request, response) => {
    receive(request)
      .then((incoming) => deliver(answer(incoming), response))
      .catch(() => response.destroy());
  });
  return {
    url,
    port: address.port,
    async close(): Promise<void> {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

/** @throws Error when the body is larger than any form of the protocol */
async function receive(request: IncomingMessage): Promise<Incoming> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new Error("too large");
    chunks.push(chunk);
  }
  const url = new URL(request.url ?? "/", "http://stand-in");
  return {
    method: request.method ?? "GET",
    path: url.pathname,
    query: url.searchParams,
    authorization: request.headers.authorization ?? "",
    form: new URLSearchParams(Buffer.concat(chunks).toString("utf8")),
  };
}

function deliver({ status, body, headers }: Answer, response: ServerResponse): void {
  response.writeHead(status, { "cache-control": "no-store", ...headers });
  response.end(body);
}

export const json = (
  status: number,
  value: object,
  headers: Record<string, string> = {},
): Answer => ({
  status,
  body: JSON.stringify(value),
  headers: { "content-type": "application/json; charset=utf-8", ...headers },
});

export const page = (
  status: number,
  body: string,
  headers: Record<string, string> = {},
): Answer => ({
  status,
  body,
  headers: { "content-type": "text/html; charset=utf-8", ...headers },
});

export const escape = (text: string) =>
  text.replaceAll(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

export const redirect = (to: URL): Answer => ({
  status: 302,
  body: "",
  headers: { location: to.href },
});
