import { fstatSync } from "node:fs";

import { readOptions } from "./options";
import { startResendStandIn, type ResendStandIn } from "./start";

/** The stand-in as a program of its own; it ends with SIGTERM, SIGINT or its parent. */
async function main(): Promise<void> {
  const standIn = await startResendStandIn(readOptions());
  endWithParent(standIn);
  process.stdout.write(`Resend stand-in at ${standIn.url}\nready\n`);
}

function endWithParent(standIn: ResendStandIn): void {
  let isEnding = false;
  const end = () => {
    if (isEnding) return;
    isEnding = true;
    void standIn.close().finally(() => process.exit(0));
  };
  process.once("SIGTERM", end);
  process.once("SIGINT", end);

  const stdin = fstatSync(0);
  if (stdin.isFIFO() || stdin.isSocket()) {
    process.stdin.once("end", end).once("close", end).once("error", end).resume();
  }
  // A parent that was killed can't say goodbye when stdin is not a pipe from it.
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && end(), 1000).unref();
}

main().catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`The Resend stand-in could not start: ${message}\n`);
  process.exit(1);
});
