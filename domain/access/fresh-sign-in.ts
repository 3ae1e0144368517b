import type { Context } from "../context";
import { NotAllowed } from "../errors";

/** For acts that cannot be undone: NIST SP 800-63B calls it reauthentication, ten minutes are ours. */
export const FRESH_SIGN_IN_MINUTES = 10;

/** Until when the actor's sign-in is fresh; null where there was none. */
export function freshUntil({ actor }: Pick<Context, "actor">): Date | null {
  if (actor.kind !== "person" || !actor.signedInAt) return null;
  return new Date(actor.signedInAt.getTime() + FRESH_SIGN_IN_MINUTES * 60_000);
}

/** Whether the actor signed in, in this very session, at most ten minutes ago. */
export function isFreshlySignedIn(ctx: Pick<Context, "actor" | "now">): boolean {
  const until = freshUntil(ctx);
  return until !== null && ctx.now <= until;
}

/** @throws NotAllowed when the sign-in is older, so that an open session alone cannot do it. */
export function assertFreshSignIn(ctx: Pick<Context, "actor" | "now">): void {
  if (!isFreshlySignedIn(ctx)) throw new NotAllowed("access.errors.staleSignIn");
}
