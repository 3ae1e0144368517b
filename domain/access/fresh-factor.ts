import type { Context } from "../context";
import { NotAllowed } from "../errors";

/** For acts that bind or reach many people. */
export const FRESH_FACTOR_MINUTES = 15;

/**
 * Whether the actor has proven who they are within a quarter of an hour: by their second factor, or
 * without one (which staff have where STAFF_FACTOR requires it) by their sign-in. Jobs, and programs
 * that act in somebody's name, have no session that could have been left open.
 */
export function hasFreshFactor({ actor, now }: Pick<Context, "actor" | "now">): boolean {
  if (actor.kind !== "person" || !actor.sessionId) return true;
  const proven = actor.factorAt ?? actor.signedInAt;
  return proven !== undefined && now.getTime() - proven.getTime() <= FRESH_FACTOR_MINUTES * 60_000;
}

/** @throws NotAllowed when it is longer ago, so that a session left open alone cannot do it. */
export function assertFreshFactor(ctx: Pick<Context, "actor" | "now">): void {
  if (!hasFreshFactor(ctx))
    throw new NotAllowed("access.errors.staleFactor", { minutes: FRESH_FACTOR_MINUTES });
}
