import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

import { env } from "@/lib/env";
import { log } from "@/lib/log";

/** What the triggers of public tables tell at each commit (db/migrations). */
const CHANNEL = "public_changed";
/** Milliseconds between two looks at whether the connection lives, and between two tries to get one. */
const BEAT_MS = 1_000;
const PATIENCE_MS = 5_000;

/**
 * What a process knows of changes made by any process. `live`: every change arrives. `cut`: the
 * connection was lost this moment, and the next try, at once, tells why. `away`: the database cannot be
 * reached from here. `deaf`: it can, but does not let us listen (a pool between, no connection free), so
 * changes may pass unheard.
 */
export type Hearing = "live" | "cut" | "away" | "deaf";

type Listener = { onChange(): void; onHearing(hearing: Hearing): void };

/**
 * Hears of every commit that changed what the public side shows, by LISTEN on a connection of its own,
 * until `signal` ends it. What was missed while there was no connection counts as one change.
 */
export async function listenForChanges(listener: Listener, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const client = new pg.Client({
      connectionString: listenAddress(),
      application_name: "gaozhi-changes",
      ...{ connectionTimeoutMillis: PATIENCE_MS, query_timeout: PATIENCE_MS, keepAlive: true },
    });
    client.on("notification", ({ channel }) => channel === CHANNEL && listener.onChange());
    let wasLive = false;
    const onLive = () => {
      wasLive = true;
      listener.onChange();
      listener.onHearing("live");
    };
    try {
      await listenOn(client, { onLive, signal });
    } catch (error) {
      // Who listens no longer is told of nothing.
      if (!signal.aborted) listener.onHearing(await hearingAfter(error, wasLive));
    }
    void client.end().catch(() => undefined);
    if (!wasLive) await pause(signal);
  }
}

async function hearingAfter(error: unknown, wasLive: boolean): Promise<Hearing> {
  log.warn({ code: codeOf(error) }, "no news of changes from the database");
  if (wasLive) return "cut";
  return isAnswer(error) || (await answersElsewhere()) ? "deaf" : "away";
}

async function listenOn(
  client: pg.Client,
  { onLive, signal }: { onLive: () => void; signal: AbortSignal },
): Promise<void> {
  const broken = new Promise<never>((_, reject) => client.on("error", reject));
  broken.catch(() => undefined);
  await client.connect();
  await client.query(`listen ${CHANNEL}`);
  await Promise.race([broken, assertHeard(client)]);
  onLive();
  while (!signal.aborted) {
    await Promise.race([broken, pause(signal)]);
    await Promise.race([broken, client.query("select 1")]);
  }
}

/** Said where a pool between takes LISTEN and passes nothing on: PgBouncer by the transaction does. */
class Unheard extends Error {}

/** Says something where everybody else does, and waits until it is heard here. @throws Unheard */
async function assertHeard(client: pg.Client): Promise<void> {
  const channel = `gaozhi_heard_${randomUUID()}`;
  await client.query(`listen "${channel}"`);
  const heard = new Promise<true>((resolve) =>
    client.on("notification", (said) => said.channel === channel && resolve(true)),
  );
  await askOnce("select pg_notify($1, '')", [channel]);
  const isHeard = await Promise.race([heard, sleep(PATIENCE_MS, false, { ref: false })]);
  await client.query(`unlisten "${channel}"`);
  if (!isHeard) throw new Unheard();
}

const listenAddress = (): string => env().DATABASE_LISTEN_URL ?? env().DATABASE_URL;

/** Whether the database answers where everything but LISTEN goes. */
async function answersElsewhere(): Promise<boolean> {
  if (listenAddress() === env().DATABASE_URL) return false;
  return askOnce("select 1").then(
    () => true,
    () => false,
  );
}

async function askOnce(text: string, values: string[] = []): Promise<void> {
  const client = new pg.Client({
    connectionString: env().DATABASE_URL,
    application_name: "gaozhi-changes",
    ...{ connectionTimeoutMillis: PATIENCE_MS, query_timeout: PATIENCE_MS },
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query(text, values);
  } finally {
    void client.end().catch(() => undefined);
  }
}

const pause = (signal: AbortSignal) =>
  sleep(BEAT_MS, undefined, { signal, ref: false }).catch(() => undefined);

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && "code" in error ? String(error.code) : undefined;

/**
 * PostgreSQL itself refused, and is not just starting or stopping (class 57P0), nor is it a pool that
 * does not reach it (class 08).
 */
function isAnswer(error: unknown): boolean {
  const code = codeOf(error) ?? "";
  return error instanceof Unheard || (/^[0-9A-Z]{5}$/.test(code) && !/^(?:57P0|08)/.test(code));
}
