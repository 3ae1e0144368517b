import { and, count, desc, eq, gt, inArray, lt, max, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { signInFailures, signInRequests } from "@/db/schema";
import { type DoorPurpose, SIGN_IN_PURPOSES } from "@/db/vocabulary/access";
import { inboxOf } from "@/lib/email-address";
import { log } from "@/lib/log";

import { Conflict } from "../errors";
import { browserHash, isFamiliar } from "./browser-mark";
import { countingKey } from "./secrets";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Between two mails that one browser asks for. */
const RESEND_MS = MINUTE_MS;
/** Mails to one mailbox within an hour without a pause; from then on one in PACE_MS. */
const FREE_MAILS = 5;
/** Shorter than a link lives, so that whoever keeps asking always leaves the owner a link that works. */
const PACE_MS = 8 * MINUTE_MS;
/** Mails that one network may ask for, to whatever mailboxes, within NETWORK_MS. */
const NETWORK_MAILS = 30;
const NETWORK_MS = 10 * MINUTE_MS;

/** Wrong codes without a wait, and the longest wait: for one mailbox in a day, for one network in an hour. */
const INBOX_GUESSES = { free: 10, within: 24 * HOUR_MS, longest: HOUR_MS };
const NETWORK_GUESSES = { free: 20, within: HOUR_MS, longest: 15 * MINUTE_MS };

/**
 * Who stands at the door: the network they come from, their browser's mark
 * (domain/access/browser-mark.ts), and the browser in words.
 */
export const visitor = z.object({
  network: z.string().max(100),
  mark: z.string().max(400),
  device: z.string().max(60),
});
export type Visitor = z.output<typeof visitor>;

/** What is counted when this visitor asks for this mailbox. */
export type Door = { inboxKey: string; network: string; browser: string; isFamiliar: boolean };

export function doorOf(email: string, { network, mark }: Visitor): Door {
  const inbox = inboxOf(email);
  return {
    inboxKey: countingKey("inbox", inbox),
    network: countingKey("network", network),
    browser: browserHash(mark),
    isFamiliar: isFamiliar(mark, inbox),
  };
}

/** Lets one at a time of a network and of a mailbox count and write, in this order. */
export async function lockDoor(tx: Tx, { network, inboxKey }: Door): Promise<void> {
  for (const key of [`network:${network}`, `inbox:${inboxKey}`])
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`);
}

type Counting = { now: Date; counted?: readonly DoorPurpose[] };
export type MailWait = { until: Date; because: "browser" | "inbox" | "network" };

/**
 * Until when no further mail is sent, and why; null where one may be sent now. Who is known makes no
 * difference. A browser its owner signed in with before is counted by itself: no stranger's asks,
 * not even from the same network, keep it waiting. A mail to sign in with waits for no other kind: what
 * confirms a subscription lets nobody in, and would keep an owner out if strangers kept asking for it.
 */
export async function mailWait(
  db: Db | Tx,
  door: Door,
  { now, counted = SIGN_IN_PURPOSES }: Counting,
): Promise<MailWait | null> {
  const { inboxKey, browser } = door;
  const ofInbox = and(
    eq(signInRequests.inboxKey, inboxKey),
    inArray(signInRequests.purpose, [...counted]),
  );
  const ofBrowser = and(ofInbox, eq(signInRequests.browser, browser));
  const [own] = await db
    .select({ last: max(signInRequests.requestedAt) })
    .from(signInRequests)
    .where(ofBrowser);
  const [paced] = await db
    .select({ n: count(), last: max(signInRequests.requestedAt) })
    .from(signInRequests)
    .where(and(door.isFamiliar ? ofBrowser : ofInbox, since(now, HOUR_MS)));

  const waits: MailWait[] = [
    { because: "browser", until: after(own?.last, RESEND_MS) },
    {
      because: "inbox",
      until: paced && paced.n >= FREE_MAILS ? after(paced.last, PACE_MS) : NEVER,
    },
    { because: "network", until: await networkFreeAt(db, door, now) },
  ];
  const longest = waits.reduce((a, b) => (b.until > a.until ? b : a));
  return longest.until > now ? longest : null;
}

/** That no mail is sent yet, in words. */
export function mailRefused(
  { until, because }: MailWait,
  { email, now }: { email: string; now: Date },
): Conflict {
  const minutes = Math.ceil((until.getTime() - now.getTime()) / 60_000);
  return new Conflict(`access.errors.mails.${because}`, { minutes, email });
}

async function networkFreeAt(db: Db | Tx, door: Door, now: Date): Promise<Date> {
  if (door.isFamiliar) return NEVER;
  const latest = await db
    .select({ at: signInRequests.requestedAt })
    .from(signInRequests)
    .where(and(eq(signInRequests.network, door.network), since(now, NETWORK_MS)))
    .orderBy(desc(signInRequests.requestedAt))
    .limit(NETWORK_MAILS);
  return after(latest[NETWORK_MAILS - 1]?.at, NETWORK_MS);
}

/**
 * Until when no code is looked at; null where one may be tried now. Links wait for nothing: nobody
 * guesses one, so the owner always gets in by the mail.
 */
export async function guessWait(db: Db | Tx, door: Door, now: Date): Promise<Date | null> {
  if (door.isFamiliar) return null;
  const { inbox, network } = await countGuesses(db, door, now);
  const until = [waitAfter(inbox, INBOX_GUESSES), waitAfter(network, NETWORK_GUESSES)];
  const longest = until.reduce((a, b) => (b > a ? b : a));
  return longest > now ? longest : null;
}

/** Counts a wrong code, and says so in the log when a mailbox's owner is not likely the one who guesses. */
export async function countFailure(tx: Tx, door: Door, now: Date): Promise<void> {
  const { inboxKey, network } = door;
  await tx.insert(signInFailures).values({ inboxKey, network, at: now });
  await forgetOldFailures(tx, new Date(now.getTime() - INBOX_GUESSES.within));
  const { inbox } = await countGuesses(tx, door, now);
  if (inbox.n === INBOX_GUESSES.free)
    log.warn({ inbox: inboxKey.slice(0, 12), wrongCodes: inbox.n }, "sign-in codes are guessed");
}

/** Whoever else forgets them at the same moment is not waited for. */
async function forgetOldFailures(tx: Tx, before: Date): Promise<void> {
  const old = tx
    .select({ id: signInFailures.id })
    .from(signInFailures)
    .where(lt(signInFailures.at, before))
    .limit(100)
    .for("update", { skipLocked: true });
  await tx.delete(signInFailures).where(inArray(signInFailures.id, old));
}

async function countGuesses(db: Db | Tx, { inboxKey, network }: Door, now: Date) {
  const guesses = async (of: "inboxKey" | "network", key: string, within: number) => {
    const [row] = await db
      .select({ n: count(), last: max(signInFailures.at) })
      .from(signInFailures)
      .where(
        and(eq(signInFailures[of], key), gt(signInFailures.at, new Date(now.getTime() - within))),
      );
    return { n: row?.n ?? 0, last: row?.last ?? null };
  };
  return {
    inbox: await guesses("inboxKey", inboxKey, INBOX_GUESSES.within),
    network: await guesses("network", network, NETWORK_GUESSES.within),
  };
}

/** A minute after the first wrong code too many, twice as long after each further one. */
function waitAfter(
  { n, last }: { n: number; last: Date | null },
  { free, longest }: typeof INBOX_GUESSES,
): Date {
  if (n < free) return NEVER;
  return after(last, Math.min(MINUTE_MS * 2 ** (n - free), longest));
}

const NEVER = new Date(0);
const after = (moment: Date | null | undefined, ms: number): Date =>
  moment ? new Date(moment.getTime() + ms) : NEVER;
const since = (now: Date, ms: number) =>
  gt(signInRequests.requestedAt, new Date(now.getTime() - ms));
