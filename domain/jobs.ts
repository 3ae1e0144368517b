import { sql } from "drizzle-orm";

import type { Tx } from "@/db/client";

/** The jobs that a verb may enqueue; jobs/run.ts runs each under this name. */
export const JOB_NAMES = [
  "deliver-mails",
  "prepare-broadcasts",
  "post-dispatches",
  "ask-reports",
  "ask-silent-mails",
  "activate-versions",
  "send-announcements",
  "remind-unacknowledged",
  "remind-requests",
  "purge",
  "raise-alarms",
  "measure-reach",
  "escalate-unopened",
  "check-record",
  "stamp-record",
  "mail-digests",
  "mail-checkpoints",
  "seal-events",
  "send-digests",
  "send-number-code",
  "mail-sign-in",
  "mail-contact",
  "mail-subscription",
  "mail-invitation",
  "mail-test",
  "recompute-due-dates",
  "execute-deregistrations",
  "sync-accounts",
  "open-disposals",
  "delete-users",
] as const;
export type JobName = (typeof JOB_NAMES)[number];

/**
 * Enqueues a job in the verb's own transaction: it runs if and only if the verb commits. Without
 * `payload` calls are merged into one waiting job (graphile-worker's job key);
 * what waits for later never pushes back what is due now.
 */
export async function wakeJob(
  tx: Tx,
  name: JobName,
  { payload, runAt }: { payload?: Record<string, string>; runAt?: Date } = {},
): Promise<void> {
  const key = payload ? null : runAt ? `${name}:later` : name;
  await tx.execute(sql`
    select graphile_worker.add_job(
      ${name}, payload => ${JSON.stringify(payload ?? {})}::json,
      run_at => coalesce(${runAt?.toISOString() ?? null}::timestamptz, now()),
      job_key => ${key}, max_attempts => 25)`);
}
