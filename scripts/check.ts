import { checkStages, typesStage, unitStage } from "./launch/check-stages";
import { runCommand } from "./launch/say";
import { runStages } from "./launch/stages";

/** npm run lint: format, lint and import rules. npm run typecheck. npm run check: both, and the unit and domain tests. */
const types = typesStage();
const lints = checkStages().filter(({ name }) => name !== types.name);
const wanted = process.argv[2];
await runCommand(() =>
  runStages(
    wanted === "lint" ? [lints] : wanted === "types" ? [types] : [[types, ...lints], unitStage()],
  ),
);
