import { and, eq, inArray, isNull, or } from "drizzle-orm";

import { db } from "@/db/client";
import { broadcastMails, broadcasts, deliveries, dispatches, endpoints } from "@/db/schema";
import type { EndpointChannel } from "@/db/vocabulary/endpoints";
import type { startEndpoints } from "@/stand-ins/endpoints/start";

type Posted = Pick<
  Awaited<ReturnType<typeof startEndpoints>>["received"][number],
  "path" | "isTaken" | "body" | "headers"
>;
type Mailed = { to: string[]; text: string };

/** What the stand-ins saw. */
export type Seen = {
  mails: readonly Mailed[];
  bySmtp: readonly Mailed[];
  posts: readonly Posted[];
};
/** Who was to be told, by the test's own knowledge, each once. */
export type Wanted = {
  messages: readonly string[];
  mails: readonly string[];
  /** Mailed by the server of their region alone. */
  bySmtp: readonly string[];
  subscribers: readonly string[];
  posts: readonly { endpointId: string; path: string }[];
};
type Telling = { broadcastId: string; wanted: Wanted; seen: Seen };

/**
 * Holds three things against each other, over every channel: who was to be told, what the stand-ins of
 * the receivers saw, and what our rows say. @returns every difference: lost, doubled, wrong, untold, unsettled
 */
export async function differencesOf({ broadcastId, wanted, seen }: Telling): Promise<string[]> {
  const told = await db
    .select({ id: broadcasts.id, kind: broadcasts.kind })
    .from(broadcasts)
    .where(
      or(
        eq(broadcasts.id, broadcastId),
        and(eq(broadcasts.kind, "bulletin"), eq(broadcasts.subjectId, broadcastId)),
      ),
    );
  const bulletin = told.find(({ kind }) => kind === "bulletin")?.id ?? "";
  return [
    ...(await inMessages(broadcastId, wanted.messages)),
    ...(await inMails({ broadcastId, addresses: wanted.mails, mails: seen.mails })),
    ...(await inMails({ broadcastId, addresses: wanted.bySmtp, mails: seen.bySmtp, by: "smtp" })),
    ...wanted.bySmtp
      .filter((address) => seen.mails.some(({ to }) => to.includes(address)))
      .map((address) => `mail to ${address}: left its region`),
    ...(await inMails({
      ...{ broadcastId: bulletin, addresses: wanted.subscribers, mails: seen.mails },
    })),
    ...(await differencesInPosts({ broadcastId, wanted: wanted.posts, posts: seen.posts })),
  ];
}

async function inMessages(broadcastId: string, userIds: readonly string[]): Promise<string[]> {
  const rows = await db
    .select({ userId: deliveries.userId })
    .from(deliveries)
    .where(and(eq(deliveries.broadcastId, broadcastId), eq(deliveries.channel, "inbox")));
  return sameSet(
    "message",
    rows.map(({ userId }) => userId),
    userIds,
  );
}

/** The text of a mail as it went over the wire (RFC 2045): its first part in plain text. */
export function textIn(raw: string): string {
  const part = raw.slice(raw.search(/^Content-Type: text\/plain/im));
  const [head = ""] = part.split("\r\n\r\n", 1);
  const [body = ""] = part.slice(head.length + 4).split(/\r\n--/, 1);
  const [, encoding = ""] = /^Content-Transfer-Encoding: (\S+)/im.exec(head) ?? [];
  if (encoding === "base64") return Buffer.from(body, "base64").toString();
  if (encoding !== "quoted-printable") return body;
  const bytes = body
    .replaceAll(/=\r\n/g, "")
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString().replaceAll("\r\n", "\n");
}

type Mails = {
  broadcastId: string;
  addresses: readonly string[];
  mails: readonly Mailed[];
  by?: "smtp";
};

