import net from "node:net";

/** The scanner cannot be reached, does not answer in time, or says that it could not look. */
export class ScannerAway extends Error {
  constructor(readonly why: string) {
    super(`the scanner of malware did not look: ${why}`);
    this.name = "ScannerAway";
  }
}

/** Milliseconds for a file of 10 MB, unpacked and looked at, and for a question about the scanner itself. */
const SCAN_MS = 30_000;
const ASK_MS = 2_000;
/** An answer is one short line. */
const MOST_ANSWER = 4096;

/**
 * Shows bytes to clamd by INSTREAM (clamd(8)): each part with its length before it, four bytes, the
 * highest first; a length of 0 ends them.
 * @param at the path of its socket, or host:port
 * @returns the name of what was found, or null
 * @throws ScannerAway
 */
export async function scanBytes(
  at: string,
  bytes: Uint8Array,
  withinMs = SCAN_MS,
): Promise<string | null> {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  const answer = await ask(at, ["zINSTREAM\0", length, bytes, Buffer.alloc(4)], withinMs);
  if (answer === "stream: OK") return null;
  const found = /^stream: (.+) FOUND$/.exec(answer)?.[1];
  if (found === undefined) throw new ScannerAway(answer || "an empty answer");
  return found;
}

/** What the scanner is and how old its signatures are; `signaturesOf` null where it tells none. @throws ScannerAway */
export async function scannerVersion(
  at: string,
): Promise<{ version: string; signaturesOf: Date | null }> {
  const [version = "", , moment = ""] = (await ask(at, ["zVERSION\0"], ASK_MS)).split("/");
  if (!/^ClamAV /.test(version)) throw new ScannerAway("it is no ClamAV");
  const made = Date.parse(`${moment} UTC`);
  return { version, signaturesOf: Number.isNaN(made) ? null : new Date(made) };
}

function ask(at: string, parts: (string | Uint8Array)[], withinMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(addressOf(at));
    let answer = "";
    const fail = (why: string) => {
      socket.destroy();
      reject(new ScannerAway(why));
    };
    // In all, not since the last byte: a scanner that drips holds nobody up.
    const timer = setTimeout(() => fail(`no answer in ${withinMs} ms`), withinMs);
    socket
      .on("error", (error: Error & { code?: string }) => fail(error.code ?? error.name))
      .on("data", (part) => {
        answer += part.toString("utf8");
        if (answer.length > MOST_ANSWER) fail("an endless answer");
      })
      .on("close", () => {
        clearTimeout(timer);
        resolve(answer.replaceAll("\0", "").trim());
      });
    for (const part of parts) socket.write(part);
  });
}

function addressOf(at: string): net.NetConnectOpts {
  if (at.startsWith("/")) return { path: at };
  const { hostname, port } = new URL(`tcp://${at}`);
  return { host: hostname.replace(/^\[|\]$/g, ""), port: Number(port) };
}
