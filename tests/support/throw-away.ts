import fs from "node:fs";
import os from "node:os";
import path from "node:path";

import { findDatabaseHome } from "@/scripts/launch/database/home";
import { isDatabaseUsed } from "@/scripts/launch/database/users";
import {
  removeDatabase,
  type RunningDatabase,
  startDatabase,
} from "@/scripts/launch/database/embedded";
import { log } from "@/lib/log";

const PREFIX = "gaozhi-test-";
/** Bytes. */
const ENOUGH = 2 * 1024 ** 3;

/**
 * A cluster in a temporary folder that trades safety for speed.
 * @param room bytes that it may come to take
 */
export async function startThrowAway(room = ENOUGH): Promise<RunningDatabase> {
  const parent = temporaryFolder(room);
  await sweep(parent);
  const folder = fs.mkdtempSync(path.join(parent, PREFIX));
  fs.chmodSync(folder, 0o755);
  return startDatabase({
    ...findDatabaseHome(folder, folder),
    log,
    settings: { fsync: "off", synchronous_commit: "off", full_page_writes: "off" },
  });
}

/** Stops the cluster and removes its folder. */
export async function endThrowAway(database: RunningDatabase): Promise<void> {
  await database.stop();
  await removeDatabase(database.dataDir);
}

/** Ends and removes the clusters of runs that were killed. */
async function sweep(parent: string): Promise<void> {
  for (const name of fs.readdirSync(parent).filter((entry) => entry.startsWith(PREFIX))) {
    const dataDir = path.join(parent, name);
    try {
      const isYoung = Date.now() - fs.statSync(dataDir).mtimeMs < 60_000;
      if (!isYoung && !isDatabaseUsed(dataDir)) await removeDatabase(dataDir);
    } catch {
      // Somebody else's, or another run is removing it at this moment.
    }
  }
}

/** In memory where there is room, since PostgreSQL's many small files are slow to make on a disk. */
function temporaryFolder(room: number): string {
  const memory = "/dev/shm";
  try {
    fs.accessSync(memory, fs.constants.W_OK);
    const { bavail, bsize } = fs.statfsSync(memory);
    return Math.min(bavail * bsize, os.freemem()) > room ? memory : os.tmpdir();
  } catch {
    return os.tmpdir();
  }
}
