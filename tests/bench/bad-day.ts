import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";

import { db } from "@/db/client";
import { env } from "@/lib/env";
import { readRecord } from "@/stand-ins/resend/record";
import { startResendStandIn } from "@/stand-ins/resend/start";
import { workerProcesses } from "@/tests/faults/workers";
import { givenStaff } from "@/tests/support/people";

import { countQueued, tellCrowd } from "./crowd";
import { openOwnDatabase, temporaryFolder } from "./ground";
import { quantile, type Workload } from "./measure";

const MAILS = 20_000;
/** Requests a second that the provider allows, of 100 mails each. */
const RATE = 10;
/** A request of so many fails: one in fifty, and two more of them by a lost answer or a 429. */
const EVERY = 50;

export const badDay: Workload = {
  id: "B8",
  name: "Mails on a bad day",
  about:
    "20,000 mails by one worker to a stand-in that allows 10 requests a second: each fiftieth fails, half of those after it had accepted the mails, and a 429 and a lost answer come in between; near the end the worker is killed (kill -9) and another starts. Of the allowance counts what was asked, refusals of the provider's failures included.",
  async run() {
    openOwnDatabase();
    const asked: number[] = [];
    const folder = temporaryFolder();
    const standIn = await startResendStandIn({
      dataFolder: folder,
      apiKey: env().RESEND_API_KEY,
      webhookSecret: env().RESEND_WEBHOOK_SECRET,
      ratePerSecond: RATE,
      onRequest: () => asked.push(performance.now()),
    });
    for (const fault of ["error_after", "error_before", "reset_after", "rate_limited"] as const)
      standIn.faults.program({
        fault,
        skip: EVERY - 1,
        ...(fault === "rate_limited" && { retryAfter: 1 }),
      });
    const { id } = await tellCrowd(await givenStaff("approver"), MAILS);
    const workers = workerProcesses(standIn.url);
    try {
      await workers.start(1);
      while ((await countQueued(id)) > MAILS / 5) await sleep(20);
      const [share, why] = [shareOf(asked), windowsOf(asked)];
      const resumed = await killAndResume(workers, asked);
      await allSent(id);
      const accepted = await readRecord(folder);
      const people = new Set(accepted.flatMap(({ to }) => to));
      return {
        figures: [
          { what: "requests", value: asked.length, unit: "" },
          { what: "allowance", value: RATE * 100, unit: "/s" },
          {
            what: "from kill -9 to the next request, a worker's start included",
            value: resumed,
            unit: "s",
          },
        ],
        ratios: [
          { what: "share of the allowance", value: share, least: 0.98, why },
          { what: "lost", value: MAILS - people.size, most: 0 },
          { what: "doubled", value: accepted.length - people.size, most: 0 },
          { what: "resumed, s", value: resumed, most: 2 },
        ],
      };
    } finally {
      await workers.killAll();
      await standIn.close();
    }
  },
};

/** What was asked of what might have been asked from the first request to the last. */
function shareOf(asked: readonly number[]): number {
  const seconds = ((asked.at(-1) ?? 0) - (asked[0] ?? 0)) / 1000;
  return (asked.length - 1) / (RATE * seconds);
}

/** Where the time went, by the windows as the provider counts them. */
function windowsOf(asked: readonly number[]): string {
  const windows: number[][] = [];
  for (const at of asked) {
    const [first = -Infinity] = windows.at(-1) ?? [];
    if (at >= first + 1000) windows.push([]);
    windows.at(-1)?.push(at);
  }
  const full = windows.slice(1, -1);
  const short = full.filter(({ length }) => length < RATE).length;
  const middle = (values: number[]) =>
    Math.round(
      quantile(
        values.toSorted((one, other) => one - other),
        0.5,
      ),
    );
  const taken = middle(full.map((one) => (one.at(-1) ?? 0) - (one[0] ?? 0)));
  const late = middle(
    full.map(([first = 0], n) => (full[n + 1]?.[0] ?? first + 1000) - first - 1000),
  );
  return `of ${full.length} windows of a second ${short} ended before their ${RATE} requests had left, for want of processor time: from first to last took ${taken} ms in the middle; the next window was opened ${late} ms after it could be`;
}

/** @returns seconds */
async function killAndResume(
  workers: ReturnType<typeof workerProcesses>,
  asked: readonly number[],
): Promise<number> {
  await workers.killAll();
  const [before, killed] = [asked.length, performance.now()];
  await workers.start(1);
  while (asked.length === before) await sleep(5);
  return ((asked[before] ?? 0) - killed) / 1000;
}

/** Nobody is left who holds what the killed worker held: its lease need not run out by itself. */
async function allSent(id: string): Promise<void> {
  await db.execute(sql`
    update mail_batches set lease_until = null
    where status = 'frozen' and lease_until > clock_timestamp()
      and first_attempt_at < clock_timestamp() - interval '1 second'`);
  while ((await countQueued(id)) > 0) {
    await db.execute(sql`select graphile_worker.add_job('deliver-mails', '{}'::json)`);
    await sleep(500);
  }
}
