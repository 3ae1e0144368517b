import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

import { CLUSTER_FOLDER } from "@/lib/paths";
import { StartError, systemCode } from "@/lib/start-error";

/** Another user PostgreSQL runs as, because it refuses to run as root. */
export type DatabaseUser = { uid: number; gid: number; name: string };

/** Where the data lies, and as whom PostgreSQL runs (undefined: as ourselves). */
export type DatabaseHome = { dataDir: string; user: DatabaseUser | undefined };

/**
 * Chooses the data folder and the user of the embedded PostgreSQL, and makes the folder.
 * As root the other user must be able to enter it, so below a closed home folder it moves to the
 * system's state folder, under a name made from the clone's path.
 * @param wanted a folder the operator asked for; it is taken or refused, never replaced
 * @throws StartError in one sentence
 */
export function findDatabaseHome(root: string, wanted: string | undefined): DatabaseHome {
  const near = path.resolve(root, wanted ?? ".data");
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || canEnter(near, databaseUser(near))) {
    return { dataDir: makeFolder(near), user: isRoot ? databaseUser(near) : undefined };
  }
  const user = databaseUser(near);
  if (wanted) {
    throw new StartError(
      `以 root 启动时数据库由用户 ${user.name} 运行,但该用户无法进入 DATA_DIR=${near}。请改用其他目录,或为其上级目录加上执行权限(chmod o+x)。`,
      `Started by root, the database runs as user ${user.name}, who cannot enter DATA_DIR=${near}. Choose another folder, or allow passing through its parents (chmod o+x).`,
    );
  }
  const name = createHash("sha256").update(root).digest("hex").slice(0, 16);
  const dataDir = makeFolder(path.join(stateFolder(), name));
  return { dataDir, user: databaseUser(dataDir) };
}

/** Where root keeps what another user must reach: a folder only root can write. */
export function stateFolder(): string {
  for (const parent of ["/var/lib", "/var/tmp", os.tmpdir()]) {
    const folder = path.join(parent, "gaozhi");
    try {
      fs.mkdirSync(folder, { mode: 0o755 });
    } catch (error) {
      if (systemCode(error) !== "EEXIST") continue;
    }
    const { uid, mode } = fs.lstatSync(folder);
    const isOurs = fs.lstatSync(folder).isDirectory() && uid === 0 && (mode & 0o022) === 0;
    if (isOurs) fs.chmodSync(folder, 0o755);
    if (isOurs && canEnter(folder, databaseUser(folder))) return folder;
  }
  throw new StartError(
    "找不到 root 和数据库用户都能使用的目录。请用 DATA_DIR 指定一个。",
    "There is no folder that both root and the database's user can use. Name one with DATA_DIR.",
  );
}

/** Whether this user passes through every folder above the path; a shell tries it, as rights have many sources. */
export function canEnter(folder: string, user: DatabaseUser): boolean {
  let existing = folder;
  while (!fs.existsSync(existing)) existing = path.dirname(existing);

  const { status, error } = spawnSync("/bin/sh", ["-c", 'cd -- "$0"', existing], {
    ...runAs(user),
    cwd: "/",
    stdio: "ignore",
  });
  if (error) {
    throw new StartError(
      `以 root 启动时需要切换到用户 ${user.name},但系统不允许(${systemCode(error)})。请以普通用户运行。`,
      `Started by root, the database must run as user ${user.name}, which the system does not allow (${systemCode(error)}). Run it as an ordinary user.`,
    );
  }
  return status === 0;
}

/** For spawn, which wants signed 32-bit ids where macOS's nobody is 4294967294. */
export function runAs(user: DatabaseUser | undefined): { uid?: number; gid?: number } {
  return user ? { uid: user.uid | 0, gid: user.gid | 0 } : {};
}

/** Whoever owns the cluster already, else the system's postgres user, else nobody. */
function databaseUser(dataDir: string): DatabaseUser {
  const owner = fs.statSync(path.join(dataDir, CLUSTER_FOLDER), { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid, name: `uid ${owner.uid}` };

  return (
    systemUser("postgres") ?? systemUser("nobody") ?? { uid: 65534, gid: 65534, name: "nobody" }
  );
}

function systemUser(name: string): DatabaseUser | undefined {
  const ask = (flag: string) => {
    const { stdout, status } = spawnSync("id", [flag, name], { encoding: "utf8" });
    return status === 0 ? Number(stdout) : NaN;
  };
  const [uid, gid] = [ask("-u"), ask("-g")];
  return uid > 0 && gid > 0 ? { uid, gid, name } : undefined;
}

function makeFolder(dataDir: string): string {
  try {
    const made = fs.mkdirSync(dataDir, { recursive: true });
    if (made && process.getuid?.() === 0) openFolders(made, dataDir);
    fs.accessSync(dataDir, fs.constants.R_OK | fs.constants.W_OK | fs.constants.X_OK);
    return fs.realpathSync(dataDir);
  } catch (error) {
    const why = systemCode(error) ?? "";
    throw new StartError(
      `无法在数据目录 ${dataDir} 中写入(${why})。请修正其权限,或用 DATA_DIR 指定其他目录。`,
      `The data folder ${dataDir} cannot be written (${why}). Mend its permissions, or name another with DATA_DIR.`,
    );
  }
}

/** What root has just made can be passed through whatever root's umask is. */
function openFolders(from: string, to: string): void {
  for (let folder = to; folder.length >= from.length; folder = path.dirname(folder)) {
    fs.chmodSync(folder, 0o755);
  }
}
