import { spendBudget } from "@/domain/access/spend-budget";
import { asJob } from "@/domain/context";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { networkOf, readerAddress } from "@/lib/network-list";
import { PEER_HEADER } from "@/lib/peer-address";

/**
 * Counts a piece of work against the budget of the network that asks for it. @returns the seconds to
 * wait, or 0. Without a database nothing is refused here: what was asked for fails by itself.
 */
export async function secondsToWait(
  work: "comparison" | "form",
  headers: Headers,
): Promise<number> {
  const address = readerAddress({
    peer: headers.get(PEER_HEADER),
    forwardedFor: headers.get("x-forwarded-for"),
    trusted: env().TRUSTED_PROXIES,
  });
  const now = new Date();
  try {
    const until = await spendBudget(asJob("budgets", now), { work, network: networkOf(address) });
    return until ? Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1000)) : 0;
  } catch (error) {
    log.warn({ error: error instanceof Error ? error.name : "unknown", work }, "work not counted");
    return 0;
  }
}
