import { type Spending, spendBudget, type Work } from "@/domain/access/spend-budget";
import { asJob } from "@/domain/context";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { networkOf, readerAddress } from "@/lib/network-list";
import { PEER_HEADER } from "@/lib/peer-address";

/**
 * Counts a piece of work against the budget of the network that asks for it. @returns the seconds to
 * wait, or 0. Without a database nothing is refused here: what was asked for fails by itself.
 */
export async function secondsToWait(work: Work, headers: Headers): Promise<number> {
  const spending = await countWork(work, headers);
  return spending?.until ? secondsUntil(spending.until) : 0;
}

/** Counts it, for a person too; null without a database. */
export async function countWork(
  work: Work,
  headers: Headers,
  person?: string,
): Promise<Spending | null> {
  const address = readerAddress({
    peer: headers.get(PEER_HEADER),
    forwardedFor: headers.get("x-forwarded-for"),
    trusted: env().TRUSTED_PROXIES,
  });
  const wish = { work, network: networkOf(address), ...(person !== undefined && { person }) };
  try {
    return await spendBudget(asJob("budgets", new Date()), wish);
  } catch (error) {
    log.warn({ error: error instanceof Error ? error.name : "unknown", work }, "work not counted");
    return null;
  }
}

export const secondsUntil = (moment: Date): number =>
  Math.max(1, Math.ceil((moment.getTime() - Date.now()) / 1000));
