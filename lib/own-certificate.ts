import { isIP } from "node:net";
import tls from "node:tls";

import { lettingOut } from "./outward";

const TIMEOUT_MS = 10_000;

type Look = {
  now: Date;
  /** Authorities to believe instead of the public ones, in tests. */
  ca?: string;
};

/**
 * For how many seconds more a stranger's browser goes on trusting the certificate shown at an address
 * (OWASP ASVS 5.0, 12.2.2): 0 where it does not, or nothing answers; null where the address is not https.
 * Whom strangers trust are Mozilla's authorities, which Node brings; what this machine trusts besides
 * counts for nothing.
 */
export function trustedSeconds(origin: string, { now, ca }: Look): Promise<number | null> {
  const { protocol, hostname, port } = new URL(origin);
  if (protocol !== "https:") return Promise.resolve(null);
  const target = { host: hostname.replace(/^\[|\]$/g, ""), port: Number(port || 443) };
  return new Promise((resolve) => {
    const socket = lettingOut({ address: target.host, port: target.port }, () =>
      tls.connect({
        ...{
          ...target,
          timeout: TIMEOUT_MS,
          ...(isIP(target.host) === 0 && { servername: hostname }),
        },
        ...{ rejectUnauthorized: true, ca: ca === undefined ? [...tls.rootCertificates] : [ca] },
      }),
    );
    const end = (seconds: number) => {
      resolve(seconds);
      socket.destroy();
    };
    socket.once("secureConnect", () => {
      const until = Date.parse(socket.getPeerCertificate().valid_to);
      end(Math.max(0, Math.floor((until - now.getTime()) / 1000)));
    });
    socket.once("timeout", () => end(0));
    socket.once("error", () => end(0));
  });
}
