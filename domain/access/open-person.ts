import { eq } from "drizzle-orm";

import { users } from "@/db/schema";
import type { Locale } from "@/db/vocabulary/languages";

import type { RecordedStep } from "../verb";

/** A person of no account for an address that was proved and is new here; who came in between is that person. */
export async function openPerson(
  { tx, now, record }: RecordedStep,
  { email, locale }: { email: string; locale: Locale },
) {
  const [created] = await tx
    .insert(users)
    .values({ email, name: email.split("@")[0] || email, locale, createdAt: now })
    .onConflictDoNothing({ target: users.email })
    .returning();
  if (created) {
    await record("person.created", { id: created.id });
    return created;
  }
  const [known] = await tx.select().from(users).where(eq(users.email, email)).for("update");
  if (!known) throw new Error("the person was not written");
  return known;
}
