import type { TaskList } from "graphile-worker";

import { measurePool } from "@/db/client";
import { asJob } from "@/domain/context";
import { measureWork } from "@/domain/measure";
import { env } from "@/lib/env";
import { metrics } from "@/lib/metrics";
import { trustedSeconds } from "@/lib/own-certificate";
import { traced } from "@/lib/traces";

export type Task = NonNullable<TaskList[string]>;

/** The same jobs, each counted by how it ended and how long it took. */
export function counted(tasks: Readonly<Record<string, Task>>): Record<string, Task> {
  return Object.fromEntries(
    Object.entries(tasks).map(([job, run]): [string, Task] => [
      job,
      async (...given) => {
        const done = metrics.jobSeconds.startTimer({ job });
        try {
          const result = await traced(`job ${job}`, { kind: "internal" }, async () =>
            run(...given),
          );
          metrics.jobs.inc({ job, result: "done" });
          return result;
        } catch (error) {
          metrics.jobs.inc({ job, result: "failed" });
          throw error;
        } finally {
          done();
        }
      },
    ]),
  );
}

const HOUR_MS = 3_600_000;
let lookedAt = 0;

/** What a stranger is shown at the portal's own address, looked at once an hour; nobody waits for it. */
function measureCertificate(now: Date): void {
  if (now.getTime() - lookedAt < HOUR_MS) return;
  lookedAt = now.getTime();
  void trustedSeconds(env().APP_ORIGIN, { now }).then((seconds) => {
    if (seconds !== null) metrics.certificateTrusted.set({ at: "origin" }, seconds);
  });
}

/** Asks the database, when Prometheus asks. Every worker says the same. */
export async function measure(): Promise<void> {
  measurePool();
  measureCertificate(new Date());
  const work = await measureWork(asJob("metrics", new Date()), {});
  metrics.queueLength.set(work.mailsWaiting);
  metrics.queueAge.set(work.oldestMail);
  metrics.batches.set({ state: "due" }, work.batchesDue);
  metrics.batches.set({ state: "later" }, work.batchesLater);
  metrics.jobsWaiting.set(work.jobsWaiting);
  metrics.jobsAge.set(work.oldestJob);
  metrics.jobsGivenUp.set(work.jobsGivenUp);
  metrics.requestsDue.set({ due: "overdue" }, work.overdue);
  metrics.requestsDue.set({ due: "today" }, work.dueToday);
  metrics.requestsDue.set({ due: "soon" }, work.dueSoon);
  metrics.unreached.set(work.unreached);
  metrics.noticesUnseen.set(work.unseen);
  metrics.clockAhead.set(work.clockAhead);
}
