import { once } from "node:events";
import { createRequire } from "node:module";
import net from "node:net";
import { Readable } from "node:stream";

import { env } from "./env";
import { LOOPBACK_HOSTS } from "./env-lines";
import { metrics } from "./metrics";
import type { SendOutcome } from "./send-outcome";

/** What one attempt came to; `altered` where it broke off with the mail on its way: nobody can say whether it left. */
export type SmtpOutcome = SendOutcome | { kind: "altered"; reason: string };

export type SmtpConfig = {
  url: string;
  /** Hosts to which no TLS has to be begun. */
  plainHosts: readonly string[];
  /** An authority beside those that Node.js trusts, of which a setting is `NODE_EXTRA_CA_CERTS`. */
  ca?: string;
  timeoutMs?: number;
};

/** Less than a batch's lease of 30 s, so that who still sends never loses it. */
const TIMEOUT_MS = 20_000;

/** The one mail of a batch, as lib/mail-template.ts writes it. */
type Mail = Record<"from" | "to" | "subject" | "html" | "text", string> & {
  reply_to?: string;
  headers?: Record<string, string>;
};
type Failure = Error & { code?: string; command?: string; responseCode?: number };

/** As much as is used here of nodemailer's connection (nodemailer.com/extras/smtp-connection) and its composer. */
type Connection = {
  connect(done: (error?: Failure) => void): void;
  login(auth: object, done: (error: Failure | null) => void): void;
  send(envelope: object, mail: Readable, done: (error: Failure | null) => void): void;
  close(): void;
  on(event: "error" | "end", heard: (error?: Failure) => void): void;
};
type ConnectionClass = new (options: object) => Connection;
type ComposerClass = new (options: object) => { compile(): { build(): Promise<Buffer> } };

/** Loaded with the first mail by SMTP: who has no such server needs none of it. */
const load = createRequire(import.meta.url);

/**
 * One attempt to send a frozen batch of one mail. What the server refused for good is named in `errors`;
 * what it has not taken yet may be tried again; what broke off between the mail and its answer may have
 * left, and is never tried again.
 */
export async function sendBySmtp(
  { body, key }: { body: string; key: string },
  config: SmtpConfig | null = fromEnv(),
): Promise<SmtpOutcome> {
  if (!config) return { kind: "halt", reason: "key_refused", detail: "MAIL_SMTP_URL is not set" };
  const [mail] = JSON.parse(body) as Mail[];
  if (!mail) return { kind: "refused", reason: "The stored batch holds no mail.", code: "empty" };
  const messageId = messageIdOf(key, mail.from);
  const progress = { isUnderWay: false };
  const done = metrics.providerSeconds.startTimer({ call: "smtp" });
  const outcome = await hand(config, {
    mail,
    bytes: await compose(mail, messageId),
    progress,
  }).then(
    (): SmtpOutcome => ({ kind: "accepted", ids: [messageId], errors: [], waitMs: 0 }),
    (error: Failure) => outcomeOf(error, progress.isUnderWay),
  );
  done();
  return counted(outcome);
}

/** The same figures as of the provider, under a call of its own. */
function counted(outcome: SmtpOutcome): SmtpOutcome {
  const { kind } = outcome;
  const isRefused = kind === "accepted" && outcome.errors.length > 0;
  const answer = kind === "retry" || kind === "halt" ? outcome.reason : kind;
  metrics.providerAnswers.inc({ call: "smtp", answer: isRefused ? "refused" : answer });
  if (kind === "accepted" && !isRefused) metrics.mails.inc({ by: "smtp" });
  return outcome;
}

/** The mark by which mailboxes know a mail for the same: made of the key of its batch. */
export function messageIdOf(key: string, from: string): string {
  const [, host = "localhost"] = /@([^>\s]+)/.exec(from) ?? [];
  return `<${key.replaceAll(/[^A-Za-z0-9-]/g, ".")}@${host}>`;
}

function compose({ reply_to: replyTo, ...mail }: Mail, messageId: string): Promise<Buffer> {
  const Composer = load("nodemailer/lib/mail-composer") as ComposerClass;
  const options = { ...mail, messageId, ...(replyTo && { replyTo }) };
  return new Composer({ ...options, disableFileAccess: true, disableUrlAccess: true })
    .compile()
    .build();
}

/** An answer to a command is the server's word; whatever else ends it tells nothing of what it took. */
function outcomeOf(error: Failure, isUnderWay: boolean): SmtpOutcome {
  const { code, responseCode, message } = error;
  if (!isUnderWay && isUntrusted(error))
    return { kind: "halt", reason: "tls_refused", detail: message };
  const isAnswer = responseCode !== undefined && code !== "ECONNECTION" && code !== "ETIMEDOUT";
  if (!isAnswer)
    return isUnderWay
      ? { kind: "altered", reason: "cut_off" }
      : { kind: "retry", reason: "no_answer", detail: message };
  return responseCode < 500
    ? { kind: "retry", reason: "provider_error", detail: message }
    : refusedWith(error);
}

