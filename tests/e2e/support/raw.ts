import http from "node:http";
import net from "node:net";

const port = () => Number(process.env.E2E_PORT);
const HOST = "127.0.0.1";

export type RawAnswer = { status: number; headers: http.IncomingHttpHeaders; body: string };

/** Asks by any method that node can write, TRACE among them, which fetch refuses to. */
export function askBy(
  method: string,
  address: string,
  headers: http.OutgoingHttpHeaders = {},
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const request = http.request({ host: HOST, port: port(), method, path: address, headers });
    request.on("error", reject);
    request.on("response", (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("error", reject);
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(parts).toString("utf8"),
        }),
      );
    });
    request.end();
  });
}

/**
 * Writes these very bytes and reads until the server ends the connection, which it is asked to do.
 * @returns the statuses of all answers in turn
 */
export function statusesOf(bytes: string): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port(), HOST);
    const parts: Buffer[] = [];
    socket.on("data", (part) => parts.push(part));
    // Who is refused in the middle of a request may see the connection break.
    socket.on("error", (error: NodeJS.ErrnoException) =>
      error.code === "ECONNRESET" || error.code === "EPIPE" ? undefined : reject(error),
    );
    socket.on("close", () => {
      const text = Buffer.concat(parts).toString("latin1");
      resolve([...text.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status)));
    });
    socket.write(bytes, "latin1");
  });
}
