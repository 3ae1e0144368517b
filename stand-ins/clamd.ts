import { once } from "node:events";
import net from "node:net";

/** Harmless by agreement, and found by every scanner (eicar.org); in two parts, so that no scanner finds it here. */
export const EICAR = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";

export type Behaviour = "right" | "silent" | "dripping" | "refusing" | "cut" | "strange";

/**
 * Stands in for clamd: INSTREAM and VERSION as clamd(8) has them, with one signature.
 * @param at the path of a socket, or a port of 127.0.0.1 (0 picks a free one)
 */
export async function serveClamd(at: string | number = 0) {
  let behaviour: Behaviour = "right";
  let looked = 0;
  const server = net.createServer((socket) => {
    let given = Buffer.alloc(0);
    socket.on("error", () => undefined);
    socket.on("data", (part: Buffer) => {
      given = Buffer.concat([given, part]);
      if (given.toString("latin1").startsWith("zVERSION\0"))
        return socket.end("ClamAV 1.4.3/27500/Mon Mar  2 08:00:00 2026\0");
      const stream = streamOf(given);
      if (stream === null) return;
      looked += 1;
      answer(socket, behaviour, stream);
    });
  });
  server.listen(typeof at === "string" ? { path: at } : { port: at, host: "127.0.0.1" });
  await once(server, "listening");
  const address = server.address();
  return {
    at: typeof address === "object" && address ? `127.0.0.1:${address.port}` : String(at),
    behave: (as: Behaviour) => (behaviour = as),
    looked: () => looked,
    stop: () => new Promise<void>((done) => server.close(() => done())),
  };
}

function answer(socket: net.Socket, behaviour: Behaviour, stream: Buffer): void {
  const isFound = stream.includes(EICAR);
  switch (behaviour) {
    case "right":
      return void socket.end(isFound ? "stream: Eicar-Test-Signature FOUND\0" : "stream: OK\0");
    case "refusing":
      return void socket.end("INSTREAM size limit exceeded. ERROR\0");
    case "cut":
      return void socket.destroy();
    case "strange":
      return void socket.end("OK\0");
    case "dripping":
      return void socket.write("stream: ");
    case "silent":
      return;
  }
}

/** What came between the command and the part of length 0; null until it is whole. */
function streamOf(given: Buffer): Buffer | null {
  const command = "zINSTREAM\0";
  let from = command.length;
  if (given.toString("latin1", 0, from) !== command) return null;
  const parts: Buffer[] = [];
  while (from + 4 <= given.length) {
    const length = given.readUInt32BE(from);
    if (length === 0) return Buffer.concat(parts);
    parts.push(given.subarray(from + 4, from + 4 + length));
    from += 4 + length;
  }
  return null;
}
