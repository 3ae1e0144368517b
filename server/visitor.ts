import "server-only";
import { cookies, headers } from "next/headers";

import type { Visitor } from "@/domain/access/door-limits";
import { isBrowserMark, newBrowserMark, withInbox } from "@/domain/access/browser-mark";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { isWithin, networkOf, readerAddress } from "@/lib/network-list";
import { PEER_HEADER } from "@/lib/peer-address";
import { deviceOf } from "@/lib/user-agent";

import { browserCookieName, sessionCookieOptions } from "./session-cookie";

/** RFC 1918 and RFC 4193: where a reverse proxy of one's own stands. */
const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"];

/** Browsers keep a cookie no longer than 400 days (RFC 6265bis). */
const LIFETIME_SECONDS = 400 * 86_400;

/** Who stands at the door. A browser without a mark is nobody's; `markBrowser` gives it one. */
export async function currentVisitor(): Promise<Visitor> {
  const given = await headers();
  const peer = given.get(PEER_HEADER);
  const forwardedFor = given.get("x-forwarded-for");
  const trusted = env().TRUSTED_PROXIES;
  const address = readerAddress({ peer, forwardedFor, trusted });
  if (peer && address === peer && forwardedFor !== peer) warnOfProxy(peer);
  const device = deviceOf(given.get("user-agent") ?? "");
  return { network: networkOf(address), mark: await readMark(), device };
}

/** The visitor, whose browser is known from now on; for actions, which may set a cookie. */
export async function markBrowser(): Promise<Visitor> {
  const visitor = await currentVisitor();
  const mark = visitor.mark || newBrowserMark();
  await writeMark(mark);
  return { ...visitor, mark };
}

/** Remembers that the owner of a mailbox signed in with this browser. */
export async function rememberInbox(inboxKey: string): Promise<void> {
  await writeMark(withInbox(await readMark(), inboxKey));
}

let hasWarned = false;

/** A proxy nobody named makes all readers one network; what it is called is told once, if it is near. */
function warnOfProxy(peer: string): void {
  if (hasWarned || env().TRUSTED_PROXIES.length > 0 || !isWithin(peer, PRIVATE)) return;
  hasWarned = true;
  log.warn({ peer }, "requests are forwarded by a proxy that TRUSTED_PROXIES does not name");
}

async function readMark(): Promise<string> {
  const mark = (await cookies()).get(browserCookieName())?.value ?? "";
  return isBrowserMark(mark) ? mark : "";
}

async function writeMark(mark: string): Promise<void> {
  const options = { ...sessionCookieOptions(), maxAge: LIFETIME_SECONDS };
  (await cookies()).set(browserCookieName(), mark, options);
}
