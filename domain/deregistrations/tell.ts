import type { Deregistration } from "@/db/schema";
import type { DeregistrationEvent } from "@/db/vocabulary/deregistrations";

import type { DeregistrationUpdateFacts } from "../broadcasts/facts";
import { startBroadcast } from "../broadcasts/start";
import type { RecordedStep } from "../verb";

type Telling = {
  deregistration: Pick<Deregistration, "id" | "number" | "executeAfter">;
  account: { id: string; name: string; uin: string };
  event: DeregistrationEvent;
  owners: readonly string[];
  certificate?: DeregistrationUpdateFacts["certificate"];
  /** Why operations hold it back. */
  reason?: string | null;
};

/** Tells the account's owners, by mail and in-site message, how its deregistration stands. */
export async function tellOwners(
  step: RecordedStep,
  { deregistration, account, event, owners, certificate = null, reason = null }: Telling,
): Promise<void> {
  const { id, number, executeAfter } = deregistration;
  await startBroadcast(step, {
    kind: "deregistration_update",
    subjectId: id,
    facts: {
      deregistrationId: id,
      number,
      accountName: account.name,
      uin: account.uin,
      event,
      executeAfter: executeAfter?.toISOString() ?? null,
      ...{ certificate, reason },
    },
    audience: { accountId: account.id, userIds: owners },
  });
}
