import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Logger } from "pino";

import { CLUSTER_FOLDER } from "@/lib/paths";
import { loadSecrets } from "@/lib/secrets";
import { StartError } from "@/lib/start-error";

import { type DatabaseHome } from "./home";
import {
  addressOf,
  APPLICATION_ROLE,
  applicationAddressOf,
  askServer,
  type Cluster,
  DATABASE_NAME,
  endServer,
  PATIENCE,
  queryOnce,
  type Server,
  startServer,
} from "./server";
import { leaveDatabase, registerUse } from "./users";
import { isRunning, markProcess } from "../running-process";

export type DatabaseOptions = DatabaseHome & {
  log: Logger;
  /** Server settings beyond the standard ones, e.g. { fsync: "off" } for a throw-away cluster. */
  settings?: Record<string, string>;
};

export type RunningDatabase = {
  /** postgresql://… of a database in UTF-8, sorted by code point, in UTC; as the portal's programs. */
  url: string;
  /** The same as its owner, a superuser: for its shape, and for tests. */
  ownerUrl: string;
  dataDir: string;
  /** Whether a server that was already running was taken over. */
  adopted: boolean;
  /** Starts the server again, at the same address, if it is gone. @returns whether it was */
  revive(): Promise<boolean>;
  /** Ends the server cleanly, unless another process of this installation still uses it. */
  stop(): Promise<void>;
};

/**
 * Starts a real PostgreSQL on 127.0.0.1 whose cluster lies in the data folder, or adopts the one
 * that an earlier process left behind there.
 * @throws StartError in one sentence when it can't run
 */
export async function startDatabase(options: DatabaseOptions): Promise<RunningDatabase> {
  const { dataDir } = options;
  const secrets = loadSecrets(dataDir);
  const cluster: Cluster = {
    ...options,
    folder: path.join(dataDir, CLUSTER_FOLDER),
    password: secrets.databasePassword,
    applicationPassword: secrets.applicationPassword,
  };
  registerUse(dataDir);
  try {
    const found = await adopt(cluster);
    let server = found ?? (await startServer(cluster));
    await createDatabase(cluster, server);
    return {
      url: applicationAddressOf(cluster, server, DATABASE_NAME),
      ownerUrl: addressOf(cluster, server, DATABASE_NAME),
      dataDir,
      adopted: found !== undefined,
      async revive() {
        if (isRunning(server.mark)) return false;
        server = await startServer(cluster, server.port);
        return true;
      },
      async stop() {
        if (leaveDatabase(dataDir)) await endServer(server);
      },
    };
  } catch (error) {
    leaveDatabase(dataDir);
    throw error;
  }
}

/** Ends whatever server still runs in a data folder and deletes the folder with everything in it. */
export async function removeDatabase(dataDir: string): Promise<void> {
  const folder = path.join(dataDir, CLUSTER_FOLDER);
  const server = readServer(path.join(folder, "postmaster.pid"));
  if (server && isPostgres(server.mark.pid, folder)) await endServer(server);
  fs.rmSync(dataDir, { recursive: true, force: true });
}

/** A living server in our cluster is used when it answers, waited for while it starts or stops, and else ended. */
async function adopt(cluster: Cluster): Promise<Server | undefined> {
  const file = path.join(cluster.folder, "postmaster.pid");
  const end = performance.now() + PATIENCE;
  for (let server = readServer(file); server; server = readServer(file)) {
    if (!isPostgres(server.mark.pid, cluster.folder)) {
      // PostgreSQL itself takes any process of this pid for a living server and refuses to start.
      if (isRunning(server.mark)) fs.rmSync(file, { force: true });
      return undefined;
    }
    const answer = await askServer(cluster, server);
    if (answer === "ready") return server;
    if (answer === "stranger") throw passwordLost(cluster);
    if (answer === "silent" || performance.now() > end) {
      cluster.log.warn({ pid: server.mark.pid }, "ending a database server that does not answer");
      await endServer(server);
      return undefined;
    }
    await sleep(50);
  }
  return undefined;
}

/** postmaster.pid holds pid, folder, start and port, one a line; undefined when none of this pid runs. */
function readServer(file: string): Server | undefined {
  if (!fs.existsSync(file)) return undefined;
  const lines = fs.readFileSync(file, "utf8").split("\n");
  const mark = markProcess(Number(lines[0]));
  return mark ? { mark, port: Number(lines[3]) || 0 } : undefined;
}

function isPostgres(pid: number, folder: string): boolean {
  const command = commandOf(pid);
  return command.includes("postgres") && command.includes(folder);
}

function commandOf(pid: number): string {
  if (process.platform !== "linux") {
    return spawnSync("ps", ["-p", String(pid), "-o", "command="], { encoding: "utf8" }).stdout;
  }
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}

async function createDatabase(cluster: Cluster, server: Server): Promise<void> {
  const url = addressOf(cluster, server, "postgres");
  const found = await queryOnce(
    url,
    `select from pg_database where datname = '${DATABASE_NAME}'`,
  ).catch((error: unknown) => {
    throw error instanceof Error && /password authentication/.test(error.message)
      ? passwordLost(cluster)
      : error;
  });
  // A standby has what its primary has, and takes no order.
  if ((await queryOnce(url, "select where pg_is_in_recovery()")) > 0) return;
  if (found === 0) await queryOnce(url, `create database ${DATABASE_NAME}`);
  // Made here, where there is a superuser; elsewhere it is the operator's (docs/operations.md).
  const role = await queryOnce(url, `select from pg_roles where rolname = '${APPLICATION_ROLE}'`);
  const act = role === 0 ? "create" : "alter";
  await queryOnce(
    url,
    `${act} role ${APPLICATION_ROLE} login nosuperuser nocreatedb nocreaterole nobypassrls
      password '${cluster.applicationPassword}'`,
  );
}

function passwordLost({ dataDir }: Cluster): StartError {
  return new StartError(
    `数据库不接受 ${dataDir}/secrets.json 中的密码。请恢复该文件;删除整个数据目录会重新开始。`,
    `The database does not accept the password in ${dataDir}/secrets.json. Restore that file; deleting the whole data folder starts afresh.`,
  );
}
