import fs from "node:fs";
import os from "node:os";
import path from "node:path";

import { type TestProject } from "vitest/node";

import { findDatabaseHome } from "@/lib/database-home";
import { type RunningDatabase, startDatabase } from "@/lib/embedded-database";
import { log } from "@/lib/log";
import { migrate } from "@/scripts/launch/migrations";

/** Bytes. */
const ENOUGH = 2 * 1024 ** 3;

declare module "vitest" {
  interface ProvidedContext {
    /** The migrated database that each test file's own is copied from. */
    templateUrl: string;
  }
}

/** One throw-away PostgreSQL for the whole run, with one migrated template. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const database = await startThrowAway();
  await migrate(database.url);
  project.provide("templateUrl", database.url);
  return () => endThrowAway(database);
}

/** A cluster in a temporary folder that trades safety for speed. */
export async function startThrowAway(): Promise<RunningDatabase> {
  const folder = fs.mkdtempSync(path.join(temporaryFolder(), "gaozhi-test-"));
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
  fs.rmSync(database.dataDir, { recursive: true, force: true });
}

/** In memory where there is room, since PostgreSQL's many small files are slow to make on a disk. */
function temporaryFolder(): string {
  const memory = "/dev/shm";
  try {
    fs.accessSync(memory, fs.constants.W_OK);
    const { bavail, bsize } = fs.statfsSync(memory);
    return bavail * bsize > ENOUGH ? memory : os.tmpdir();
  } catch {
    return os.tmpdir();
  }
}
