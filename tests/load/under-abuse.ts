import { closeDatabase } from "@/db/client";
import { isBuilt } from "@/scripts/launch/build";

import { askAndGuess } from "./guesses";
import { largeBodies } from "./large-bodies";
import { startPortal } from "./portal";
import { stalls } from "./stalls";

/** What npm run load -- --abuse measures, on the production build: docs/decisions/032. */
if (!isBuilt()) throw new Error("the sources are not built: npm run build");
const portal = await startPortal(process.env.LOAD_DATABASE_URL ?? "");
const only = process.argv[2];
try {
  for (const [name, play] of Object.entries({ stalls, largeBodies, askAndGuess })) {
    if (only && only !== name) continue;
    for await (const line of play(portal)) process.stdout.write(`${line}\n`);
  }
} finally {
  await closeDatabase();
  await portal.stop();
}
