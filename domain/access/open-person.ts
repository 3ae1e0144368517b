import { users } from "@/db/schema";
import type { Locale } from "@/db/vocabulary/languages";

import type { RecordedStep } from "../verb";

/** A person of no account for an address that was proved and is new here. */
export async function openPerson(
  { tx, now, record }: RecordedStep,
  { email, locale }: { email: string; locale: Locale },
) {
  const [created] = await tx
    .insert(users)
    .values({ email, name: email.split("@")[0] || email, locale, createdAt: now })
    .onConflictDoUpdate({ target: users.email, set: { email } })
    .returning();
  if (!created) throw new Error("the person was not written");
  await record("person.created", { id: created.id });
  return created;
}
