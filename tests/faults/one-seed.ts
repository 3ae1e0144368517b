import { closeDatabase } from "@/db/client";
import { provideFor } from "@/tests/support/environment";

import { BROKEN } from "./broken-proxy";
import { isHonest } from "./compare";
import { lineOf, runBroadcast } from "./run-broadcast";

const [seed = "1", recipients = "5000", way] = process.argv.slice(2);
provideFor(process.env.FAULTS_DATABASE_URL ?? "");

/** One seed of `npm run faults`, in a process of its own. */
const wish = {
  seed: Number(seed),
  recipients: Number(recipients),
  kills: 3,
  // They cost the mailer's 15 s each.
  timeouts: Number(seed) % 4 === 0 && way === undefined,
  broken: BROKEN.find((one) => one === way) ?? null,
};
const result = await runBroadcast(wish);
const isCaught = wish.broken !== null && !isHonest(result);
const told = wish.broken ? ` ${wish.broken}: ${isCaught ? "caught" : "NOT caught"}` : "";
process.stdout.write(`${lineOf(wish, result)}${told}\n`);
await closeDatabase();
process.exitCode = isCaught || (!wish.broken && isHonest(result)) ? 0 : 1;
