import { spawn, spawnSync } from "node:child_process";

import { StartError } from "@/lib/start-error";

import { ensureBuilt, isBuiltSomehow } from "./launch/build";
import { runCommand } from "./launch/say";

/** npm run failover: a broadcast through the loss of its database's primary (tests/failover/run.ts). */
await runCommand(async () => {
  if (spawnSync("pgbouncer", ["--version"]).error)
    throw new StartError(
      "需要 PgBouncer:apt install pgbouncer。",
      "PgBouncer is needed: apt install pgbouncer.",
    );
  if (!isBuiltSomehow()) await ensureBuilt("inherit");
  const words = ["--conditions=react-server", "--import", "tsx", "tests/failover/run.ts"];
  const child = spawn(process.execPath, [...words, ...process.argv.slice(2)], { stdio: "inherit" });
  return new Promise<number>((resolve) => child.once("exit", (code) => resolve(code ?? 1)));
});
