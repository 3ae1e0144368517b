import { spawn } from "node:child_process";
import { cpus } from "node:os";
import { parseArgs } from "node:util";

import { createFromTemplate, onDatabaseOf } from "@/tests/support/template";
import { endThrowAway, startThrowAway } from "@/tests/support/throw-away";

import { migrate } from "./launch/migrations";
import { runCommand, say } from "./launch/say";

const { values } = parseArgs({
  options: {
    /** The first seed, to have a single run again: --from 7 --seeds 1. */
    from: { type: "string", default: "1" },
    seeds: { type: "string", default: "20" },
    recipients: { type: "string", default: "5000" },
    "without-keys": { type: "boolean", default: false },
  },
});

/**
 * npm run faults: one broadcast per seed on a bad day, each with a database, a provider and worker
 * processes of its own, and what became of every mail. `--without-keys` shows that it can fail.
 */
await runCommand(async () => {
  const database = await startThrowAway();
  try {
    await migrate(database.ownerUrl, database.url);
    const seeds = Array.from(
      { length: Number(values.seeds) },
      (_, index) => Number(values.from) + index,
    );
    let failed = 0;
    const next = async (): Promise<void> => {
      const seed = seeds.shift();
      if (seed === undefined) return;
      const own = await createFromTemplate(database.ownerUrl);
      if ((await runSeed(seed, onDatabaseOf(own, database.url))) !== 0) failed += 1;
      return next();
    };
    // Most of a run is waiting, for time-outs and for workers to start.
    await Promise.all(Array.from({ length: cpus().length + 1 }, next));
    say(failed === 0 ? "every run agrees" : `${failed} of ${values.seeds} runs do not agree`);
    return failed === 0 ? 0 : 1;
  } finally {
    await endThrowAway(database);
  }
});

/** A process of its own, because a process has one database. */
function runSeed(seed: number, databaseUrl: string): Promise<number> {
  const words = [
    ...["--conditions=react-server", "--import", "tsx", "tests/faults/one-seed.ts"],
    ...[String(seed), values.recipients, values["without-keys"] ? "without-keys" : "with-keys"],
  ];
  const child = spawn(process.execPath, words, {
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, FAULTS_DATABASE_URL: databaseUrl },
  });
  return new Promise((resolve) => child.once("exit", (code) => resolve(code ?? 1)));
}
