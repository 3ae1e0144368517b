import net from "node:net";

/**
 * What the server does to a mail instead of taking it: answers a command with this code; takes the mail
 * and breaks before it answers (`cut_after`), or breaks before it has it (`cut_before`); says nothing.
 */
export type SmtpFault =
  | { at: "MAIL" | "RCPT" | "DATA" | "END"; code: number }
  | "cut_after"
  | "cut_before"
  | "silent";

export type SmtpMail = { from: string; to: string; raw: string };

/**
 * A server that stands in for an SMTP server (RFC 5321, without TLS): it takes mails, keeps them, and meets
 * the next ones with the faults it is given, one a mail. A slow one greets only after a while.
 */
export async function startSmtp({ greetsAfterMs = 0 } = {}) {
  const taken: SmtpMail[] = [];
  const faults: SmtpFault[] = [];
  const sockets = new Set<net.Socket>();
  let connections = 0;
  const server = net.createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => undefined);
    const desk: Desk = { next: () => faults.shift(), take: (mail) => void taken.push(mail) };
    setTimeout(() => talk(socket, desk), greetsAfterMs);
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as net.AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    taken,
    connections: () => connections,
    /** The next mails meet these, one each. */
    meet: (...next: readonly SmtpFault[]) => void faults.push(...next),
    /** Ends every connection that is open, as a server does with those that wait too long. */
    hangUp: () => sockets.forEach((socket) => socket.end()),
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

type Desk = { next: () => SmtpFault | undefined; take: (mail: SmtpMail) => void };
type Mail = { from: string; to: string; fault: SmtpFault | undefined };

function talk(socket: net.Socket, { next, take }: Desk): void {
  let mail: Mail = { from: "", to: "", fault: undefined };
  let [buffer, isData] = ["", false];
  const say = (line: string) => void socket.write(`${line}\r\n`);
  const end = (raw: string) => {
    isData = false;
    const { fault, from, to } = mail;
    if (fault === "silent") return;
    const code = codeAt(fault, "END");
    if (code) return say(`${code} the mail is not taken`);
    take({ from, to, raw: raw.replaceAll(/^\.\./gm, ".") });
    if (fault === "cut_after") socket.destroy();
    else say("250 taken");
  };
  const hear = (line: string) => {
    const command = line.slice(0, 4).toUpperCase();
    if (command === "MAIL") mail = { from: addressIn(line), to: "", fault: next() };
    if (command === "RCPT") mail.to = addressIn(line);
    const code = codeAt(mail.fault, command);
    if (code) return say(`${code} not ${command}`);
    if (command === "DATA" && mail.fault === "cut_before") return void socket.destroy();
    if (command === "DATA") isData = true;
    if (command === "QUIT") return void socket.end("221 bye\r\n");
    say(command === "DATA" ? "354 go on" : "250 ok");
  };
  say("220 stand-in");
  socket.setEncoding("utf8").on("data", (chunk: string) => {
    buffer += chunk;
    for (;;) {
      const mark = isData ? "\r\n.\r\n" : "\r\n";
      const at = buffer.indexOf(mark);
      if (at < 0) return;
      const part = buffer.slice(0, at);
      buffer = buffer.slice(at + mark.length);
      if (isData) end(part);
      else hear(part);
    }
  });
}

const addressIn = (line: string): string => /<([^>]*)>/.exec(line)?.[1] ?? "";
const codeAt = (fault: SmtpFault | undefined, at: string): number | null =>
  typeof fault === "object" && fault.at === at ? fault.code : null;
