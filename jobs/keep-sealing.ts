import fs from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

import { checkRecord } from "@/domain/audit/check-record";
import { checkEvents } from "@/domain/audit/seal-events";
import { type Sealing, sealRecord } from "@/domain/audit/seal-record";
import { keepTimeStamp, readToStamp } from "@/domain/audit/stamp-record";
import { asJob } from "@/domain/context";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { openRecordSigner } from "@/lib/record-key";
import { askTimeStamp, readCertificates } from "@/lib/time-stamp";

import { showWitness, type Witnessed } from "./show-witness";

/** Between two looks at what was appended; the timetable knows minutes only. */
const PAUSE_MS = 3_000;

type Keeping = {
  signal: AbortSignal;
  /** What is signed no longer is looked at as a whole. */
  onBroken: () => Promise<void>;
};

/**
 * Seals the record every few seconds until it is told to stop. Any number of workers may do so; those
 * without a key leave it to the others. The key file is opened each time, so that a new key is taken
 * up without a restart.
 */
export async function keepSealing({ signal, onBroken }: Keeping): Promise<void> {
  const file = env().RECORD_KEY_FILE;
  if (!file) return log.warn("the record is not sealed: RECORD_KEY_FILE is not set");
  const seen: { state: Sealing["state"] | "failed" } = { state: "unchanged" };
  const witness = witnessing(onBroken);
  while (!signal.aborted) {
    const before = seen.state;
    try {
      const signer = openRecordSigner(file);
      seen.state = (await sealRecord(asJob("seal-record", new Date()), signer)).state;
      if (before !== seen.state) await tellState(seen.state, onBroken);
      await witness();
    } catch (error) {
      seen.state = "failed";
      if (before !== "failed") log.error({ error }, "the record could not be sealed");
    }
    await sleep(PAUSE_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** Shows the witness each round what was signed; how that goes is said when it changes. */
function witnessing(onBroken: () => Promise<void>): () => Promise<void> {
  const { RECORD_WITNESS_URL: url, RECORD_WITNESS_KEY: key } = env();
  if (!url || !key) return async () => undefined;
  let before: Witnessed | "away" = "cosigned";
  return async () => {
    const now = await showWitness({ url, key }).catch((error: unknown) => {
      if (before !== "away") log.error({ error }, "the witness of the record did not answer");
      return "away" as const;
    });
    if (now === "contradicted" && before !== now) {
      log.error({ witness: key.name }, "the witness knows another record than this one");
      await onBroken();
    }
    before = now;
  };
}

async function tellState(state: Sealing["state"], onBroken: () => Promise<void>): Promise<void> {
  if (state === "signed" || state === "unchanged") return;
  log.error({ state }, "the record is sealed no longer");
  if (state === "forked") await onBroken();
}

/** Looks at the whole record, also against what was signed here last; an alarm follows a fault. */
export async function checkSealing(now: Date): Promise<void> {
  const file = env().RECORD_KEY_FILE;
  const last = file ? openRecordSigner(file).last() : null;
  const { faults, entries } = await checkRecord(asJob("check-record", now), {
    notes: last === null ? [] : [last],
  });
  if (faults.length > 0) log.error({ faults, entries }, "the record is not as it was sealed");
  const events = await checkEvents(asJob("check-record", now), { keptSince: keptSince(now) });
  if (events.length > 0) log.error({ events }, "reports or refusals are not as they were sealed");
}

/** Refusals are kept for 180 days (domain/retention/rules.ts); the last of these days is taken away in parts. */
const keptSince = (now: Date): Date => new Date(now.getTime() - 179 * 86_400_000);

/** How the last question went; it is said when it changes. */
let isAway = false;

/**
 * Has the time-stamping authority, where one is set, put its time to what was signed last: at most once
 * in so many minutes, and where it fails again with the next minute. Sealing never waits for it.
 */
export async function stampRecord(now: Date): Promise<void> {
  const { RECORD_TSA_URL: url, RECORD_TSA_CHAIN_FILE: file, RECORD_TSA_MINUTES: minutes } = env();
  if (!url || !file) return;
  const ctx = asJob("stamp-record", now);
  const due = await readToStamp(ctx, { minutes });
  if (!due) return;
  try {
    const roots = readCertificates(await fs.readFile(file, "utf8"));
    const stamp = await askTimeStamp({ url, roots }, due.note);
    await keepTimeStamp(ctx, { size: due.size, authority: new URL(url).host, ...stamp });
    if (isAway) log.info("the time-stamping authority answers again");
    isAway = false;
  } catch (error) {
    if (!isAway) log.error({ error }, "the record got no time stamp");
    isAway = true;
  }
}
