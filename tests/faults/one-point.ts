import { closeDatabase } from "@/db/client";
import { provideFor } from "@/tests/support/environment";

import { type Comparison, isHonest } from "./compare";
import { runActs } from "./run-acts";
import { runPoint } from "./run-point";

/** Longest until another worker takes up what a killed one held, in seconds. */
const TAKEN_UP_WITHIN = 60;

provideFor(process.env.FAULTS_DATABASE_URL ?? "");

/** One point of the matrix of `npm run faults`, or the acts of web processes, in a process of its own. */
const isWell =
  process.argv[2] === "acts" ? await acts() : await workerPoint(Number(process.argv[2]));
await closeDatabase();
process.exitCode = isWell ? 0 : 1;

async function workerPoint(index: number): Promise<boolean> {
  const { point, kills, missed, takenUp, seconds, ...compared } = await runPoint(index);
  const isGood = isHonest(compared) && takenUp <= TAKEN_UP_WITHIN && kills > 0;
  const done = `${kills} kills, ${missed} times not reached, taken up after ${takenUp.toFixed(0)} s`;
  tell({ what: `worker killed ${point}`, done, compared, isGood, seconds });
  return isGood;
}

async function acts(): Promise<boolean> {
  const { kills, wrong, seconds, ...compared } = await runActs();
  const isGood = isHonest(compared) && wrong.length === 0;
  const what = "web killed around approval and pause, in webhooks";
  tell({ what, done: [`${kills} kills`, ...wrong].join("; "), compared, isGood, seconds });
  return isGood;
}

type Told = { what: string; done: string; compared: Comparison; isGood: boolean; seconds: number };

function tell({ what, done, compared, isGood, seconds }: Told): void {
  const { lost, doubled, unexpected, disagreeing } = compared;
  const counts = `lost ${lost.length}, doubled ${doubled.length}, wrong content ${unexpected.length}, disagreeing ${disagreeing.length}`;
  process.stdout.write(`${what}: ${done}; ${counts} ${isGood ? "✓" : "✗"} ${seconds} s\n`);
}
