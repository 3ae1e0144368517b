import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

import { log } from "@/lib/log";
import { CLUSTER_FOLDER } from "@/lib/paths";
import { type RunningDatabase, startDatabase } from "@/scripts/launch/database/embedded";
import { findDatabaseHome, runAs } from "@/scripts/launch/database/home";
import { freePort } from "@/scripts/launch/free-port";
import { migrate } from "@/scripts/launch/migrations";

/** What a keeper (Patroni, repmgr, a cloud's own) does, in its simplest form. */
const KEEPER = { everyMs: 500, failures: 3 };

export type Servers = Awaited<ReturnType<typeof openServers>>;

/**
 * A primary with a synchronous standby, and PgBouncer before whichever of the two leads: by the
 * transaction for the many, by the session for who listens.
 */
export async function openServers(folder: string) {
  const [first, second] = ["first", "second"].map((name) => makeFolder(folder, name)) as [
    string,
    string,
  ];
  const open = (dataDir: string) =>
    startDatabase({
      ...findDatabaseHome(dataDir, dataDir),
      log,
      settings: { max_connections: "200" },
    });
  const made = await open(first);
  await migrate(made.ownerUrl, made.url);
  await made.stop();
  spawnSync("cp", ["-a", `${first}/.`, second]);
  const primary = await open(first);
  follow(second, primary.ownerUrl);
  const standby = await open(second);
  await tell(primary.ownerUrl, "alter system set synchronous_standby_names = '*'");
  await tell(primary.ownerUrl, "select pg_reload_conf()");
  await untilSynchronous(primary.ownerUrl);

  const bouncer = await openBouncer(folder, primary);
  const ended = new AbortController();
  const promoted = keep({ primary, standby, bouncer, signal: ended.signal });
  return {
    ...{ url: bouncer.url, listenUrl: bouncer.listenUrl, promoted },
    /** kill -9 of every process of the primary, as when its machine loses power. */
    killPrimary: () => killAll(first),
    async close(): Promise<void> {
      ended.abort();
      await promoted.catch(() => undefined);
      bouncer.close();
      await standby.stop();
      killAll(first);
    },
  };
}

function makeFolder(parent: string, name: string): string {
  const folder = path.join(parent, name);
  fs.mkdirSync(folder, { mode: 0o755 });
  return folder;
}

/** Makes a copy of the primary's files its standby. */
function follow(dataDir: string, primaryUrl: string): void {
  const { username, password, port } = new URL(primaryUrl);
  const cluster = path.join(dataDir, CLUSTER_FOLDER);
  const { uid, gid } = fs.statSync(cluster);
  const said = `host=127.0.0.1 port=${port} user=${username} password=${password}`;
  fs.appendFileSync(path.join(cluster, "postgresql.auto.conf"), `primary_conninfo = '${said}'\n`);
  fs.writeFileSync(path.join(cluster, "standby.signal"), "");
  fs.chownSync(path.join(cluster, "standby.signal"), uid, gid);
}

async function untilSynchronous(url: string): Promise<void> {
  for (;;) {
    const [row] = await tell(url, "select sync_state from pg_stat_replication");
    if (row?.sync_state === "sync") return;
    await sleep(100);
  }
}

type Kept = {
  primary: RunningDatabase;
  standby: RunningDatabase;
  bouncer: Awaited<ReturnType<typeof openBouncer>>;
  signal: AbortSignal;
};

/** Watches the primary; when it is gone, the standby leads, and PgBouncer is told. @returns when that was */
async function keep({ primary, standby, bouncer, signal }: Kept): Promise<number> {
  for (let failures = 0; failures < KEEPER.failures;) {
    await sleep(KEEPER.everyMs, undefined, { signal });
    const isThere = await tell(primary.url, "select 1").then(
      () => true,
      () => false,
    );
    failures = isThere ? 0 : failures + 1;
  }
  await tell(standby.ownerUrl, "select pg_promote()");
  await bouncer.lead(standby.url);
  return Date.now();
}

async function openBouncer(folder: string, primary: RunningDatabase) {
  const port = await freePort();
  const owner = new URL(primary.ownerUrl);
  const { username, password } = new URL(primary.url);
  const home = findDatabaseHome(folder, makeFolder(folder, "pgbouncer"));
  const file = (name: string) => path.join(home.dataDir, name);
  const write = (name: string, words: string) => {
    fs.writeFileSync(file(name), words, { mode: 0o600 });
    if (home.user) fs.chownSync(file(name), home.user.uid, home.user.gid);
  };
  const settings = (url: string) => {
    const to = `host=127.0.0.1 port=${new URL(url).port} dbname=gaozhi`;
    return `[databases]
gaozhi = ${to} pool_mode=transaction
gaozhi_session = ${to} pool_mode=session
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${file("users.txt")}
admin_users = ${owner.username}
default_pool_size = 40
max_client_conn = 400
ignore_startup_parameters = extra_float_digits,statement_timeout,lock_timeout,idle_in_transaction_session_timeout
server_connect_timeout = 2
server_login_retry = 1
query_wait_timeout = 10
`;
  };
  write("users.txt", `"${username}" "${password}"\n"${owner.username}" "${owner.password}"\n`);
  write("pgbouncer.ini", settings(primary.url));
  const child: ChildProcess = spawn("pgbouncer", ["-q", file("pgbouncer.ini")], {
    ...runAs(home.user),
    cwd: "/",
    stdio: "ignore",
  });
  const address = (database: string) =>
    `postgresql://${username}:${password}@127.0.0.1:${port}/${database}`;
  for (let tries = 0; tries < 100; tries += 1) {
    if (await tell(address("gaozhi"), "select 1").catch(() => null)) break;
    await sleep(100);
  }
  return {
    url: address("gaozhi"),
    listenUrl: address("gaozhi_session"),
    async lead(url: string): Promise<void> {
      write("pgbouncer.ini", settings(url));
      await tell(
        `postgresql://${owner.username}:${owner.password}@127.0.0.1:${port}/pgbouncer`,
        "RELOAD",
      );
    },
    close: () => child.kill("SIGKILL"),
  };
}

async function tell(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** The postmaster and all whose parent it is. */
function killAll(dataDir: string): void {
  const file = path.join(dataDir, CLUSTER_FOLDER, "postmaster.pid");
  if (!fs.existsSync(file)) return;
  const postmaster = Number(fs.readFileSync(file, "utf8").split("\n")[0]);
  const { stdout } = spawnSync("ps", ["-o", "pid=", "--ppid", String(postmaster)], {
    encoding: "utf8",
  });
  for (const pid of [postmaster, ...stdout.split("\n").map(Number)]) if (pid > 0) signalled(pid);
}

function signalled(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}
