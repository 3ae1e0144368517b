import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { type Logger } from "pino";

import { StartError, systemCode } from "@/lib/start-error";

import { type DatabaseHome, runAs } from "./home";
import { type DatabasePrograms, findDatabasePrograms } from "./programs";
import { freePort } from "../free-port";
import { endProcess, markProcess, type ProcessMark } from "../running-process";

/** Name of the database and of its owner. */
export const DATABASE_NAME = "gaozhi";
/** Who the portal's programs are to the database: owns nothing (docs/operations.md). */
export const APPLICATION_ROLE = "gaozhi_app";
/** Milliseconds; long enough to replay the log after a kill -9 on a slow disk. */
export const PATIENCE = 60_000;

export type Cluster = DatabaseHome & {
  folder: string;
  /** The owner's, and that of the role of the portal's programs. */
  password: string;
  applicationPassword: string;
  log: Logger;
  settings?: Record<string, string>;
};
export type Server = { port: number; mark: ProcessMark };

/**
 * Makes the cluster where there is none and starts its server.
 * @param port where those who use it expect it; without one any free port
 * @throws StartError
 */
export async function startServer(cluster: Cluster, port?: number): Promise<Server> {
  const programs = findDatabasePrograms(cluster.dataDir, cluster.user);
  if (!fs.existsSync(path.join(cluster.folder, "PG_VERSION"))) await initialise(cluster, programs);

  // Another program may take the free port before PostgreSQL does, and the sessions of a killed
  // server hold its memory for a moment.
  let reason = "";
  for (let attempt = 0; attempt < 4; attempt += 1) {
    const result = await launch(cluster, programs, port ?? (await freePort()));
    if (typeof result === "object") return result;
    reason = result;
    await sleep(400);
  }
  const where = `${cluster.dataDir}/postgres.log`;
  throw new StartError(
    `内置的 PostgreSQL 无法启动:${reason}。详见 ${where}。`,
    `The embedded PostgreSQL does not start: ${reason}. More is in ${where}.`,
  );
}

/** SIGINT is PostgreSQL's fast shutdown: sessions end, the log is written out. */
export async function endServer({ mark }: Server): Promise<void> {
  await endProcess(mark, "SIGINT", 20_000);
}

/**
 * What a server says to a connection: "busy" while it starts or stops, "stranger" when it refuses
 * our password, "silent" for anything else.
 */
export async function askServer(
  cluster: Cluster,
  server: Server,
): Promise<"ready" | "busy" | "stranger" | "silent"> {
  if (!server.port) return "busy";
  try {
    await queryOnce(addressOf(cluster, server, "postgres"), "select 1");
    return "ready";
  } catch (error) {
    const code = systemCode(error) ?? "";
    if (code === "28P01" || code === "28000") return "stranger";
    // 57P03: starting up or shutting down. A refused connection is a server that is not there yet.
    return ["57P03", "57P01", "ECONNREFUSED", "ECONNRESET"].includes(code) ? "busy" : "silent";
  }
}

/** Runs one statement on a connection of its own. @returns the number of rows */
export async function queryOnce(url: string, text: string): Promise<number> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return (await client.query(text)).rowCount ?? 0;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** As the owner, who may do everything. */
export function addressOf({ password }: Cluster, { port }: Server, database: string): string {
  return `postgresql://${DATABASE_NAME}:${password}@127.0.0.1:${port}/${database}`;
}

/** As the portal's programs. */
export function applicationAddressOf(
  { applicationPassword }: Cluster,
  { port }: Server,
  database: string,
): string {
  return `postgresql://${APPLICATION_ROLE}:${applicationPassword}@127.0.0.1:${port}/${database}`;
}

