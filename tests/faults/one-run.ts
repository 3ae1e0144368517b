import { closeDatabase } from "@/db/client";
import { provideFor } from "@/tests/support/environment";

import { BROKEN } from "./broken-proxy";
import { type Comparison, countsIn, isHonest } from "./compare";
import { runActs } from "./run-acts";
import { lineOf, runBroadcast } from "./run-broadcast";
import { runFullDisk } from "./run-full-disk";
import { type PointResult, runPoint } from "./run-point";

/** Longest until another worker takes up what a killed one held, in seconds. */
const TAKEN_UP_WITHIN = 60;

provideFor(process.env.FAULTS_DATABASE_URL ?? "");

/** One run of `npm run faults`, in a process of its own: a process has one database. */
const RUNS: Record<string, (...words: string[]) => Promise<boolean>> = { point, acts, disk, seed };
const [kind = "", ...given] = process.argv.slice(2);
const isWell = (await RUNS[kind]?.(...given)) ?? false;
await closeDatabase();
process.exitCode = isWell ? 0 : 1;

async function point(index = ""): Promise<boolean> {
  const result = await runPoint(Number(index));
  const { takenUp, cells, retried } = result;
  const isWhole = cells.every(({ died }) => died > 0);
  const isGood = isHonest(result) && takenUp <= TAKEN_UP_WITHIN && isWhole;
  const kills = cells.reduce((sum, { died }) => sum + died, 0);
  const done = `${kills} kills with ${cells.length} faults, taken up after ${takenUp.toFixed(0)} s, ${retried} sent again`;
  say({ what: `worker killed ${result.point}`, done, result, isGood });
  process.send?.({ ...result, isGood } satisfies PointRow);
  return isGood;
}

/** What a run at a point hands on, for the table of all. */
export type PointRow = PointResult & { isGood: boolean };

async function acts(): Promise<boolean> {
  const result = await runActs();
  const isGood = isHonest(result) && result.wrong.length === 0;
  const what = "web killed around approval and pause, in webhooks";
  say({ what, done: [`${result.kills} kills`, ...result.wrong].join("; "), result, isGood });
  return isGood;
}

async function disk(folder = "", log = ""): Promise<boolean> {
  const result = await runFullDisk({ folder, log });
  const { times, refused, restarts, done } = result;
  const isGood = isHonest(result) && refused > 0;
  const words = `${refused} writes refused, workers begun again ${restarts} times, all told ${done.toFixed(0)} s after there was room`;
  say({ what: `disk full ${times} times`, done: words, result, isGood });
  return isGood;
}

async function seed(number = "1", recipients = "5000", way?: string): Promise<boolean> {
  const wish = {
    seed: Number(number),
    recipients: Number(recipients),
    kills: 3,
    // They cost the mailer's 15 s each.
    timeouts: Number(number) % 4 === 0 && way === undefined,
    broken: BROKEN.find((one) => one === way) ?? null,
  };
  const result = await runBroadcast(wish);
  const isCaught = wish.broken !== null && !isHonest(result);
  const told = wish.broken ? ` ${wish.broken}: ${isCaught ? "caught" : "NOT caught"}` : "";
  process.stdout.write(`${lineOf(wish, result)}${told}\n`);
  return isCaught || (!wish.broken && isHonest(result));
}

type Said = {
  what: string;
  done: string;
  result: Comparison & { seconds: number };
  isGood: boolean;
};

function say({ what, done, result, isGood }: Said): void {
  const mark = isGood ? "✓" : "✗";
  process.stdout.write(`${what}: ${done}; ${countsIn(result)} ${mark} ${result.seconds} s\n`);
}
