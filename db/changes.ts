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
      connectionString: env().DATABASE_URL,
      application_name: "gaozhi-changes",
      connectionTimeoutMillis: PATIENCE_MS,
      query_timeout: PATIENCE_MS,
      keepAlive: true,
    });
    client.on("notification", () => listener.onChange());
    let wasLive = false;
    const onLive = () => {
      wasLive = true;
      listener.onChange();
      listener.onHearing("live");
    };
    try {
      await listenOn(client, { onLive, signal });
    } catch (error) {
      log.warn({ code: codeOf(error) }, "no news of changes from the database");
      if (wasLive) listener.onHearing("cut");
      else listener.onHearing(isAnswer(error) ? "deaf" : "away");
    }
    void client.end().catch(() => undefined);
    if (!wasLive) await pause(signal);
  }
}

async function listenOn(
  client: pg.Client,
  { onLive, signal }: { onLive: () => void; signal: AbortSignal },
): Promise<void> {
  const broken = new Promise<never>((_, reject) => client.on("error", reject));
  broken.catch(() => undefined);
  await client.connect();
  await client.query(`listen ${CHANNEL}`);
  onLive();
  while (!signal.aborted) {
    await Promise.race([broken, pause(signal)]);
    await Promise.race([broken, client.query("select 1")]);
  }
}

const pause = (signal: AbortSignal) =>
  sleep(BEAT_MS, undefined, { signal, ref: false }).catch(() => undefined);

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && "code" in error ? String(error.code) : undefined;

/** PostgreSQL itself refused, and is not just starting or stopping (class 57P0). */
function isAnswer(error: unknown): boolean {
  const code = codeOf(error) ?? "";
  return /^[0-9A-Z]{5}$/.test(code) && !code.startsWith("57P0");
}
