import { closeDatabase, db } from "@/db/client";
import { setting } from "@/lib/env";
import { migrate } from "@/scripts/launch/migrations";
import { tellStory } from "@/scripts/story/tell";
import { tellerAt } from "@/scripts/story/teller";
import { cookieOf } from "@/tests/e2e/support/people";

import { READERS } from "./readers";

/** Tells the demo's story at the moment of still-clock.mjs, and prints a session of each reader. */
try {
  await migrate(setting("DATABASE_OWNER_URL") ?? "", setting("DATABASE_URL"));
  await db.transaction((tx) => tellStory(tellerAt(new Date(), tx)));
  const cookies = await Promise.all(
    READERS.map(async (role) => [role, await cookieOf(role)] as const),
  );
  process.stdout.write(JSON.stringify(Object.fromEntries(cookies)));
} finally {
  await closeDatabase();
}
