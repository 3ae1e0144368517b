import type { Tx } from "@/db/client";
import { readPerson } from "@/domain/access/session";
import { asJob, type Context, type Person } from "@/domain/context";
import { addDays, shanghaiDay, shanghaiMidnight } from "@/lib/shanghai";

/** What every chapter of the story needs: who acts, when the story is told, in which transaction. */
export type Teller = {
  /** Somebody of the story, acting at a moment. */
  as: (email: string, now: Date) => Promise<Context>;
  started: Date;
  stage: { tx: Tx };
};

/** Every moment of the story is counted from `started`: no chapter looks at a clock of its own. */
export function tellerAt(started: Date, tx: Tx): Teller {
  const stage = { tx };
  // Nobody's roles change once they have acted, and the story calls on its people a hundred times.
  const people = new Map<string, Person>();
  return {
    started,
    stage,
    async as(email, now) {
      const actor =
        people.get(email) ?? (await readPerson({ ...asJob("demo", now), ...stage }, { email }));
      if (!actor) throw new Error(`nobody has the address ${email}`);
      people.set(email, actor);
      return { actor, now, ...stage };
    },
  };
}

/**
 * Ten o'clock in Beijing, so many days before the story is told: whoever drafts and approves within
 * the hour does both on one day, whenever the story is told.
 */
export function morning(started: Date, daysAgo: number): Date {
  const day = addDays(shanghaiDay(started), -daysAgo);
  return new Date(shanghaiMidnight(day).getTime() + 10 * 3_600_000);
}
