import { asJob } from "@/domain/context";
import { eraseLeftAddresses } from "@/domain/deregistrations/erase-addresses";
import { executeDeregistration } from "@/domain/deregistrations/execute";
import { listDueDeregistrations, readDatabaseTime } from "@/domain/deregistrations/list-due";
import { log } from "@/lib/log";

const JOB = "execute-deregistrations";

/** What is due by the database's clock. */
export const executeDueDeregistrations = async (): Promise<void> =>
  executeDeregistrations(await readDatabaseTime(asJob(JOB, new Date()), {}));

/**
 * Closes every account whose cooling-off has passed, each in a transaction of its own, and erases
 * the addresses whose last mail has left. One that fails keeps no other waiting; the next minute
 * tries it again.
 */
export async function executeDeregistrations(now: Date): Promise<void> {
  const ctx = asJob(JOB, now);
  for (const id of await listDueDeregistrations(ctx, {})) {
    try {
      await executeDeregistration(ctx, { id });
    } catch (error) {
      log.error({ deregistration: id, error }, "deregistration not carried out");
    }
  }
  await eraseLeftAddresses(ctx, {});
}
