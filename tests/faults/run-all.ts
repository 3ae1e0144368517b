import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { build } from "esbuild";

import { inRoot } from "@/lib/paths";
import { migrate } from "@/scripts/launch/migrations";
import { runCommand, say } from "@/scripts/launch/say";
import { createFromTemplate, onDatabaseOf } from "@/tests/support/template";
import { endThrowAway, startThrowAway } from "@/tests/support/throw-away";

import { BROKEN } from "./broken-proxy";
import { WORKER_POINTS } from "./points";

const { values } = parseArgs({
  options: {
    /** The first seed, to have a single run again: --from 7 --seeds 1. */
    from: { type: "string", default: "1" },
    seeds: { type: "string", default: "6" },
    recipients: { type: "string", default: "2000" },
    /** One point of the matrix alone, by its number from 0, "acts" for those of web processes, or "none". */
    point: { type: "string", default: "all" },
    /** Without the broken workers, each of which has to be caught. */
    "no-broken": { type: "boolean", default: false },
  },
});

/** Where its packages are found. */
const WORKER = inRoot("node_modules", `.faults-worker-${process.pid}.mjs`);

type Run = { file: "one-point" | "one-seed"; words: string[] };

/** Of the broken workers: enough for three batches. */
const FEW = "300";

function runs(): Run[] {
  const points = [...[...WORKER_POINTS.keys()].map(String), "acts"].filter((name) =>
    ["all", name].includes(values.point),
  );
  const seeds = Array.from(
    { length: Number(values.seeds) },
    (_, index) => Number(values.from) + index,
  );
  return [
    ...points.map((n): Run => ({ file: "one-point", words: [n] })),
    ...seeds.map((n): Run => ({ file: "one-seed", words: [String(n), values.recipients] })),
    ...(values["no-broken"] ? [] : BROKEN).map((way): Run => ({
      file: "one-seed",
      words: ["4", FEW, way],
    })),
  ];
}

/**
 * npm run faults: workers killed at each point with each of the provider's faults, then one broadcast
 * per seed on a bad day, then broken workers that have to be caught; each with a database, a provider and
 * worker processes of its own, and what became of every mail.
 */
await runCommand(async () => {
  const database = await startThrowAway();
  try {
    await migrate(database.ownerUrl, database.url);
    await bundleWorker();
    const begun = performance.now();
    const waiting = runs();
    const all = waiting.length;
    let failed = 0;
    const next = async (): Promise<void> => {
      const run = waiting.shift();
      if (!run) return;
      const own = await createFromTemplate(database.ownerUrl);
      if ((await start(run, onDatabaseOf(own, database.url))) !== 0) failed += 1;
      return next();
    };
    // Most of a run is waiting, for time-outs and for workers to start.
    await Promise.all(Array.from({ length: cpus().length + 1 }, next));
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

/** The worker in one file: hundreds are started, and each would compile its sources anew. */
async function bundleWorker(): Promise<void> {
  await build({
    entryPoints: [inRoot("jobs", "run.ts")],
    outfile: WORKER,
    ...{ bundle: true, platform: "node", format: "esm", packages: "external", logLevel: "error" },
  });
}

/** A process of its own, because a process has one database. */
function start({ file, words }: Run, databaseUrl: string): Promise<number> {
  const hooks = ["--import", "tsx", "--import", "./tests/support/outside-next.mjs"];
  const child = spawn(process.execPath, [...hooks, `tests/faults/${file}.ts`, ...words], {
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, FAULTS_DATABASE_URL: databaseUrl, FAULTS_WORKER: WORKER },
  });
  return new Promise((resolve) => child.once("exit", (code) => resolve(code ?? 1)));
}
