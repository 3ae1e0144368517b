// What a thread that checks leaves runs first. Plain Node: who starts it may be compiled, this folder is not.
import os from "node:os";
import { parentPort } from "node:worker_threads";
import { register } from "tsx/esm/api";

// Where cores are few, readers come first (as in text/thread.mjs).
if (process.platform === "linux")
  os.setPriority(0, Math.max(os.getPriority(0), os.constants.priority.PRIORITY_BELOW_NORMAL));
register();
const { checkLeaves } = await import("./check-leaves.ts");
const { LOADED } = await import("../../lib/thread-pool.ts");
parentPort?.on("message", (leaves) => parentPort?.postMessage(checkLeaves(leaves)));
parentPort?.postMessage(LOADED);
