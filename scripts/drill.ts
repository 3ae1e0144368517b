import { ensureBuilt, isBuiltSomehow } from "./launch/build";
import { play } from "./launch/play";
import { runCommand } from "./launch/say";

/** npm run drill: a telling through the loss of its whole database, and the way back (tests/drill/run.ts). */
await runCommand(async () => {
  if (!isBuiltSomehow()) await ensureBuilt("inherit");
  return play("tests/drill/run.ts");
});
