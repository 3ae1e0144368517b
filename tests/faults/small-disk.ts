import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

const MEGABYTES = 256;

export type SmallDisk = {
  /** A folder on it that belongs to the same user as the one it was made for. */
  folder: string;
  close(): void;
};

/**
 * A file system of its own in memory, so small that it can be filled.
 * @param like whose folder it is to be
 * @returns null where this process may not mount one: it takes root
 */
export function openSmallDisk(like: string): SmallDisk | null {
  const place = fs.mkdtempSync(path.join(os.tmpdir(), "gaozhi-disk-"));
  const mount = ["-t", "tmpfs", "-o", `size=${MEGABYTES}m,mode=0755`, "tmpfs", place];
  const close = () => {
    spawnSync("umount", [place], { stdio: "ignore" });
    fs.rmdirSync(place);
  };
  if (spawnSync("mount", mount, { stdio: "ignore" }).status !== 0) {
    fs.rmdirSync(place);
    return null;
  }
  const folder = path.join(place, "space");
  const { uid, gid } = fs.statSync(like);
  fs.mkdirSync(folder, { mode: 0o700 });
  fs.chownSync(folder, uid, gid);
  return { folder, close };
}

/** Takes all the room there is left. @returns what gives it back */
export function fillDisk(folder: string): () => void {
  const ballast = path.join(folder, "..", "ballast");
  spawnSync("dd", ["if=/dev/zero", `of=${ballast}`, "bs=8k"], { stdio: "ignore" });
  return () => fs.rmSync(ballast);
}
