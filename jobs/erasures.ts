import { asJob, type Context } from "@/domain/context";
import { listRisen, listUnnoted, reapplyErasure } from "@/domain/deregistrations/ledger";
import { env } from "@/lib/env";
import { openErasureLedger } from "@/lib/erasure-ledger";

/**
 * Notes what the database knows as erased and the ledger does not. Right after an erasure, and each
 * minute: what a killed worker left out is made good.
 */
export async function noteErasures(ctx: Context): Promise<void> {
  const file = env().ERASURE_LEDGER_FILE;
  if (!file) return;
  const ledger = openErasureLedger(file);
  const noted = ledger.read().map(({ number }) => number);
  const missing = await listUnnoted(ctx, { noted });
  if (missing.length > 0) ledger.add(missing);
}

/**
 * Erases again what the ledger knows as erased and the database does not, because it was restored to a
 * moment before. Looked at before every start: on a database that was not, there is nothing to do.
 * @returns how many accounts @throws where the ledger is damaged or an erasure fails: no door opens
 */
export async function reapplyErasures(): Promise<number> {
  const file = env().ERASURE_LEDGER_FILE;
  if (!file) return 0;
  const ctx = asJob("after-restore", new Date());
  const erasures = openErasureLedger(file).read();
  const risen = await listRisen(ctx, { accountIds: erasures.map(({ accountId }) => accountId) });
  for (const erasure of erasures)
    if (risen.includes(erasure.accountId)) await reapplyErasure(ctx, erasure);
  return risen.length;
}