async function inMails({ broadcastId, addresses, mails: seen, by }: Mails): Promise<string[]> {
  const way = by ? eq(deliveries.route, by) : isNull(deliveries.route);
  const mails = and(eq(deliveries.channel, "email"), way);
  const rows = await db
    .select({ address: deliveries.address, status: deliveries.status })
    .from(deliveries)
    .where(and(eq(deliveries.broadcastId, broadcastId), mails));
  const templates = await db
    .select({ text: broadcastMails.text })
    .from(broadcastMails)
    .where(eq(broadcastMails.broadcastId, broadcastId));
  const found = addresses.flatMap((address) => {
    const arrived = seen.filter(({ to }) => to.includes(address));
    const isOurs = ({ text }: Mailed) => templates.some((one) => isMadeOf(text, one.text));
    const status = rows.find((row) => row.address === address)?.status ?? "no row";
    return [
      ...counted(`mail to ${address}`, arrived.length, status === "unknown" ? [0, 1] : [1]),
      ...(arrived.every(isOurs) ? [] : [`mail to ${address}: wrong content`]),
      ...(status === "sent" || status === "delivered" || status === "unknown"
        ? []
        : [`mail to ${address}: ${status}`]),
    ];
  });
  return [
    ...found,
    ...sameSet(
      "mail",
      rows.map(({ address }) => address ?? ""),
      addresses,
    ),
  ];
}

/** Whether a text is a template with its places filled. */
function isMadeOf(text: string, template: string): boolean {
  let from = 0;
  return template.split(/%%[A-Z]+%%/).every((piece) => {
    const at = text.indexOf(piece, from);
    from = at + piece.length;
    return at >= 0;
  });
}

type Posts = { broadcastId: string; wanted: Wanted["posts"]; posts: Seen["posts"] };

/** The same of what is posted alone. */
export async function differencesInPosts({ broadcastId, wanted, posts }: Posts): Promise<string[]> {
  const ids = wanted.map(({ endpointId }) => endpointId);
  const rows = await db
    .select({ row: dispatches, channel: endpoints.channel })
    .from(dispatches)
    .innerJoin(endpoints, eq(endpoints.id, dispatches.endpointId))
    .where(and(eq(dispatches.broadcastId, broadcastId), inArray(dispatches.endpointId, ids)));
  return wanted.flatMap(({ endpointId, path }) => {
    const found = rows.find(({ row }) => row.endpointId === endpointId);
    if (!found) return [`${path}: no row`];
    const { row, channel } = found;
    const taken = posts.filter((post) => post.path === path && post.isTaken);
    const shown = shownTimes(channel, taken);
    const isWrong = taken.some(({ body }) => body !== row.body);
    return [
      ...(row.status === "queued" || row.status === "accepted" ? [`${path}: unsettled`] : []),
      ...counted(path, shown, EXPECTED[row.status]),
      ...(isWrong ? [`${path}: wrong content`] : []),
    ];
  });
}

const EXPECTED = {
  queued: [0, 1],
  accepted: [1],
  delivered: [1],
  unknown: [0, 1],
  failed: [0],
  cancelled: [0],
} as const;

/** By which header a receiver knows a repeated post; a robot knows none, and shows each. */
const KNOWN_BY: Partial<Record<EndpointChannel, string>> = { webhook: "webhook-id", push: "topic" };

function shownTimes(channel: EndpointChannel, taken: readonly Posted[]): number {
  const header = KNOWN_BY[channel];
  return header ? new Set(taken.map(({ headers }) => headers[header])).size : taken.length;
}

const counted = (what: string, times: number, allowed: readonly number[]): string[] =>
  allowed.includes(times) ? [] : [`${what}: ${times === 0 ? "lost" : `${times} times`}`];

const sameSet = (what: string, found: readonly string[], wanted: readonly string[]): string[] => [
  ...wanted.filter((one) => !found.includes(one)).map((one) => `${what} to ${one}: no row`),
  ...found.filter((one) => !wanted.includes(one)).map((one) => `${what} to ${one}: not wanted`),
  ...(found.length === new Set(found).size ? [] : [`${what}: a row twice`]),
];
