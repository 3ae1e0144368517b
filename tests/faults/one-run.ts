import { closeDatabase } from "@/db/client";
import { provideFor } from "@/tests/support/environment";

import { BROKEN, type Broken } from "./broken-proxy";
import { type Comparison, countsIn, isHonest } from "./compare";
import { KINDS } from "./points";
import { runActs } from "./run-acts";
import { lineOf, runBroadcast } from "./run-broadcast";
import { runFullDisk } from "./run-full-disk";
import { runKind } from "./run-kind";
import { type PointResult, runPoint } from "./run-point";

/** Longest until another worker takes up what a killed one held, in seconds. */
const TAKEN_UP_WITHIN = 60;

provideFor(process.env.FAULTS_DATABASE_URL ?? "");

/** One run of `npm run faults`, in a process of its own: a process has one database. */
const RUNS: Record<string, (...words: string[]) => Promise<boolean>> = {
  ...{ point, kind, acts, disk, seed },
};
const [what = "", ...given] = process.argv.slice(2);
const isWell = (await RUNS[what]?.(...given)) ?? false;
await closeDatabase();
process.exitCode = isWell ? 0 : 1;

async function point(word = ""): Promise<boolean> {
  const result = await runPoint(word);
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

async function kind(name = "", number = "1", way?: string): Promise<boolean> {
  const known = KINDS.find((one) => one === name);
  if (!known) throw new Error(`there is no kind ${name}`);
  const broken = BROKEN.find((one) => one === way) ?? null;
  const result = await runKind({ kind: known, seed: Number(number), broken });
  const { kills, missed, wrong } = result;
  if (broken) return sayCaught({ what: `told otherwise: ${name}`, broken, result });
  const isGood = isHonest(result) && missed.length + wrong.length === 0;
  const never = missed.map((at) => `nobody came ${at}`);
  const done = [`${kills} kills, seed ${number}`, ...never, ...wrong].join("; ");
  say({ what: `told otherwise: ${name}`, done, result, isGood });
  return isGood;
}

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

type Caught = Pick<Said, "what" | "result"> & { broken: Broken };

/** A broken worker is as it has to be where its mails are found to be wrong. */
function sayCaught({ what, broken, result }: Caught): boolean {
  const isCaught = !isHonest(result);
  const done = `${broken}: ${isCaught ? "caught" : "NOT caught"}`;
  say({ what, done, result, isGood: isCaught });
  return isCaught;
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
