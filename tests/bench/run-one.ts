import { closeDatabase } from "@/db/client";

import { abuse } from "./abuse/workload";
import { accountSync } from "./accounts";
import { acknowledgements } from "./answers";
import { badDay } from "./bad-day";
import { publicWeights, signedInWeights } from "./browser-pages";
import { burst } from "./burst";
import { tellCrowds } from "./crowd";
import { clearGround, openOwnDatabase } from "./ground";
import { firstMail, sending } from "./mails";
import { publicPage, publicPageAlone, signedInPages } from "./public-pages";
import { lists, unread } from "./reads";
import { recordCheck, sealingBeside } from "./record";
import { snapshot } from "./telling";
import { comparison } from "./texts";

/** Every workload, in the order of its number; a process measures one, for it has one database. */
const WORKLOADS = [
  ...[publicPage, publicPageAlone, comparison, unread, signedInPages, snapshot, sending, badDay],
  ...[firstMail, lists, acknowledgements, publicWeights, signedInWeights, burst],
  ...[accountSync, recordCheck, sealingBeside, ...abuse],
];

/** What the process was asked for: the list of workloads, the told crowds, or one workload. */
const [id] = process.argv.slice(2);

async function answer(): Promise<unknown> {
  if (id === undefined) return WORKLOADS.map(({ run: _, ...workload }) => workload);
  if (id === "crowds") {
    openOwnDatabase();
    await tellCrowds();
    return null;
  }
  return WORKLOADS.find((one) => one.id === id)?.run();
}

try {
  process.send?.(await answer());
} finally {
  await clearGround();
  await closeDatabase();
}
process.disconnect();
