import "server-only";
import { notFound } from "next/navigation";
import { headers } from "next/headers";
import { after } from "next/server";
import { cache } from "react";

import { authorize, may, type Permission } from "@/domain/access/permissions";
import { isSeenDue, markSeen } from "@/domain/access/mark-seen";
import { noteRefusal } from "@/domain/access/note-refusal";
import type { SessionPerson } from "@/domain/access/session";
import { ANONYMOUS, asJob, type Context, type Person } from "@/domain/context";
import { markBannersSeen } from "@/domain/inbox/mark";
import { at } from "@/lib/addresses";
import { log } from "@/lib/log";
import { redirectTo } from "@/server/redirect";

import { readSessionOf } from "./auth";
import { readSessionToken } from "./session-cookie";
import { currentVisitor } from "./visitor";

type SignedIn = Context & { actor: Person };

/** Whose session this browser has, once per request, and what it opens. */
const readVisit = cache(async (): Promise<{ person: SessionPerson | null; now: Date }> => {
  const now = new Date();
  const token = await readSessionToken();
  const person = token ? await readSessionOf(token, now) : null;
  if (person && isSeenDue(person, now)) await noteSeen(person, now);
  return { person, now };
});

/**
 * Who is asking: the person of the session, or anonymous, as is whoever has yet to prove their second
 * factor. Never throws for a stranger.
 */
export async function currentContext(): Promise<Context> {
  const { person, now } = await readVisit();
  return { actor: person && person.standing !== "factor" ? person : ANONYMOUS, now };
}

/** The same, with the person also before they have proven their factor: to prove it, or to sign out. */
export async function doorContext(): Promise<{ ctx: Context; person: SessionPerson | null }> {
  const { person, now } = await readVisit();
  return { ctx: { actor: person ?? ANONYMOUS, now }, person };
}

async function noteSeen({ sessionId }: SessionPerson, now: Date): Promise<void> {
  const { network } = await currentVisitor();
  afterwards(() => markSeen(asJob("session", now), { sessionId, network }));
}

/** Notes for the security records that the signed-in reader was refused something on this page. */
export async function reportRefusal(): Promise<void> {
  const { actor, now } = await currentContext();
  if (actor.kind !== "person") return;
  const [visitor, given] = await Promise.all([currentVisitor(), headers()]);
  const [address = ""] = (given.get("x-gaozhi-path") ?? "").split("?");
  const refusal = { userId: actor.id, visitor, path: address.replace(/^\/[^/]+/, "") };
  afterwards(() => noteRefusal(asJob("session", now), refusal));
}

/** Notes that a page has shown its reader the banners of incidents (P18), where it is the first to. */
export function noteBannersSeen(
  { actor, now }: SignedIn,
  banners: readonly { unseenNoticeId: string | null }[],
): void {
  const noticeIds = banners.flatMap(({ unseenNoticeId: id }) => (id ? [id] : []));
  if (noticeIds.length > 0) afterwards(() => markBannersSeen({ actor, now }, { noticeIds }));
}

/** Once the answer has left: nobody waits for it, and what fails of it fails nobody's page. */
function afterwards(note: () => Promise<void>): void {
  after(async () => {
    try {
      await note();
    } catch (error) {
      log.warn({ error: error instanceof Error ? error.name : "unknown" }, "visit not noted");
    }
  });
}

/** Whether this browser was signed in, and its session has ended meanwhile. */
export async function hasSessionEnded(): Promise<boolean> {
  const [{ person }, token] = await Promise.all([readVisit(), readSessionToken()]);
  return !person && token !== undefined;
}

/** The same for a page, whose reads are shared with its metadata and its navigation (see query). */
export const visitorContext = cache(async (): Promise<Context> => ({
  ...(await currentContext()),
  visit: { writes: 0 },
}));

/**
 * The context of a page for signed-in people. A stranger goes to sign-in and comes back to this
 * page; a person without the permission finds nothing here.
 */
export async function requireContext(permission: Permission): Promise<SignedIn> {
  const ctx = await visitorContext();
  const { person } = await readVisit();
  if (!isSignedIn(ctx)) return goToDoor();
  if (!may(ctx.actor, permission)) {
    if (person?.standing === "enrol") return goTo("/sign-in/factor");
    await reportRefusal();
    notFound();
  }
  authorize(ctx.actor, permission);
  return ctx;
}

const isSignedIn = (ctx: Context): ctx is SignedIn => ctx.actor.kind === "person";

/** To sign in, or to prove the second factor, and back to this page. */
export async function goToDoor(): Promise<never> {
  return goTo((await readVisit()).person ? "/sign-in/factor" : "/sign-in");
}

async function goTo(door: "/sign-in" | "/sign-in/factor"): Promise<never> {
  const path = (await headers()).get("x-gaozhi-path") ?? "";
  return redirectTo(at(door, { return: path }));
}
