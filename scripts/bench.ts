import { spawn } from "node:child_process";

import { endThrowAway, startThrowAway } from "@/tests/support/throw-away";

import { migrate } from "./launch/migrations";
import { runCommand } from "./launch/say";

/** Bytes: a million told people, and as many rows beside them. */
const ROOM = 12 * 1024 ** 3;

/**
 * npm run bench [name…]: each workload beside its limit and its peer in the same run, all or those
 * whose number or name holds a word: `npm run bench B6`, `npm run bench mails`. What is found is said
 * and, when all are run, written to bench/results with a plot for what was measured at several sizes.
 * BENCH_SIZES names the sizes (developers) instead of 1000,10000,100000,1000000.
 */
await runCommand(async () => {
  const database = await startThrowAway(ROOM);
  try {
    await migrate(database.ownerUrl);
    // As the owner, because the peers make bare tables beside ours.
    const words = ["--import", "tsx", "tests/bench/run-bench.ts", ...process.argv.slice(2)];
    const child = spawn(process.execPath, words, {
      stdio: "inherit",
      env: { ...process.env, BENCH_TEMPLATE_URL: database.ownerUrl },
    });
    return await new Promise<number>((resolve) => child.once("exit", (code) => resolve(code ?? 1)));
  } finally {
    await endThrowAway(database);
  }
});
