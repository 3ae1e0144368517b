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
import { at } from "@/lib/addresses";
import { log } from "@/lib/log";
import { redirectTo } from "@/server/redirect";

import { readSessionOf } from "./auth";
import { readSessionToken } from "./session-cookie";
import { currentVisitor } from "./visitor";

type SignedIn = Context & { actor: Person };

/** Who is asking, once per request: the person of the session, or anonymous. Never throws for a stranger. */
export const currentContext = cache(async (): Promise<Context> => {
  const now = new Date();
  const token = await readSessionToken();
  const person = token ? await readSessionOf(token, now) : null;
  if (person && isSeenDue(person, now)) await noteSeen(person, now);
  return { actor: person ?? ANONYMOUS, now };
});

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
  const [{ actor }, token] = await Promise.all([currentContext(), readSessionToken()]);
  return actor.kind !== "person" && token !== undefined;
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
  if (!isSignedIn(ctx)) return goToSignIn();
  if (!may(ctx.actor, permission)) {
    await reportRefusal();
    notFound();
  }
  authorize(ctx.actor, permission);
  return ctx;
}

const isSignedIn = (ctx: Context): ctx is SignedIn => ctx.actor.kind === "person";

async function goToSignIn(): Promise<never> {
  const path = (await headers()).get("x-gaozhi-path") ?? "";
  return redirectTo(at("/sign-in", { return: path }));
}
