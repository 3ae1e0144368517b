import { runCommand } from "./launch/say";
import { describePromises } from "./promises";

/** npm run promises: each promise with its state and its tests. */
await runCommand(async () => {
  process.stdout.write(describePromises());
  return 0;
});
