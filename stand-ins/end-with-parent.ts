import { fstatSync } from "node:fs";

/** Ends this program in order with SIGTERM, SIGINT or its parent. */
export function endWithParent(close: () => Promise<void>): void {
  let isEnding = false;
  const end = () => {
    if (isEnding) return;
    isEnding = true;
    void close().finally(() => process.exit(0));
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
