import { closeDatabase } from "@/db/client";
import { provideFor } from "@/tests/support/environment";

import { isHonest } from "./compare";
import { lineOf, runBroadcast } from "./run-broadcast";

const [seed = "1", recipients = "5000", keys] = process.argv.slice(2);
provideFor(process.env.FAULTS_DATABASE_URL ?? "");

/** One seed of `npm run faults`, in a process of its own. */
const wish = {
  seed: Number(seed),
  recipients: Number(recipients),
  kills: 3,
  // They cost the mailer's 15 s each.
  timeouts: Number(seed) % 4 === 0,
  withoutKeys: keys === "without-keys",
};
const result = await runBroadcast(wish);
process.stdout.write(`${lineOf(wish, result)}\n`);
await closeDatabase();
process.exitCode = isHonest(result) ? 0 : 1;
