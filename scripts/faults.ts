import { spawn } from "node:child_process";

import { runCommand } from "./launch/say";

/** npm run faults: what is killed, with what goes wrong meanwhile (tests/faults/run-all.ts). */
await runCommand(async () => {
  const words = ["--import", "tsx", "tests/faults/run-all.ts", ...process.argv.slice(2)];
  const child = spawn(process.execPath, words, { stdio: "inherit" });
  return new Promise<number>((resolve) => child.once("exit", (code) => resolve(code ?? 1)));
});
