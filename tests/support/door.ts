import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";

import { db } from "@/db/client";
import { sessions } from "@/db/schema";
import type { WayIn } from "@/db/vocabulary/security";
import type { Visitor } from "@/domain/access/door-limits";
import { recordSignInMailed } from "@/domain/access/sign-in-mail";
import { openSession } from "@/domain/access/open-session";
import { hashSessionToken, newSessionToken } from "@/domain/access/secrets";
import { readSession } from "@/domain/access/session";
import { ANONYMOUS, asJob, type Person } from "@/domain/context";
import { newBrowserMark } from "@/domain/access/browser-mark";

/** Somebody at the door in a browser of their own, from a network of their own unless it is given. */
export const givenVisitor = (network: string = randomUUID()): Visitor => ({
  network,
  mark: newBrowserMark(),
  device: "Chrome · Windows",
});

/** Has the mail of a sign-in request leave. */
export const letMailLeave = (requestId: string, at: Date) =>
  recordSignInMailed(asJob("mail-sign-in", at), { requestId });

/** Signs in by mail. @returns what reads the session at a moment */
export async function enter(
  { id }: Person,
  { now, by = "mail", provenAt = null }: { now: Date; by?: WayIn; provenAt?: Date | null },
) {
  const tokenHash = hashSessionToken(newSessionToken());
  const visitor = givenVisitor();
  await db.transaction((tx) =>
    openSession(
      { tx, now, actor: ANONYMOUS, record: async () => {}, unchanged: () => {} } as never,
      { userId: id, tokenHash, visitor, by, provenAt },
    ),
  );
  const [{ sessionId } = { sessionId: "" }] = await db
    .select({ sessionId: sessions.id })
    .from(sessions)
    .where(eq(sessions.tokenHash, tokenHash));
  return async (at: Date = now) => {
    const [row] = await db.select().from(sessions).where(eq(sessions.id, sessionId));
    const person = await readSession(asJob("session", at), { tokenHash: row?.tokenHash ?? "" });
    if (!person) throw new Error("no session");
    return { actor: person, now: at, standing: person.standing };
  };
}

/** The token that a session is to have from the proof on. */
export const renewal = () => ({ tokenHash: hashSessionToken(newSessionToken()) });