/** Into a draft folder, because an interrupted initdb leaves half a cluster. */
async function initialise(cluster: Cluster, { initdb }: DatabasePrograms): Promise<void> {
  const draft = `${cluster.folder}.new`;
  const passwordFile = `${draft}.password`;
  for (const leftover of [draft, passwordFile])
    fs.rmSync(leftover, { recursive: true, force: true });
  fs.mkdirSync(draft, { mode: 0o700 });
  fs.writeFileSync(passwordFile, cluster.password, { mode: 0o600 });
  if (cluster.user) {
    for (const made of [draft, passwordFile])
      fs.chownSync(made, cluster.user.uid, cluster.user.gid);
  }
  // Encoding and locale are given, because those of the shell may be missing or not UTF-8.
  const child = spawn(
    initdb,
    [
      ...["-D", draft, "-U", DATABASE_NAME, `--pwfile=${passwordFile}`, "--auth=scram-sha-256"],
      ...["--encoding=UTF8", "--locale=C", "--locale-provider=builtin"],
      ...["--builtin-locale=C.UTF-8", "--no-instructions"],
    ],
    { ...runAs(cluster.user), ...surroundings, stdio: ["ignore", "pipe", "pipe"] },
  );
  const problem = await problemOf(child);
  fs.rmSync(passwordFile, { force: true });
  if (problem !== undefined) {
    throw new StartError(
      `无法建立数据库目录 ${cluster.folder}:${problem}。`,
      `The database folder ${cluster.folder} cannot be made: ${problem}.`,
    );
  }
  fs.renameSync(draft, cluster.folder);
}

/** @returns the server once it answers, or its own words on why it did not start */
async function launch(
  cluster: Cluster,
  { postgres }: DatabasePrograms,
  port: number,
): Promise<Server | string> {
  const logFile = path.join(cluster.dataDir, "postgres.log");
  const settings = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    timezone: "UTC",
    log_timezone: "UTC",
    // An error's detail quotes the row that was in the way, its statement what was asked.
    log_error_verbosity: "terse",
    log_min_error_statement: "panic",
    ...cluster.settings,
  };
  const words = fs.openSync(logFile, "w", 0o600);
  // In a session of its own, so that a Ctrl-C in the terminal lets web and worker end first.
  const child = spawn(
    postgres,
    [
      ...["-D", cluster.folder, "-p", String(port)],
      ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
    ],
    { ...runAs(cluster.user), ...surroundings, detached: true, stdio: ["ignore", words, words] },
  );
  fs.closeSync(words);
  child.once("error", (error) => cluster.log.error({ code: systemCode(error) }, "postgres failed"));
  child.unref();

  const mark = child.pid === undefined ? undefined : markProcess(child.pid);
  const end = performance.now() + PATIENCE;
  while (mark && performance.now() < end && child.exitCode === null && child.signalCode === null) {
    // A server that knows another password runs too; whoever connects next finds out.
    const answer = await askServer(cluster, { port, mark });
    if (answer === "ready" || answer === "stranger") return { port, mark };
    await sleep(20);
  }
  if (mark) await endServer({ port, mark });
  return complaintIn(fs.readFileSync(logFile, "utf8"));
}

/** What the programs find around them: no locale, no variables of ours, a folder anybody may enter. */
const surroundings = {
  cwd: "/",
  env: {
    LC_ALL: "C",
    TZ: "UTC",
    PATH: "/usr/local/bin:/usr/bin:/bin",
    NODE_ENV: "production",
  } as const,
};

function problemOf(child: ChildProcess): Promise<string | undefined> {
  return new Promise((resolve) => {
    let words = "";
    child.stdout?.on("data", (chunk) => (words += String(chunk)));
    child.stderr?.on("data", (chunk) => (words += String(chunk)));
    child.once("error", (error) => resolve(error.message));
    child.once("close", (code) => resolve(code === 0 ? undefined : complaintIn(words)));
  });
}

/** The first complaint, which names the cause; what follows it are consequences. */
function complaintIn(words: string): string {
  const lines = words.split("\n").filter((line) => line.trim());
  const complaint = lines.find((line) => /FATAL|PANIC|error:|could not/.test(line)) ?? lines.at(-1);
  return complaint?.replace(/^.*?(FATAL|PANIC|error):\s*/, "").trim() ?? "no reason given";
}
