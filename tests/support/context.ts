import type { Context, Person } from "@/domain/context";

/** A moment of Beijing's clock: `beijing("2026-03-02 09:00")`. */
export function beijing(moment: string): Date {
  const [day, time = "00:00"] = moment.split(" ");
  return new Date(`${day}T${time}:00+08:00`);
}

/** A person acting at a moment of Beijing's clock. */
export function acting(actor: Person, moment: string): Context {
  return { actor, now: beijing(moment) };
}
