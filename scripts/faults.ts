import { play } from "./launch/play";
import { runCommand } from "./launch/say";

/** npm run faults: what is killed, with what goes wrong meanwhile (tests/faults/run-all.ts). */
await runCommand(() => play("tests/faults/run-all.ts"));
