import { spawn } from "node:child_process";
import { parseArgs } from "node:util";

import { createFromTemplate } from "@/tests/support/template";
import { endThrowAway, startThrowAway } from "@/tests/support/throw-away";

import { migrate } from "./launch/migrations";
import { runCommand } from "./launch/say";

const { values } = parseArgs({
  options: {
    recipients: { type: "string", default: "100000" },
    accounts: { type: "string" },
    abuse: { type: "boolean", default: false },
    only: { type: "string" },
  },
});
const [program, count] = values.abuse
  ? ["tests/load/under-abuse.ts", values.only ?? ""]
  : values.accounts
    ? ["tests/load/sync-accounts.ts", values.accounts]
    : ["tests/load/run-load.ts", values.recipients];

/**
 * npm run load: one broadcast to 100,000 people through a real worker to the stand-in provider, and
 * then the very same batches posted by a bare client, so that the rate is told as a share. With
 * `-- --accounts 100000` so many accounts in one call of the vendor's console: with a bad line in the
 * middle, as they are, and once more. With `-- --abuse` the production build (`npm run build` first)
 * under the worst texts, bodies and guesses there are; `--only stalls` (largeBodies, askAndGuess) one
 * of them.
 */
await runCommand(async () => {
  const database = await startThrowAway();
  try {
    await migrate(database.ownerUrl);
    // As the owner, because the peer makes a bare table beside ours.
    const own = await createFromTemplate(database.ownerUrl);
    const child = spawn(process.execPath, ["--import", "tsx", program, count], {
      stdio: "inherit",
      env: { ...process.env, LOAD_DATABASE_URL: own },
    });
    return await new Promise<number>((resolve) => child.once("exit", (code) => resolve(code ?? 1)));
  } finally {
    await endThrowAway(database);
  }
});
