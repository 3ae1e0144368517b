import { spawn } from "node:child_process";

import { runCommand } from "./launch/say";

/** npm run drill: a telling through the loss of its whole database, and the way back (tests/drill/run.ts). */
await runCommand(async () => {
  const words = [
    "--import",
    "tsx",
    "--import",
    "./tests/support/outside-next.mjs",
    "tests/drill/run.ts",
  ];
  const child = spawn(process.execPath, [...words, ...process.argv.slice(2)], { stdio: "inherit" });
  return new Promise<number>((resolve) => child.once("exit", (code) => resolve(code ?? 1)));
});
