import { reapplyErasures } from "@/jobs/erasures";
import { StartError } from "@/lib/start-error";

import { say } from "./say";

/**
 * Before any door opens: who was erased stays erased, also on a restored database (docs/decisions/021).
 * What mails have left is the worker's to find out, before the next one does.
 * @throws StartError where an erasure cannot be carried out again
 */
export async function settleErasures(): Promise<void> {
  try {
    const erasures = await reapplyErasures();
    if (erasures > 0)
      say(
        `  ! 按台账重新注销 ${erasures} 个账号 · erased again by the ledger: ${erasures} accounts`,
      );
  } catch (error) {
    throw new StartError(
      `删除台账(ERASURE_LEDGER_FILE)中的注销无法在此数据库上重新执行:${reason(error)}。`,
      `What the erasure ledger (ERASURE_LEDGER_FILE) holds cannot be carried out again on this database: ${reason(error)}.`,
    );
  }
}

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));
