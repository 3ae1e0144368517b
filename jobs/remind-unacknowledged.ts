import { asJob } from "@/domain/context";
import { Conflict } from "@/domain/errors";
import { remindUnanswered, versionsToRemind } from "@/domain/policies/remind";

/** Reminds 7, 3 and 1 days before a major change takes effect; a second run on the same day does nothing. */
export async function remindUnacknowledged(now: Date): Promise<void> {
  const ctx = asJob("remind-unacknowledged", now);
  for (const { id } of await versionsToRemind(ctx, {})) {
    try {
      await remindUnanswered(ctx, { versionId: id });
    } catch (error) {
      // Reminded today already, by an earlier run or by a colleague: nothing is owed.
      if (!(error instanceof Conflict)) throw error;
    }
  }
}
