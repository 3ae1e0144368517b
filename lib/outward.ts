import { AsyncLocalStorage } from "node:async_hooks";
import net from "node:net";

import type { Env } from "./env";

/** A connection was to go to a host that no setting names. */
export class UnknownHost extends Error {
  readonly code = "EUNKNOWNHOST";

  constructor(readonly host: string) {
    super(`no setting names ${host}, so nothing is sent there`);
    this.name = "UnknownHost";
  }
}

const RESEND = "https://api.resend.com";
const PORTS: Record<string, string> = {
  ...{ "https:": "443", "http:": "80" },
  ...{ "smtps:": "465", "smtp:": "587" },
  ...{ "postgres:": "5432", "postgresql:": "5432" },
};
const LOOPBACK = ["localhost", "127.0.0.1", "::1"];

type Settings = Pick<
  Env,
  | "DATABASE_URL"
  | "DATABASE_LISTEN_URL"
  | "RESEND_BASE_URL"
  | "MAIL_SMTP_URL"
  | "OIDC_ISSUER"
  | "OIDC_HOSTS"
  | "MAILBOX_URL"
  | "RECORD_WITNESS_URL"
  | "RECORD_TSA_URL"
  | "ACCOUNT_DELETION_URL"
  | "SERVICE_STANDING_URL"
  | "CLAMD"
  | "OTEL_EXPORTER_OTLP_ENDPOINT"
  | "PORT"
>;

/** All that the portal talks to, as host:port: its database, the mail provider, the SMTP server, the identity provider, the scanner of malware, the record's witness and time-stamping authority, the collector of traces, the account-deletion interface, that of a service's standing, itself. */
export function knownHosts(settings: Settings): Set<string> {
  const { DATABASE_URL, DATABASE_LISTEN_URL, OIDC_ISSUER, OIDC_HOSTS, MAILBOX_URL } = settings;
  const { CLAMD, RECORD_WITNESS_URL, OTEL_EXPORTER_OTLP_ENDPOINT } = settings;
  const { RESEND_BASE_URL = RESEND } = settings;
  const addresses = [
    DATABASE_URL,
    DATABASE_LISTEN_URL,
    RESEND_BASE_URL,
    OIDC_ISSUER,
    MAILBOX_URL,
    RECORD_WITNESS_URL,
    settings.RECORD_TSA_URL,
    OTEL_EXPORTER_OTLP_ENDPOINT,
    settings.MAIL_SMTP_URL,
    settings.ACCOUNT_DELETION_URL,
    settings.SERVICE_STANDING_URL,
  ].filter((address) => address !== undefined);
  const scanner = CLAMD && !CLAMD.startsWith("/") ? [`tcp://${CLAMD}`] : [];
  const issuer = OIDC_ISSUER ? OIDC_HOSTS.map((host) => `https://${host}`) : [];
  return new Set([
    ...[...addresses, ...issuer, ...scanner].map((address) => hostOf(new URL(address))),
    ...LOOPBACK.map((host) => `${host}:${settings.PORT}`),
  ]);
}

const hostOf = ({ hostname, port, protocol }: URL): string =>
  `${hostname.replace(/^\[|\]$/g, "")}:${port || PORTS[protocol]}`;

/**
 * From now on this process opens no connection but to these (OWASP ASVS 13.2.4): whatever asks, by
 * whichever client, in the end a socket connects. A socket of the file system is the machine's own.
 * @returns what takes it back, for tests
 */
export function keepTo(known: ReadonlySet<string>): () => void {
  const connect = net.Socket.prototype.connect;
  net.Socket.prototype.connect = function (this: net.Socket, ...given: unknown[]) {
    const target = targetOf(given);
    if (target === null || known.has(target) || letOut.getStore() === target)
      return Reflect.apply(connect as (...parts: unknown[]) => net.Socket, this, given);
    process.nextTick(() => this.destroy(new UnknownHost(target)));
    return this;
  } as typeof connect;
  return () => {
    net.Socket.prototype.connect = connect;
  };
}

/** The one address, as host:port, that a post may reach while it connects. */
const letOut = new AsyncLocalStorage<string>();

/**
 * Opens the one connection that no setting names: to the IP address that lib/public-address.ts has
 * looked at (docs/decisions/056). It holds for what `connect` opens, and for nothing beside it.
 */
export const lettingOut = <Result>(
  { address, port }: { address: string; port: number },
  connect: () => Result,
): Result => letOut.run(`${address}:${port}`, connect);

/** Of the ways to call it (port and host, options, or both as one list, as node calls itself); null for a path. */
function targetOf([first, second]: unknown[]): string | null {
  const [options, ...rest] = Array.isArray(first) ? (first as unknown[]) : [first, second];
  if (typeof options === "object" && options !== null) {
    const { path, host, port } = options as { path?: unknown; host?: unknown; port?: unknown };
    return typeof path === "string" && port === undefined ? null : named(host, port);
  }
  const isPath = typeof options === "string" && !/^\d+$/.test(options);
  return isPath ? null : named(rest[0], options);
}

const named = (host: unknown, port: unknown): string =>
  `${typeof host === "string" && host !== "" ? host : "localhost"}:${String(port)}`;
