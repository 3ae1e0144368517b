import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

import { log } from "@/lib/log";
import { CLUSTER_FOLDER } from "@/lib/paths";
import { startDatabase } from "@/scripts/launch/database/embedded";
import { type DatabaseUser, findDatabaseHome, runAs } from "@/scripts/launch/database/home";
import { findDatabasePrograms } from "@/scripts/launch/database/programs";
import { migrate } from "@/scripts/launch/migrations";

import type { Machine } from "./machines";

/** What a keeper (Patroni, repmgr, a cloud's own) does, in its simplest form. */
const KEEPER = { everyMs: 500, failures: 3 };
const [DATABASE_PORT, POOL_PORT] = [5432, 6432];

type Wish = { folder: string; first: Machine; second: Machine; pool: Machine };

/**
 * A primary with a synchronous standby, and PgBouncer before whichever of the two leads: by the
 * transaction for the many, by the session for who listens. Each on a machine of its own.
 */
export async function openServers({ folder, first, second, pool }: Wish) {
  const [leading, following] = [first, second].map(({ name }) => makeFolder(folder, name)) as [
    string,
    string,
  ];
  const made = await startDatabase({ ...findDatabaseHome(leading, leading), log });
  await migrate(made.ownerUrl, made.url);
  await made.stop();
  fs.appendFileSync(
    path.join(leading, CLUSTER_FOLDER, "pg_hba.conf"),
    ["10.213.0.0/16", "127.0.0.0/8"]
      .flatMap((net) =>
        ["all", "replication"].map((what) => `host ${what} all ${net} scram-sha-256\n`),
      )
      .join(""),
  );
  spawnSync("cp", ["-a", `${leading}/.`, following]);
  const primary = { owner: on(first, made.ownerUrl), application: on(first, made.url) };
  const standby = { owner: on(second, made.ownerUrl), application: on(second, made.url) };
  process.once("exit", () => [leading, following].forEach(killAll));
  follow(following, primary.owner);
  await serve(first, leading, primary.owner);
  await serve(second, following, standby.owner);
  await tell(primary.owner, "alter system set synchronous_standby_names = '*'");
  await tell(primary.owner, "select pg_reload_conf()");
  await untilSynchronous(primary.owner);

  const bouncer = await openBouncer({ folder, machine: pool, ...primary });
  // Also where what comes after this does not begin.
  process.once("exit", bouncer.close);
  const ended = new AbortController();
  const promoted = keep({ primary, standby, bouncer, signal: ended.signal });
  return {
    ...{ url: bouncer.url, listenUrl: bouncer.listenUrl, promoted },
    /** As when its machine loses power: nothing leaves it any more, then every process is gone. */
    losePrimary() {
      first.cutOff();
      killAll(leading);
    },
    async close(): Promise<void> {
      ended.abort();
      await promoted.catch(() => undefined);
      bouncer.close();
      for (const cluster of [leading, following]) killAll(cluster);
    },
  };
}

function makeFolder(parent: string, name: string): string {
  const folder = path.join(parent, name);
  fs.mkdirSync(folder, { mode: 0o755 });
  return folder;
}

/** The address of a database, as the machine has it. */
const on = ({ address }: Machine, url: string): string =>
  String(Object.assign(new URL(url), { hostname: address, port: String(DATABASE_PORT) }));

/** Starts a program on a machine as a user; who enters the machine is root, and becomes the user there. */
function run(machine: Machine, user: DatabaseUser | undefined, command: readonly string[]) {
  const { uid, gid } = runAs(user);
  const isOutside = machine.inside.length === 0;
  const become =
    isOutside || !user ? [] : ["setpriv", `--reuid=${uid}`, `--regid=${gid}`, "--clear-groups"];
  const [program = "", ...words] = [...machine.inside, ...become, ...command];
  return spawn(program, words, {
    ...(isOutside && runAs(user)),
    cwd: "/",
    env: {
      LC_ALL: "C",
      TZ: "UTC",
      PATH: "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
      NODE_ENV: "test",
    },
    stdio: "ignore",
  });
}

