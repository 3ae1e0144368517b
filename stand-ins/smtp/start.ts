import net from "node:net";
import tls from "node:tls";

/**
 * What the server does to a mail instead of taking it: answers a command with this code; takes the mail
 * and breaks before it answers (`cut_after`), or breaks before it has it (`cut_before`); says nothing.
 */
export type SmtpFault =
  | { at: "MAIL" | "RCPT" | "DATA" | "END"; code: number }
  | "cut_after"
  | "cut_before"
  | "silent";

export type SmtpMail = { from: string; to: string; raw: string; isSecure: boolean };

type Options = {
  host?: string;
  greetsAfterMs?: number;
  /** It begins TLS with this when asked to (STARTTLS), and takes nothing without. */
  secure?: { key: string; cert: string };
  /** Whom it lets in; nobody has to log in where it is left out. */
  login?: { user: string; pass: string };
};

/**
 * A server that stands in for an SMTP server (RFC 5321, 3207, 4954): it takes mails, keeps them, and meets
 * the next ones with the faults it is given, one a mail. A slow one greets only after a while.
 */
export async function startSmtp(options: Options = {}) {
  const { host = "127.0.0.1", greetsAfterMs = 0 } = options;
  const taken: SmtpMail[] = [];
  const faults: SmtpFault[] = [];
  const sockets = new Set<net.Socket>();
  let [connections, logins] = [0, 0];
  const desk: Desk = {
    options: { ...options },
    next: () => faults.shift(),
    take: (mail) => void taken.push(mail),
    login: () => void (logins += 1),
  };
  const server = net.createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => undefined);
    setTimeout(() => {
      socket.write("220 stand-in\r\n");
      talk(socket, desk);
    }, greetsAfterMs);
  });
  await new Promise<void>((resolve) => void server.listen(0, host, resolve));
  const { port } = server.address() as net.AddressInfo;
  return {
    url: `smtp://${host}:${port}`,
    port,
    taken,
    connections: () => connections,
    /** How often somebody tried to log in. */
    logins: () => logins,
    /** Whom it lets in from now on. */
    admit: (login: Options["login"]) => void Object.assign(desk.options, { login }),
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

type Desk = {
  options: Options;
  next: () => SmtpFault | undefined;
  take: (mail: SmtpMail) => void;
  login: () => void;
};
type Mail = { from: string; to: string; fault: SmtpFault | undefined };

function talk(socket: net.Socket, desk: Desk): void {
  const { secure } = desk.options;
  const isSecure = socket instanceof tls.TLSSocket;
  let mail: Mail = { from: "", to: "", fault: undefined };
  let [buffer, isData, isIn, isOver] = ["", false, false, false];
  const say = (line: string) => void socket.write(`${line}\r\n`);
  const end = (raw: string) => {
    isData = false;
    const { fault, from, to } = mail;
    if (fault === "silent") return;
    const code = codeAt(fault, "END");
    if (code) return say(`${code} the mail is not taken`);
    desk.take({ from, to, raw: raw.replaceAll(/^\.\./gm, "."), isSecure });
    if (fault === "cut_after") socket.destroy();
    else say("250 taken");
  };
  const answer = (line: string): true => {
    say(line);
    return true;
  };
  /** What goes before the mails and after them: each says whether it has answered. */
  const before: Record<string, (line: string) => boolean> = {
    EHLO: () => {
      if (secure && !isSecure) say("250-STARTTLS");
      if (desk.options.login && (!secure || isSecure)) say("250-AUTH PLAIN");
      return answer("250 ok");
    },
    STAR: () => {
      if (!secure || isSecure) return answer("502 no TLS here");
      isOver = true;
      socket.removeAllListeners("data");
      socket.write("220 begin\r\n");
      const encrypted = new tls.TLSSocket(socket, { isServer: true, ...secure });
      encrypted.on("error", () => socket.destroy());
      talk(encrypted, desk);
      return true;
    },
    AUTH: (line) => {
      const { user, pass } = desk.options.login ?? { user: "", pass: "" };
      desk.login();
      isIn = Buffer.from(line.split(" ")[2] ?? "", "base64").toString() === `\0${user}\0${pass}`;
      return answer(isIn ? "235 in" : "535 5.7.8 authentication failed");
    },
    QUIT: () => {
      socket.end("221 bye\r\n");
      return true;
    },
    MAIL: () => {
      if (secure && !isSecure) return answer("530 5.7.0 begin TLS first");
      return Boolean(desk.options.login) && !isIn && answer("530 5.7.0 log in first");
    },
  };
  const hear = (line: string) => {
    const command = line.slice(0, 4).toUpperCase();
    if (before[command]?.(line)) return;
    if (command === "MAIL") mail = { from: addressIn(line), to: "", fault: desk.next() };
    if (command === "RCPT") mail.to = addressIn(line);
    const code = codeAt(mail.fault, command);
    if (code) return say(`${code} not ${command}`);
    if (command === "DATA" && mail.fault === "cut_before") return void socket.destroy();
    if (command === "DATA") isData = true;
    say(command === "DATA" ? "354 go on" : "250 ok");
  };
  socket.setEncoding("utf8").on("data", (chunk: string) => {
    buffer += chunk;
    while (!isOver) {
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
