// What a thread for texts runs first. Plain Node: who starts it may be compiled, this folder is not.
import os from "node:os";
import { register } from "tsx/esm/api";

// Where cores are few, readers come first. On Linux alone is 0 this thread and not the whole process.
// Who stands further back already stays there: to come forward is not allowed.
if (process.platform === "linux")
  os.setPriority(0, Math.max(os.getPriority(0), os.constants.priority.PRIORITY_BELOW_NORMAL));
register();
await import("./thread.ts");
