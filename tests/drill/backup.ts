import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

import { log } from "@/lib/log";
import { CLUSTER_FOLDER } from "@/lib/paths";
import { type RunningDatabase, startDatabase } from "@/scripts/launch/database/embedded";
import { findDatabaseHome } from "@/scripts/launch/database/home";

/** Seconds after which a segment of the log is archived although it is not full (PostgreSQL, archive_timeout). */
export const ARCHIVE_SECONDS = 30;

/**
 * A database with an archive of its log, a base backup, and restores: by PostgreSQL's own means alone,
 * for the embedded one has no pg_basebackup (its documentation, "Making a Base Backup Using the Low
 * Level API"). An installation takes pgBackRest or pg_basebackup; what they leave is the same.
 */
export function openBackups(folder: string) {
  const place = (name: string) => {
    const made = path.join(folder, name);
    fs.mkdirSync(made, { recursive: true, mode: 0o755 });
    return made;
  };
  const [archive, base] = [place("archive"), place("base")];
  const settings = {
    archive_mode: "on",
    archive_timeout: String(ARCHIVE_SECONDS),
    // Whole under its name or not at all, and never another in its place.
    archive_command: `test ! -f ${archive}/%f && cp %p ${archive}/%f.part && sync ${archive}/%f.part && mv ${archive}/%f.part ${archive}/%f`,
  };
  const open = (name: string, more: Record<string, string> = {}): Promise<RunningDatabase> => {
    const dataDir = place(name);
    return startDatabase({
      ...findDatabaseHome(dataDir, dataDir),
      log,
      settings: { ...settings, ...more },
    });
  };

  return {
    archive,
    async open(name: string): Promise<RunningDatabase> {
      const { user } = findDatabaseHome(folder, place(name));
      if (user) fs.chownSync(archive, user.uid, user.gid);
      return open(name);
    },

    /** Copies the running cluster and its secrets between PostgreSQL's own two calls. */
    async take({ ownerUrl, dataDir }: RunningDatabase): Promise<void> {
      const client = new pg.Client({ connectionString: ownerUrl });
      await client.connect();
      try {
        await client.query("select pg_backup_start('drill', fast => true)");
        const from = path.join(dataDir, CLUSTER_FOLDER);
        spawnSync("cp", ["-a", from, `${base}/`]);
        for (const name of ["postmaster.pid", "postmaster.opts", "pg_wal"])
          fs.rmSync(path.join(base, CLUSTER_FOLDER, name), { recursive: true, force: true });
        fs.copyFileSync(path.join(dataDir, "secrets.json"), path.join(base, "secrets.json"));
        const { rows } = await client.query<{ labelfile: string }>(
          "select labelfile from pg_backup_stop()",
        );
        write(path.join(base, CLUSTER_FOLDER), "backup_label", rows[0]?.labelfile ?? "");
      } finally {
        await client.end();
      }
    },

    /**
     * Restores into a folder and waits until the database leads.
     * @param until a moment to stop at; unset, everything that was archived
     */
    async restore(name: string, until?: Date): Promise<RunningDatabase> {
      const dataDir = place(name);
      spawnSync("cp", ["-a", `${base}/.`, dataDir]);
      const cluster = path.join(dataDir, CLUSTER_FOLDER);
      const { uid, gid } = fs.statSync(cluster);
      fs.mkdirSync(path.join(cluster, "pg_wal"), { mode: 0o700 });
      fs.chownSync(path.join(cluster, "pg_wal"), uid, gid);
      write(cluster, "recovery.signal", "");
      const database = await open(name, {
        restore_command: `cp ${archive}/%f %p`,
        ...(until && {
          // Zones by name are not known yet when this is read.
          recovery_target_time: until.toISOString().replace("T", " ").replace("Z", "+00"),
          recovery_target_action: "promote",
          archive_mode: "off",
        }),
      });
      while (await isRecovering(database.ownerUrl)) await sleep(50);
      return database;
    },

    /** `pg_ctl stop -m immediate`, and everything in the folder deleted. */
    async lose({ dataDir }: RunningDatabase): Promise<void> {
      const file = path.join(dataDir, CLUSTER_FOLDER, "postmaster.pid");
      const postmaster = Number(fs.readFileSync(file, "utf8").split("\n")[0]);
      process.kill(postmaster, "SIGQUIT");
      while (isThere(postmaster)) await sleep(20);
      fs.rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function write(cluster: string, name: string, words: string): void {
  const { uid, gid } = fs.statSync(cluster);
  fs.writeFileSync(path.join(cluster, name), words, { mode: 0o600 });
  fs.chownSync(path.join(cluster, name), uid, gid);
}

async function isRecovering(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ is: boolean }>("select pg_is_in_recovery() as is");
    return rows[0]?.is === true;
  } finally {
    await client.end();
  }
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
