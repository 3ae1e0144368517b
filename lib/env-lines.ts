import { z } from "zod";

/** Hosts of this very machine, in the spelling of URL. */
export const LOOPBACK_HOSTS: readonly string[] = ["localhost", "127.0.0.1", "[::1]"];

/** Which ways need no TLS. */
export const LINE_VARIABLES = {
  PLAIN_HOSTS: z
    .string()
    .default("")
    .transform((list) => list.split(/[\s,]+/).filter(Boolean))
    .describe(
      "Hosts, with commas between, to which production may speak without TLS because the way there is a network that nobody else is on, such as that of containers on one machine: of PostgreSQL, of clamd, of another address of Resend, of the collector of traces, and the address at which metrics are told. To every other host but this machine PostgreSQL needs sslmode=verify-full, and the rest https.",
    ),
};

function isEncoded({ username, password }: URL): boolean {
  try {
    return decodeURIComponent(username + password) !== undefined;
  } catch {
    return false;
  }
}

/** The server by which mails leave whose region's route says so (docs/decisions/091). */
export const SMTP_VARIABLES = {
  MAIL_SMTP_URL: z
    .url({
      protocol: /^smtps?$/,
      error: "must be an address such as smtps://user:password@smtp.example.com:465",
    })
    .refine(
      (given) => isEncoded(new URL(given)),
      "must have user and password percent-encoded: a % in them is written %25",
    )
    .optional()
    .describe(
      "SMTP server of the routes that say SMTP (/ops/mail-routes), with user and password: smtps://user:password@smtp.example.com:465, or smtp://…:587, where TLS is begun (STARTTLS) before anything is said. Unset, no mail leaves by SMTP, and of regions whose route says it people are told in the site alone.",
    ),
};

type Given = {
  PLAIN_HOSTS: readonly string[];
  DATABASE_URL: string;
  DATABASE_OWNER_URL?: string | undefined;
  DATABASE_LISTEN_URL?: string | undefined;
  RESEND_BASE_URL?: string | undefined;
  ACCOUNT_DELETION_URL?: string | undefined;
  SERVICE_STANDING_URL?: string | undefined;
  CLAMD?: string | undefined;
  METRICS_LISTEN?: string | undefined;
  METRICS_LISTEN_WORKER?: string | undefined;
  OTEL_EXPORTER_OTLP_ENDPOINT?: string | undefined;
};

/** Ways out of this machine, or into it, on which others could read or write along (OWASP ASVS 12.3.1). */
export function plainLines(given: Given): string[] {
  const { RESEND_BASE_URL: mails, CLAMD: scanner, METRICS_LISTEN, METRICS_LISTEN_WORKER } = given;
  const lines = [
    ...(["DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_LISTEN_URL"] as const).map((name) => ({
      host: postgresHost(given[name]),
      says: `${name} must end in sslmode=verify-full.`,
    })),
    { host: hostOf(mails, "http:"), says: "RESEND_BASE_URL must begin with https:." },
    {
      host: hostOf(given.ACCOUNT_DELETION_URL, "http:"),
      says: "ACCOUNT_DELETION_URL must begin with https:.",
    },
    {
      host: hostOf(given.SERVICE_STANDING_URL, "http:"),
      says: "SERVICE_STANDING_URL must begin with https:.",
    },
    {
      host: hostOf(given.OTEL_EXPORTER_OTLP_ENDPOINT, "http:"),
      says: "OTEL_EXPORTER_OTLP_ENDPOINT must begin with https:.",
    },
    {
      host: hostOf(scanner && !scanner.startsWith("/") ? `tcp://${scanner}` : undefined),
      says: "CLAMD must be a socket or a port of this machine: nothing encrypts the way to clamd.",
    },
    ...Object.entries({ METRICS_LISTEN, METRICS_LISTEN_WORKER }).map(([name, listen]) => ({
      host: hostOf(listen && `http://${listen}`),
      says: `${name} must be an address of this machine: nothing encrypts what is told there.`,
    })),
  ];
  const known = [null, ...LOOPBACK_HOSTS, ...given.PLAIN_HOSTS];
  return lines.filter(({ host }) => !known.includes(host)).map(({ says }) => `${says} ${WAY_OUT}`);
}

const WAY_OUT = "Where nobody else is on the way there, name its host in PLAIN_HOSTS.";

/** The host of an address, null where there is none or it is of another protocol. */
function hostOf(address: string | undefined, protocol?: string): string | null {
  if (!address || (protocol && !address.startsWith(protocol))) return null;
  return new URL(address).hostname;
}

/** PostgreSQL's host; null for a socket of the file system, and where TLS says that it is who it should be. */
function postgresHost(address = ""): string | null {
  const [, place = "", search = ""] =
    /^[^:]+:\/\/(?:[^@/?]*@)?([^/?]*)[^?]*\??(.*)$/.exec(address) ?? [];
  const query = new URLSearchParams(search);
  const host = query.get("host") ?? place.replace(/:\d+$/, "");
  const isSocket = host === "" || host.startsWith("/") || host.startsWith("%2F");
  return isSocket || query.get("sslmode") === "verify-full" ? null : host;
}
