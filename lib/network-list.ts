import { BlockList, isIP, isIPv6 } from "node:net";

/** Whether a text is an address ("10.0.0.5") or a network ("10.0.0.0/8", "fd00::/8"). */
export function isNetwork(text: string): boolean {
  const [address = "", prefix, ...more] = text.split("/");
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && +prefix <= (family === 6 ? 128 : 32));
}

/** Whether an address belongs to one of the networks, each of which `isNetwork`. */
export function isWithin(address: string, networks: readonly string[]): boolean {
  const list = new BlockList();
  for (const network of networks) {
    const [base = "", prefix] = network.split("/");
    const family = isIPv6(base) ? "ipv6" : "ipv4";
    if (prefix === undefined) list.addAddress(base, family);
    else list.addSubnet(base, Number(prefix), family);
  }
  return isIP(address) !== 0 && list.check(address, isIPv6(address) ? "ipv6" : "ipv4");
}

type Connection = {
  peer: string | null;
  /** X-Forwarded-For as it came: anybody may write anything in it, so it is read from its right end. */
  forwardedFor: string | null;
  /** The proxies whose word is taken. */
  trusted: readonly string[];
};

/**
 * Where a reader comes from: the connection's own address, or, where a trusted proxy made the
 * connection, the last address it and the trusted ones before it were reached from.
 */
export function readerAddress({ peer, forwardedFor, trusted }: Connection): string {
  let address = plain(peer ?? "");
  const hops = (forwardedFor ?? "").split(",").map(plain);
  while (hops.length > 0 && isWithin(address, trusted)) {
    const before = hops.pop() ?? "";
    if (isIP(before) === 0) break;
    address = before;
  }
  return address;
}

/** What counts as one network: an IPv4 address, or the /64 that an IPv6 subscriber has to itself. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = "", tail] = address.replace(/%.*$/, "").split("::");
  const left = head.split(":").filter(Boolean);
  const right = (tail ?? "").split(":").filter(Boolean);
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => "0");
  const groups = [...left, ...zeros, ...right].slice(0, 4);
  return `${groups.map((group) => parseInt(group, 16).toString(16)).join(":")}::/64`;
}

/** An address without port, brackets and the IPv6 form of an IPv4 address. */
function plain(typed: string): string {
  const text = typed.trim().toLowerCase();
  const bare = /^\[(.+)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
  return bare.replace(/^::ffff:(?=[\d.]+$)/, "");
}