/** What a refusal for good is of: the login, this mail alone, or before it the sender or who connects. */
function refusedWith({ code, command, message }: Failure): SmtpOutcome {
  if (code === "EAUTH") return { kind: "halt", reason: "key_refused", detail: message };
  if (command === "RCPT TO" || command === "DATA")
    return { kind: "accepted", ids: [null], errors: [{ index: 0, message }], waitMs: 0 };
  return { kind: "halt", reason: "access_refused", detail: message };
}

/** Nothing was said on such a connection, and nothing will be until somebody mends the server or its name. */
const isUntrusted = ({ code, responseCode = 0, message }: Failure): boolean =>
  responseCode === 0 ? /certificate/i.test(message) : code === "ETLS" && responseCode >= 500;

type Handing = { mail: Mail; bytes: Buffer; progress: { isUnderWay: boolean } };

/** A connection, who is told when it breaks, and whether it has. */
type Line = { connection: Connection; broke: (error: Failure) => void; isBroken: boolean };

async function hand(config: SmtpConfig, handing: Handing): Promise<void> {
  let line: Line | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  const isLate = new Promise<never>((_, reject) => {
    const late = () => {
      isOver = true;
      reject(new Error("the server did not answer in time"));
    };
    timer = setTimeout(late, config.timeoutMs ?? TIMEOUT_MS);
  });
  const work = async () => {
    const opened = (line = takeWaiting(config.url) ?? (await open(config)));
    // Its attempt has been given up and will be made again: over a line that opens only now nothing leaves.
    if (isOver) return opened.connection.close();
    await sent(opened, handing);
    opened.broke = () => undefined;
    waiting.set(config.url, [...(waiting.get(config.url) ?? []), opened]);
  };
  try {
    await Promise.race([work(), isLate]);
  } catch (error) {
    line?.connection.close();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** The bytes are asked for once the server has answered DATA: from then on the mail may have left. */
function sent(line: Line, { mail, bytes, progress }: Handing): Promise<void> {
  const stream = new Readable({
    read() {
      progress.isUnderWay = true;
      this.push(bytes);
      this.push(null);
    },
  });
  const [, sender = mail.from] = /<([^>]+)>/.exec(mail.from) ?? [];
  return new Promise((resolve, reject) => {
    line.broke = reject;
    line.connection.send({ from: sender, to: [mail.to] }, stream, (error) =>
      error ? reject(error) : resolve(),
    );
  });
}

/** Connections that wait for the next mail, by their server; ended with the round of mails they were opened for. */
const waiting = new Map<string, Line[]>();

/** One that its server has not ended meanwhile. */
const takeWaiting = (url: string): Line | undefined => {
  const lines = (waiting.get(url) ?? []).filter(({ isBroken }) => !isBroken);
  waiting.set(url, lines);
  return lines.pop();
};

/** Ends what waits: no mail is left to be sent. */
export function closeWaiting(): void {
  for (const { connection } of [...waiting.values()].flat()) connection.close();
  waiting.clear();
}

/**
 * The socket is ours, so that it goes to the host that the setting names, by that name (decision 032);
 * nodemailer begins TLS on it and speaks.
 */
async function open({ url, plainHosts, ca }: SmtpConfig): Promise<Line> {
  const { protocol, hostname, port, username, password } = new URL(url);
  const isSecure = protocol === "smtps:";
  const socket = net.connect({ host: hostname, port: Number(port) || (isSecure ? 465 : 587) });
  await once(socket, "connect");
  const Class = load("nodemailer/lib/smtp-connection") as ConnectionClass;
  const connection = new Class({
    ...{ connection: socket, host: hostname, secure: isSecure },
    requireTLS: !isSecure && ![...LOOPBACK_HOSTS, ...plainHosts].includes(hostname),
    tls: { ...(net.isIP(hostname) === 0 && { servername: hostname }), ...(ca && { ca }) },
  });
  const line: Line = { connection, broke: () => undefined, isBroken: false };
  const broken = (error: Failure) => {
    line.isBroken = true;
    line.broke(error);
  };
  connection.on("error", (error) => broken(error ?? new Error("the connection broke")));
  connection.on("end", () => broken(new Error("the server closed the connection")));
  try {
    await answered(line, (done) => connection.connect(done));
    const auth = { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
    if (username) await answered(line, (done) => connection.login(auth, done));
    return line;
  } catch (error) {
    connection.close();
    throw error;
  }
}

const answered = (line: Line, ask: (done: (error?: Failure | null) => void) => void) =>
  new Promise<void>((resolve, reject) => {
    line.broke = reject;
    ask((error) => (error ? reject(error) : resolve()));
  });

function fromEnv(): SmtpConfig | null {
  const { MAIL_SMTP_URL: url, PLAIN_HOSTS: plainHosts } = env();
  return url ? { url, plainHosts } : null;
}
