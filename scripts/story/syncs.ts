import { closeSync, keepLines, openSync, type ReadLine } from "@/domain/accounts/receive-sync";
import { runSync } from "@/domain/accounts/run-sync";
import { settleSync } from "@/domain/accounts/settle-sync";
import { syncedLine } from "@/domain/accounts/sync-input";
import type { SyncProblem } from "@/domain/accounts/sync-rows";
import { asJob, type Context } from "@/domain/context";
import { authenticateToken } from "@/domain/tickets/authenticate-token";
import { createToken } from "@/domain/tickets/create-token";
import { addDays, shanghaiDay } from "@/lib/shanghai";

import { DEMO_ACCOUNTS, DEMO_APPS } from "../people";
import { morning, type Teller } from "./teller";

const ADMIN = "qiao.jingyi@yunqiao.example";
const UIN = "100031562";
const HOUR = 3_600_000;

/**
 * The vendor's console syncs an account: first with a line that is none, so that nothing is changed,
 * the night after as it should be, with when its telemetry last saw the versions.
 */
export async function syncFromConsole({ as, started, stage }: Teller): Promise<void> {
  const admin = await as(ADMIN, morning(started, 12));
  const { token } = await createToken(admin, {
    name: "厂商控制台（演示）",
    scopes: ["accounts_read", "accounts_write"],
    expiresOn: addDays(shanghaiDay(admin.now), 365),
  });
  const night = (daysAgo: number) => new Date(morning(started, daysAgo).getTime() - 8 * HOUR);
  const arriving = async (now: Date): Promise<Context> => {
    const known = await authenticateToken({ ...asJob("api", now), ...stage }, { token });
    if (!("as" in known)) throw new Error("the token is not taken");
    return { actor: known.as, now, ...stage };
  };

  const notJson = "accounts.errors.sync.notJson";
  const wrong = { line: 2, uin: "", pointer: "", messageKey: notJson };
  const refused = await receive(await arriving(night(2)), [lineAt(night(3))], [wrong]);
  await settleSync(jobAt(night(2)), { syncId: refused, state: "refused", changed: 1 });

  const synced = await receive(await arriving(night(1)), [lineAt(night(2))]);
  await runSync(jobAt(night(1)), { syncId: synced });

  function jobAt(now: Date): Context {
    return { ...asJob("sync-accounts", new Date(now.getTime() + HOUR / 20)), ...stage };
  }
}

async function receive(
  ctx: Context,
  lines: readonly ReadLine[],
  problems: readonly SyncProblem[] = [],
): Promise<string> {
  const day = shanghaiDay(ctx.now);
  const { id: syncId } = await openSync(ctx, {
    isDryRun: false,
    idempotencyKey: `nightly-${day}`,
  });
  await keepLines(ctx, { syncId, lines, problems });
  await closeSync(ctx, { syncId, bodyHash: `demo-${day}` });
  return syncId;
}

/** What the console says of the account: all its apps as they are, seen the evening before. */
function lineAt(seen: Date): ReadLine {
  const lastSeen = seen.toISOString();
  const row = syncedLine.parse({
    uin: UIN,
    revision: 7,
    name: DEMO_ACCOUNTS.find(({ uin }) => uin === UIN)?.name,
    apps: DEMO_APPS.filter(({ uin }) => uin === UIN).map(({ sdkAppId, name, platforms }) => ({
      ...{ sdkAppId, name, product: "im" },
      platforms: Object.fromEntries(
        Object.entries(platforms).map(([platform, sdkVersion]) => [
          platform,
          { sdkVersion, lastSeen },
        ]),
      ),
    })),
  });
  return { line: 1, row };
}
