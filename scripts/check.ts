import { checkStages } from "./launch/check-stages";
import { runCommand } from "./launch/say";
import { runStages } from "./launch/stages";

/** npm run check: everything of npm test that needs neither build nor browser. */
await runCommand(() => runStages(checkStages()));
