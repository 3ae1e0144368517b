import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";

type Line = { count: number; named?: string[]; url?: string };
export type Standing = {
  asOf: string;
  apps?: Line;
  traffic?: Line;
  bills?: Line;
  tickets?: Line;
};

/** What the next call meets instead of an answer: a status, a page of a proxy, a connection that breaks, none at all. */
export type Fault = { status: number } | "strange" | "cut" | "silent";

type Options = { key: string; port?: number };

/**
 * Stands in for a vendor's interface of a service's standing, README.md beside this.
 * @returns its address, where each account stands by its UIN, and where faults are put in line
 */
export async function startServiceStanding({ key, port = 0 }: Options) {
  const standings = new Map<string, Standing>();
  const faults: Fault[] = [];
  const server = createServer((request, response) => {
    const fault = faults.shift();
    if (fault !== undefined) return meet(fault, response);
    const uin = /^\/accounts\/([^/]+)\/standing$/.exec(request.url ?? "")?.[1] ?? "";
    const found = standings.get(decodeURIComponent(uin));
    if (request.headers.authorization !== `Bearer ${key}`) return say(response, 401);
    return found ? say(response, 200, found) : say(response, 404);
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("the stand-in has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    standings,
    faults,
    async stop(): Promise<void> {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

function meet(fault: Fault, response: ServerResponse): void {
  if (fault === "silent") return;
  if (fault === "cut") response.destroy();
  else if (fault === "strange") response.end("<html>gateway</html>");
  else say(response, fault.status);
}

function say(response: ServerResponse, status: number, body: object = {}): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}
