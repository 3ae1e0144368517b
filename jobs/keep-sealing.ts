import { setTimeout as sleep } from "node:timers/promises";

import { type Sealing, sealRecord } from "@/domain/audit/seal-record";
import { asJob } from "@/domain/context";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { openRecordSigner } from "@/lib/record-key";

/** Between two looks at what was appended; the timetable knows minutes only. */
const PAUSE_MS = 3_000;

/**
 * Seals the record every few seconds until it is told to stop. Any number of workers may do so; those
 * without a key leave it to the others. The key file is opened each time, so that a new key is taken
 * up without a restart.
 */
export async function keepSealing(signal: AbortSignal): Promise<void> {
  const file = env().RECORD_KEY_FILE;
  if (!file) return log.warn("the record is not sealed: RECORD_KEY_FILE is not set");
  let state: Sealing["state"] | "failed" = "unchanged";
  while (!signal.aborted) {
    const before = state;
    try {
      ({ state } = await sealRecord(asJob("seal-record", new Date()), openRecordSigner(file)));
    } catch (error) {
      state = "failed";
      if (before !== state) log.error({ error }, "the record could not be sealed");
    }
    if (before !== state && (state === "forked" || state === "retired"))
      log.error({ state }, "the record is sealed no longer");
    await sleep(PAUSE_MS, undefined, { signal }).catch(() => undefined);
  }
}
