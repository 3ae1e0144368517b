import { type IncomingMessage, type ServerResponse } from "node:http";

const MAX_BODY_BYTES = 40 * 1024 * 1024;

/** A request whose body has arrived. */
export type Incoming = {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage["headers"];
  body: Buffer;
};

/** What goes back: an answer, or something that happens to the socket. */
export type Outgoing =
  | { kind: "answer"; status: number; body: string; type?: string; headers?: Headers }
  | { kind: "half"; status: number; body: string; headers?: Headers }
  | { kind: "hold"; ms: number }
  | { kind: "reset" };

type Headers = Record<string, string>;

/** The request with its body, or null when that is larger than 40 MB. */
export async function receive(request: IncomingMessage): Promise<Incoming | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    // The rest is read and dropped, because leaving the loop would close the socket unanswered.
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  if (size > MAX_BODY_BYTES) return null;

  const url = new URL(request.url ?? "/", "http://stand-in");
  return {
    method: request.method ?? "GET",
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body: Buffer.concat(chunks),
  };
}

export function json(status: number, value: unknown, headers: Headers = {}): Outgoing {
  return { kind: "answer", status, body: JSON.stringify(value), headers };
}

export function deliver(outgoing: Outgoing, response: ServerResponse): void {
  const { socket } = response;
  switch (outgoing.kind) {
    case "reset":
      socket?.resetAndDestroy();
      return;
    case "hold": {
      const timer = setTimeout(() => socket?.destroy(), outgoing.ms);
      socket?.once("close", () => clearTimeout(timer));
      return;
    }
    case "half": {
      const bytes = Buffer.from(outgoing.body);
      response.writeHead(outgoing.status, headersFor(outgoing, bytes.length));
      response.write(bytes.subarray(0, bytes.length >> 1), () => socket?.destroy());
      return;
    }
    case "answer": {
      const bytes = Buffer.from(outgoing.body);
      response.writeHead(outgoing.status, headersFor(outgoing, bytes.length));
      response.end(bytes);
      return;
    }
  }
}

function headersFor(outgoing: { type?: string; headers?: Headers }, length: number): Headers {
  return {
    "content-type": outgoing.type ?? "application/json; charset=utf-8",
    "content-length": String(length),
    ...outgoing.headers,
  };
}
