import { spawnSync } from "node:child_process";

import { StartError } from "@/lib/start-error";

import { ensureBuilt, isBuiltSomehow } from "./launch/build";
import { play } from "./launch/play";
import { runCommand } from "./launch/say";

/** npm run failover: a broadcast through the loss of its database's primary (tests/failover/run.ts). */
await runCommand(async () => {
  if (spawnSync("pgbouncer", ["--version"]).error)
    throw new StartError(
      "需要 PgBouncer:apt install pgbouncer。",
      "PgBouncer is needed: apt install pgbouncer.",
    );
  if (!isBuiltSomehow()) await ensureBuilt("inherit");
  return play("tests/failover/run.ts");
});