async function serve(machine: Machine, dataDir: string, ownerUrl: string): Promise<void> {
  const { user } = findDatabaseHome(dataDir, dataDir);
  const settings = {
    ...{ listen_addresses: machine.address, unix_socket_directories: "", max_connections: "200" },
    timezone: "UTC",
  };
  run(machine, user, [
    findDatabasePrograms(dataDir, user).postgres,
    ...["-D", path.join(dataDir, CLUSTER_FOLDER), "-p", String(DATABASE_PORT)],
    ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
  ]);
  await untilAnswers(ownerUrl);
}

/** Makes a copy of the primary's files its standby. */
function follow(dataDir: string, primaryUrl: string): void {
  const { username, password, hostname, port } = new URL(primaryUrl);
  const cluster = path.join(dataDir, CLUSTER_FOLDER);
  const { uid, gid } = fs.statSync(cluster);
  const said = `host=${hostname} port=${port} user=${username} password=${password}`;
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

type Address = { owner: string; application: string };
type Kept = {
  primary: Address;
  standby: Address;
  bouncer: Awaited<ReturnType<typeof openBouncer>>;
  signal: AbortSignal;
};

/** Watches the primary; when it is gone, the standby leads, and PgBouncer is told. @returns when that was */
async function keep({ primary, standby, bouncer, signal }: Kept): Promise<number> {
  for (let failures = 0; failures < KEEPER.failures;) {
    await sleep(KEEPER.everyMs, undefined, { signal });
    const isThere = await tell(primary.application, "select 1").then(
      () => true,
      () => false,
    );
    failures = isThere ? 0 : failures + 1;
  }
  await tell(standby.owner, "select pg_promote()");
  await bouncer.lead(standby.owner);
  return Date.now();
}

async function openBouncer(given: Address & { folder: string; machine: Machine }) {
  const { folder, machine } = given;
  const owner = new URL(given.owner);
  const { username, password } = new URL(given.application);
  const home = findDatabaseHome(folder, makeFolder(folder, "pgbouncer"));
  const file = (name: string) => path.join(home.dataDir, name);
  const write = (name: string, words: string) => {
    fs.writeFileSync(file(name), words, { mode: 0o600 });
    if (home.user) fs.chownSync(file(name), home.user.uid, home.user.gid);
  };
  // As docs/operations.md has it, "More than one machine".
  const settings = (url: string) => {
    const { hostname, port } = new URL(url);
    const to = `host=${hostname} port=${port} dbname=gaozhi`;
    return `[databases]
gaozhi = ${to} pool_mode=transaction
gaozhi_session = ${to} pool_mode=session
[pgbouncer]
listen_addr = ${machine.address}
listen_port = ${POOL_PORT}
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
tcp_user_timeout = 3000
tcp_keepidle = 2
tcp_keepintvl = 1
tcp_keepcnt = 2
`;
  };
  write("users.txt", `"${username}" "${password}"\n"${owner.username}" "${owner.password}"\n`);
  write("pgbouncer.ini", settings(given.owner));
  const child: ChildProcess = run(machine, home.user, ["pgbouncer", "-q", file("pgbouncer.ini")]);
  const at = (who: { username: string; password: string }, database: string) =>
    `postgresql://${who.username}:${who.password}@${machine.address}:${POOL_PORT}/${database}`;
  const application = { username, password };
  await untilAnswers(at(application, "gaozhi"));
  return {
    url: at(application, "gaozhi"),
    listenUrl: at(application, "gaozhi_session"),
    async lead(url: string): Promise<void> {
      write("pgbouncer.ini", settings(url));
      await tell(at(owner, "pgbouncer"), "RELOAD");
    },
    close: () => child.kill("SIGKILL"),
  };
}

async function untilAnswers(url: string): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await tell(url, "select 1").catch(() => null)) return;
    await sleep(100);
  }
  throw new Error(`nothing answers at ${new URL(url).host}`);
}

async function tell(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({
    ...{ connectionString: url, connectionTimeoutMillis: 2_000, query_timeout: 10_000 },
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await Promise.race([client.end().catch(() => undefined), sleep(500)]);
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
