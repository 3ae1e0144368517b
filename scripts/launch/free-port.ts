import net from "node:net";

import { systemCode } from "@/lib/start-error";

/** A port of this machine that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const port = await listenOnce(0, "127.0.0.1");
  if (typeof port !== "number") throw new Error(`the system gave no port: ${port}`);
  return port;
}

/**
 * Why this port can't be listened on: "EADDRINUSE", "EACCES" …, undefined when it can. Asked on
 * every family that localhost may mean.
 */
export async function portProblem(port: number): Promise<string | undefined> {
  for (const host of ["127.0.0.1", "::1", "0.0.0.0"]) {
    const answer = await listenOnce(port, host);
    if (typeof answer === "string" && answer !== "EADDRNOTAVAIL" && answer !== "EAFNOSUPPORT") {
      return answer;
    }
  }
  return undefined;
}

function listenOnce(port: number, host: string): Promise<number | string> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once("error", (error) => resolve(systemCode(error) ?? error.message));
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : ""));
    });
  });
}
