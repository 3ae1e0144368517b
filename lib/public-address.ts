import { lookup } from "node:dns/promises";
import { BlockList, isIP, isIPv6 } from "node:net";

/**
 * What no post may reach: everything of the IANA special-purpose registries (RFC 6890 and its
 * successors) that is not globally reachable unicast. Of IPv6 only 2000::/3 is assigned as such.
 */
const SPECIAL_IPV4 = [
  ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"],
  ...["172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16"],
  ...["198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"],
];
const SPECIAL_IPV6 = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"];

const special = new BlockList();
for (const network of SPECIAL_IPV4) {
  const [base = "", prefix] = network.split("/");
  special.addSubnet(base, Number(prefix), "ipv4");
}
for (const network of SPECIAL_IPV6) {
  const [base = "", prefix] = network.split("/");
  special.addSubnet(base, Number(prefix), "ipv6");
}
const unicast = new BlockList();
unicast.addSubnet("2000::", 3, "ipv6");

/** Whether an IP address is one of a single machine that anybody may reach. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0) return false;
  if (!isIPv6(address)) return !special.check(address, "ipv4");
  return unicast.check(address, "ipv6") && !special.check(address, "ipv6");
}

/** Why nothing is posted to an address; its code is kept and told. */
export class NotPostable extends Error {
  constructor(
    readonly code: "not_https" | "not_public" | "no_such_host",
    message: string,
  ) {
    super(message);
    this.name = "NotPostable";
  }
}

export type Lookup = (host: string) => Promise<{ address: string; family: number }[]>;
export type Pinned = { url: URL; address: string; port: number };

/** Every address of a name, as the machine's resolver gives them. */
const lookUpAll: Lookup = (host) => lookup(host, { all: true, verbatim: true });

/**
 * The form of an address that something may be posted to: https on its own port, no user or password.
 * `also` are hosts as host:port that are taken as they are, http too.
 * @throws NotPostable
 */
export function postableUrl(text: string, also: readonly string[] = []): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url) throw new NotPostable("not_https", "it is no address");
  if (isAlso(url, also)) return url;
  if (!isPlainHttps(url))
    throw new NotPostable("not_https", "it is not https on port 443, without user and password");
  const host = bare(url);
  if (isIP(host) !== 0 && !isPublicAddress(host))
    throw new NotPostable("not_public", "it is no public address");
  return url;
}

/**
 * Resolves a name once: whoever connects, connects to exactly the address that was looked at. A name
 * of which any address is not public is refused, so that none of them is a matter of luck.
 * @throws NotPostable
 */
export async function pin(
  text: string,
  { also = [], look = lookUpAll }: { also?: readonly string[]; look?: Lookup } = {},
): Promise<Pinned> {
  const url = postableUrl(text, also);
  const port = Number(url.port || (url.protocol === "https:" ? 443 : 80));
  const host = bare(url);
  const found =
    isIP(host) !== 0 ? [{ address: host, family: isIP(host) }] : await resolved(host, look);
  const [first] = found;
  if (!first) throw new NotPostable("no_such_host", "the name has no address");
  if (!isAlso(url, also) && !found.every(({ address }) => isPublicAddress(address)))
    throw new NotPostable("not_public", "the name leads to an address that is not public");
  return { url, address: first.address, port };
}

async function resolved(host: string, look: Lookup) {
  try {
    return await look(host);
  } catch {
    throw new NotPostable("no_such_host", "the name cannot be resolved");
  }
}

const isPlainHttps = ({ protocol, username, password, port }: URL): boolean =>
  protocol === "https:" && [username, password, port].every((part) => part === "");
const bare = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, "");
const isAlso = (url: URL, also: readonly string[]): boolean =>
  /^https?:$/.test(url.protocol) &&
  !url.username &&
  !url.password &&
  also.includes(`${bare(url)}:${url.port || (url.protocol === "https:" ? 443 : 80)}`);
