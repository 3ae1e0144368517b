import { setImmediate as turn, setTimeout as sleep } from "node:timers/promises";
import { NodePgDatabase, NodePgSession } from "drizzle-orm/node-postgres";
import pg from "pg";

import { env, setting } from "@/lib/env";
import { log } from "@/lib/log";
import { metrics } from "@/lib/metrics";
import { areTracesMade, beginStep, statementName } from "@/lib/traces";

import { OnePassDialect } from "./dialect";
import { prepareReads } from "./prepared";

declare global {
  var gaozhiPool: pg.Pool | undefined;
  var gaozhiLastLoss: number | undefined;
}

/** How many times as long as a page's a statement of this process may take. */
let patience = 1;

/** For a worker, before its first statement: what it writes by the million takes longer than a page may. */
export function allowLongStatements(): void {
  patience = 10;
}

/** Address and limits of a connection; PostgreSQL keeps the limits, whatever becomes of this process. */
function connectionSettings(): pg.ClientConfig {
  const given = env();
  return {
    connectionString: given.DATABASE_URL,
    statement_timeout: given.DATABASE_STATEMENT_SECONDS * patience * 1_000,
    lock_timeout: given.DATABASE_LOCK_SECONDS * 1_000,
    idle_in_transaction_session_timeout: given.DATABASE_IDLE_SECONDS * 1_000,
    keepAlive: true,
  };
}

/** Reads its settings when it connects, so that importing this file needs no environment. */
class LateClient extends pg.Client {
  constructor(options?: pg.ClientConfig) {
    super({ ...options, ...connectionSettings() });
    this.on("error", noteLoss);
    this.connection.on("error", noteLoss);
    // What PostgreSQL, or a pool before it, says last; the statement under way fails by it.
    this.connection.on("errorMessage", ({ severity }: { severity?: string }) => {
      if (severity === "FATAL") noteLoss();
    });
    if (areTracesMade()) this.query = tellingQueries(this.query.bind(this));
  }
}

/** The same, each statement as a step of what it was asked in. */
function tellingQueries(query: (...given: never[]) => unknown): pg.Client["query"] {
  const ask = query as (...given: unknown[]) => unknown;
  return ((...given: unknown[]) => {
    const [first, last] = [given[0], given.at(-1)];
    const text = typeof first === "string" ? first : (first as { text?: string }).text;
    const step = beginStep(statementName(text ?? ""), { kind: "client" });
    if (!step) return ask(...given);
    if (typeof last === "function") {
      const done = (error: unknown, ...rest: unknown[]) => {
        step.end({}, error ?? undefined);
        (last as (...told: unknown[]) => void)(error, ...rest);
      };
      return ask(...given.slice(0, -1), done);
    }
    const answer = ask(...given);
    if (answer instanceof Promise)
      answer.then(
        () => step.end(),
        (error: unknown) => step.end({}, error),
      );
    return answer;
  }) as pg.Client["query"];
}

/** Milliseconds in which what fails may have failed by a connection that was lost. */
const LOSS_MS = 2_000;

/** Kept on the global object because Next bundles this file more than once. */
const noteLoss = () => void (globalThis.gaozhiLastLoss = performance.now());

/** Whether this process has just lost a connection to the database, or was refused one. */
export const hasJustLostConnection = (): boolean =>
  performance.now() - (globalThis.gaozhiLastLoss ?? -Infinity) < LOSS_MS;

/** Kept on the global object because Next's development server loads this file again and again. */
const pool = (globalThis.gaozhiPool ??= openPool());

const dialect = new OnePassDialect({ casing: "snake_case" });
const session = new NodePgSession(pool, dialect, undefined);
export const db = Object.assign(new NodePgDatabase(dialect, session, undefined), { $client: pool });
export type Db = typeof db;
export type Tx = Parameters<Parameters<Db["transaction"]>[0]>[0];

/** How many connections there are at this moment, and who waits for one. */
export function measurePool(): void {
  const { totalCount, idleCount, waitingCount } = pool;
  metrics.pool.set({ state: "busy" }, totalCount - idleCount);
  metrics.pool.set({ state: "idle" }, idleCount);
  metrics.pool.set({ state: "waiting" }, waitingCount);
}

/** Ends the pool; for the end of a process, because it can't be opened again. */
export async function closeDatabase(): Promise<void> {
  globalThis.gaozhiPool = undefined;
  if (!pool.ended) await pool.end();
}

function openPool(): pg.Pool {
  const opened = new pg.Pool({
    Client: LateClient,
    max: setting("DATABASE_POOL") ?? 10,
    connectionTimeoutMillis: 30_000,
    application_name: "gaozhi",
  });
  const note = (error: Error) => {
    log.warn({ code: "code" in error ? error.code : undefined }, "lost a database connection");
  };
  opened.on("error", note);
  // A connection that breaks while it is in use is nobody's unhandled error either.
  opened.on("connect", (client) => client.on("error", note));
  return prepareReads(opened, arePlansKept);
}

/** A pool that shares connections knows no names; what is written by the million is planned by its values. */
function arePlansKept(): boolean {
  return patience === 1 && env().DATABASE_LISTEN_URL === undefined;
}

/** Milliseconds the database has to answer; a proxy that asks for readiness waits a second at most. */
const PING_MS = 900;

let asked: Promise<void> | undefined;

/**
 * Resolves when the database has answered a statement, on a connection of its own: whether the pool has
 * one free says nothing of the database. However many ask at a moment, it is asked once.
 * @throws when it has not answered in time, hanging and half-open connections included
 */
export function pingDatabase(): Promise<void> {
  asked ??= ask().finally(() => (asked = undefined));
  return asked;
}

async function ask(): Promise<void> {
  const client = new pg.Client({
    ...connectionSettings(),
    application_name: "gaozhi-ready",
    connectionTimeoutMillis: PING_MS,
    query_timeout: PING_MS,
  });
  client.on("error", () => undefined);
  try {
    await Promise.race([client.connect().then(() => client.query("select 1")), tooLate()]);
  } finally {
    // Not waited for: a server that hangs does not say goodbye either.
    void client.end().catch(() => undefined);
  }
}

/** Rejects when the time is over. Who was busy meanwhile first hears what has come in. */
async function tooLate(): Promise<never> {
  await sleep(PING_MS, undefined, { ref: false });
  await turn();
  throw new Error("the database has not answered in time");
}
