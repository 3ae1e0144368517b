import { inject, vi } from "vitest";

import { db } from "@/db/client";
import { env } from "@/lib/env";

import { recreate } from "./template";

/** Puts this test file's database back to its first state, for a test that needs it empty again. */
export async function resetDatabase(): Promise<void> {
  await recreate(inject("templateUrl"), env().DATABASE_URL);
  // The server has ended the old connections; the pool must have noticed before it is used again.
  await vi.waitUntil(() => db.$client.totalCount === 0);
}
