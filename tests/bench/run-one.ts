import { closeDatabase } from "@/db/client";

import { acknowledgements } from "./answers";
import { weights } from "./browser-pages";
import { clearGround } from "./ground";
import { publicPage, publicPageAlone, signedInPages } from "./public-pages";
import { lists, unread } from "./reads";
import { firstMail, sending, snapshot } from "./telling";
import { comparison } from "./texts";

/** Every workload, in the order of its number; a process measures one, for it has one database. */
const WORKLOADS = [
  ...[publicPage, publicPageAlone, comparison, unread, signedInPages, snapshot, sending, firstMail],
  ...[lists, acknowledgements, weights],
];

const [id] = process.argv.slice(2);
const workload = WORKLOADS.find((one) => one.id === id);
if (!workload) {
  process.send?.(WORKLOADS.map(({ id: known, name, about }) => ({ id: known, name, about })));
} else {
  try {
    process.send?.(await workload.run());
  } finally {
    await clearGround();
    await closeDatabase();
  }
}
process.disconnect();
