import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { build } from "esbuild";

import { CLUSTER_FOLDER, inRoot } from "@/lib/paths";
import type { RunningDatabase } from "@/scripts/launch/database/embedded";
import { StartError } from "@/lib/start-error";
import { migrate } from "@/scripts/launch/migrations";
import { OUTSIDE_NEXT } from "@/scripts/launch/play";
import { runCommand, say } from "@/scripts/launch/say";
import { createFromTemplate, drop, inSpace, onDatabaseOf } from "@/tests/support/template";
import { endThrowAway, startThrowAway } from "@/tests/support/throw-away";

import { BROKEN, type Broken } from "./broken-proxy";
import { matrixOf } from "./matrix";
import type { PointRow } from "./one-run";
import { type Kind, KINDS, WORKER_POINTS } from "./points";
import { openSmallDisk } from "./small-disk";

const { values, positionals } = parseArgs({
  options: {
    /** The first seed of the bad days and that of the kinds, by which a run is had again: seeds --seed 7 --days 1. */
    seed: { type: "string", default: "1" },
    days: { type: "string", default: "6" },
    recipients: { type: "string", default: "2000" },
  },
  allowPositionals: true,
});

/** Where its packages are found. */
const WORKER = inRoot("node_modules", `.faults-worker-${process.pid}.mjs`);
/** The ways in which workers of another kind are broken; what posts are caught by is in their own run. */
const BROKEN_KINDS: readonly [Kind, Broken][] = [
  ["waves", "keyless"],
  ["digests", "twice"],
  ["moment", "alters"],
  ["alone", "mixes"],
];
/** Of the broken workers: enough for three batches. */
const FEW = "300";

/** By the names that choose them, the words for one-run.ts of each run. */
function parts(): [names: string[], words: string[]][] {
  const days = Array.from({ length: Number(values.days) }, (_, n) => Number(values.seed) + n);
  return [
    ...WORKER_POINTS.map(({ word }) => part(["points", word], ["point", word])),
    part(["acts"], ["acts"]),
    part(["disk"], ["disk"]),
    ...KINDS.map((kind) => part(["kinds", kind], ["kind", kind, values.seed])),
    ...days.map((n) => part(["seeds"], ["seed", String(n), values.recipients])),
    ...BROKEN.map((way) => part(["broken", way], ["seed", "4", FEW, way])),
    ...BROKEN_KINDS.map(([kind, way]) => part(["broken", way], ["kind", kind, values.seed, way])),
  ];
}

const part = (names: string[], words: string[]): [string[], string[]] => [names, words];

/** All, or those that were named. @throws StartError for what is none */
function runs(): string[][] {
  const all = parts();
  const known = new Set(all.flatMap(([names]) => names));
  const odd = positionals.filter((name) => !known.has(name));
  if (odd.length > 0)
    throw new StartError(
      `没有这一部分：${odd.join(" ")}。有：${[...known].join(" ")}。`,
      `There is no such part: ${odd.join(" ")}. There are: ${[...known].join(" ")}.`,
    );
  const isChosen = ([names]: [string[], string[]]) =>
    positionals.length === 0 || names.some((name) => positionals.includes(name));
  return all.filter(isChosen).map(([, words]) => words);
}

/**
 * npm run faults: workers killed at each point with each of the provider's faults, web processes in
 * their acts, a disk that is full, each other kind of telling, then one broadcast per seed on a bad day,
 * then broken workers that have to be caught; each with a database, a provider and worker processes of its own, and what became
 * of every mail.
 */
await runCommand(async () => {
  const waiting = runs();
  const database = await startThrowAway();
  try {
    await migrate(database.ownerUrl, database.url);
    await bundleWorker();
    const begun = performance.now();
    const all = waiting.length;
    const rows: PointRow[] = [];
    let failed = 0;
    const next = async (): Promise<void> => {
      const words = waiting.shift();
      if (!words) return;
      const run = (own: string, more: string[] = []) =>
        inOwnProcess({
          words: [...words, ...more],
          databaseUrl: onDatabaseOf(own, database.url),
          onRow: (row) => rows.push(row),
        });
      const isWell = words[0] === "disk" ? onFullDisk(database, run) : onDisk(database, run);
      if (!(await isWell)) failed += 1;
      return next();
    };
    // Most of a run is waiting, for time-outs and for workers to start.
    await Promise.all(Array.from({ length: cpus().length + 1 }, next));
    if (rows.length > 0) process.stdout.write(`\n${matrixOf(rows)}\n\n`);
    const minutes = ((performance.now() - begun) / 60_000).toFixed(1);
    say(
      failed === 0
        ? `every run is as it has to be, ${all} in ${minutes} minutes`
        : `${failed} of ${all} runs are not as they have to be`,
    );
    return failed === 0 ? 0 : 1;
  } finally {
    rmSync(WORKER, { force: true });
    await endThrowAway(database);
  }
});

/** One run over a database, with what else it has to know. @returns whether it is as it has to be */
type Run = (databaseUrl: string, more?: string[]) => Promise<boolean>;

async function onDisk({ ownerUrl }: RunningDatabase, run: Run): Promise<boolean> {
  return run(await createFromTemplate(ownerUrl));
}

/** Over a database that lies on a disk of its own, small enough to be filled, where one may be mounted. */
async function onFullDisk({ ownerUrl, dataDir }: RunningDatabase, run: Run): Promise<boolean> {
  const disk = openSmallDisk(join(dataDir, CLUSTER_FOLDER));
  if (!disk) {
    say("the full disk is left out: this process may not mount a small one (it takes root)");
    return true;
  }
  try {
    return await inSpace(ownerUrl, disk.folder, async (space) => {
      const own = await createFromTemplate(ownerUrl, space);
      const isWell = await run(own, [disk.folder, join(dataDir, "postgres.log")]);
      await drop(ownerUrl, own);
      return isWell;
    });
  } finally {
    disk.close();
  }
}

/** The worker in one file: hundreds are started, and each would compile its sources anew. */
async function bundleWorker(): Promise<void> {
  await build({
    entryPoints: [inRoot("jobs", "run.ts")],
    outfile: WORKER,
    ...{ bundle: true, platform: "node", format: "esm", packages: "external", logLevel: "error" },
  });
}

type Started = { words: string[]; databaseUrl: string; onRow: (row: PointRow) => void };

/** A process of its own, because a process has one database. */
function inOwnProcess({ words, databaseUrl, onRow }: Started): Promise<boolean> {
  const child = spawn(process.execPath, [...OUTSIDE_NEXT, "tests/faults/one-run.ts", ...words], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    env: { ...process.env, FAULTS_DATABASE_URL: databaseUrl, FAULTS_WORKER: WORKER },
  });
  child.on("message", (row) => onRow(row as PointRow));
  return new Promise((resolve) => child.once("exit", (code) => resolve(code === 0)));
}
