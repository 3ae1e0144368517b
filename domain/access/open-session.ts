import { eq } from "drizzle-orm";
import { z } from "zod";

import { sessions, staffRoles } from "@/db/schema";
import type { WayIn } from "@/db/vocabulary/security";
import { env } from "@/lib/env";

import type { RecordedStep } from "../verb";
import { browserHash } from "./browser-mark";
import { type Visitor, visitor } from "./door-limits";
import { noteSecurity } from "./security-events";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** What every way in brings to open a session with. */
export const newSession = {
  /** The sha256 of the new session's token, which only the browser keeps. */
  tokenHash: z.string().length(64),
  /** That of the session this browser has had so far: a browser has one. */
  replaces: z.string().length(64).optional(),
  visitor,
};

type Opening = {
  userId: string;
  tokenHash: string;
  replaces?: string | undefined;
  visitor: Visitor;
  by: WayIn;
  /** When the way in proved a second factor itself (provenAtProvider). */
  provenAt?: Date | null;
};

/** Opens a session and puts it on the record. @returns when it ends at the latest. */
export async function openSession(
  { tx, now, record }: RecordedStep,
  { userId, tokenHash, replaces, visitor: { network, device, mark }, by, provenAt = null }: Opening,
): Promise<Date> {
  const replaced = replaces
    ? await tx.delete(sessions).where(eq(sessions.tokenHash, replaces)).returning()
    : [];
  const staff = await tx.select().from(staffRoles).where(eq(staffRoles.userId, userId)).limit(1);
  const expiresAt = new Date(now.getTime() + lifetimes(staff.length > 0).longest);
  await tx.insert(sessions).values({
    ...{ tokenHash, userId, network, device, createdAt: now, lastSeenAt: now, expiresAt },
    browserHash: browserHash(mark),
    // The demo's door is one click; there is none in production.
    factorAt: by === "demo" ? now : provenAt,
  });
  await noteSecurity({ tx, now }, ...replaced.map((session) => endingOf(session)), {
    kind: "signed_in",
    userId,
    network,
    device,
    what: by,
  });
  await record("person.signed_in", { id: userId, after: { by } });
  return expiresAt;
}

/** What the security records say of a session that is ended. */
export const endingOf = (
  { userId, network, device }: Pick<typeof sessions.$inferSelect, "userId" | "network" | "device">,
  kind: "session_ended" | "signed_out" = "session_ended",
) => ({ kind, userId, network, device });

type Times = { createdAt: Date; lastSeenAt: Date; expiresAt: Date };

/**
 * When a session ends, by what its person is now: who was given a staff role while it was open
 * exercises it no longer than staff do.
 */
export function endOf({ createdAt, lastSeenAt, expiresAt }: Times, isStaff: boolean): Date {
  const { longest, idle } = lifetimes(isStaff);
  const ends = [expiresAt, after(createdAt, longest), after(lastSeenAt, idle)];
  return ends.reduce((a, b) => (a < b ? a : b));
}

function lifetimes(isStaff: boolean) {
  const { STAFF_SESSION_HOURS, STAFF_IDLE_MINUTES, SESSION_DAYS, IDLE_DAYS } = env();
  return isStaff
    ? { longest: STAFF_SESSION_HOURS * HOUR_MS, idle: STAFF_IDLE_MINUTES * MINUTE_MS }
    : { longest: SESSION_DAYS * DAY_MS, idle: IDLE_DAYS * DAY_MS };
}

const after = (moment: Date, ms: number): Date => new Date(moment.getTime() + ms);
