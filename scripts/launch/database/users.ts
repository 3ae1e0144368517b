import fs from "node:fs";
import path from "node:path";

import { isRunning, markProcess } from "../running-process";

/**
 * Web and worker may be started each alone, on one machine with one embedded database. Who uses it
 * is written down, so that the first to go does not take it from the other.
 */
export function registerUse(dataDir: string): void {
  const mark = markProcess(process.pid);
  fs.mkdirSync(folderOf(dataDir), { recursive: true });
  const file = path.join(folderOf(dataDir), String(process.pid));
  fs.writeFileSync(file, mark?.began ?? "", { mode: 0o600 });
}

/** Takes this process off the list. @returns whether nobody else is on it */
export function leaveDatabase(dataDir: string): boolean {
  fs.rmSync(path.join(folderOf(dataDir), String(process.pid)), { force: true });
  return !isDatabaseUsed(dataDir);
}

/** Whether a living process is on the list; dead ones are taken off. */
export function isDatabaseUsed(dataDir: string): boolean {
  const folder = folderOf(dataDir);
  if (!fs.existsSync(folder)) return false;
  const users = fs.readdirSync(folder).filter((name) => {
    const began = fs.readFileSync(path.join(folder, name), "utf8");
    if (isRunning({ pid: Number(name), began })) return true;
    fs.rmSync(path.join(folder, name), { force: true });
    return false;
  });
  return users.length > 0;
}

function folderOf(dataDir: string): string {
  return path.join(dataDir, "database-users");
}
