import { sql } from "drizzle-orm";

import { closeDatabase, db } from "@/db/client";
import { JOB_NAMES } from "@/domain/jobs";

import { tellStory } from "./story/tell";
import { tellerAt } from "./story/teller";

/** Tells the demo's story as of now, in one transaction: to its end or not at all. */
try {
  await enterJobNames();
  await db.transaction((tx) => tellStory(tellerAt(new Date(), tx)));
} finally {
  await closeDatabase();
}

/**
 * Makes the jobs' names known to the queue, each in a transaction of its own. A worker that starts
 * meanwhile enters them all at once: within the story's long transaction they would wait for each other.
 */
async function enterJobNames(): Promise<void> {
  for (const name of JOB_NAMES)
    await db.transaction(async (tx) => {
      await tx.execute(sql`select graphile_worker.add_job(${name}, job_key => 'name')`);
      await tx.execute(sql`select graphile_worker.remove_job('name')`);
    });
}
