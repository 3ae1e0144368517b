import { createDisorder } from "./disorder";
import { eventBody, eventsOf, type MailEvent } from "./events";
import { type Journal } from "./journal";
import { createPool } from "./pool";
import { type Entry, type MailRecord } from "./record";
import { signedHeaders } from "./sign";

type Job = { event: MailEvent; entry: Entry; attempt: number };

export type WebhookSettings = {
  /** Undefined: nobody asked for webhooks. */
  url: string | undefined;
  secret: string;
  stepMs: number;
  retriesMs: readonly number[];
  now: () => number;
};

const ATTEMPT_TIMEOUT_MS = 15_000;
const AT_ONCE = 8;

export type Webhooks = ReturnType<typeof createWebhooks>;

/**
 * Posts what becomes of each mail: at least once, in no promised order, tried again on the given
 * schedule until it is answered 2xx within 15 s (resend.com/docs/webhooks/retries-and-replays).
 */
export function createWebhooks(settings: WebhookSettings, record: MailRecord, journal: Journal) {
  const { url, stepMs, retriesMs, now } = settings;
  const horizonMs = retriesMs.reduce((sum, ms) => sum + ms, 0) + ATTEMPT_TIMEOUT_MS;
  const timers = new Set<NodeJS.Timeout>();
  const closing = new AbortController();
  const counts = { acknowledged: 0, failedAttempts: 0, givenUp: 0 };
  const pool = createPool<Job>(AT_ONCE, attempt);
  const { arrive, kept, ...disorder } = createDisorder<Job>((chains) => pool.add(chains));

  function later(job: Job, ms: number): void {
    const timer = setTimeout(
      () => {
        timers.delete(timer);
        arrive(job);
      },
      Math.max(0, ms),
    );
    timers.add(timer);
  }

  async function attempt(job: Job): Promise<void> {
    const { event, entry } = job;
    const isDelivered = await record
      .read(entry)
      .then((mail) =>
        post({ id: event.id, body: eventBody(event, mail) }, settings, closing.signal),
      )
      .catch(() => false);
    if (closing.signal.aborted) return;
    if (isDelivered) {
      counts.acknowledged += 1;
      journal.settle({ id: event.id, outcome: "acknowledged", at: new Date(now()).toISOString() });
      return;
    }
    counts.failedAttempts += 1;
    const wait = retriesMs[job.attempt];
    if (wait !== undefined) {
      later({ ...job, attempt: job.attempt + 1 }, wait);
      return;
    }
    counts.givenUp += 1;
    journal.settle({ id: event.id, outcome: "given up", at: new Date(now()).toISOString() });
  }

  return {
    ...disorder,
    /** Schedules the webhooks of a mail that still need an attempt. */
    plan(entry: Entry): void {
      if (!url) return;
      for (const event of eventsOf(entry, stepMs)) {
        const isOver = journal.has(event.id) || event.at + horizonMs < now();
        if (!isOver) later({ event, entry, attempt: 0 }, event.at - now());
      }
    },
    stats: () => ({ ...counts, waiting: timers.size + pool.count(), kept: kept() }),
    close(): void {
      closing.abort();
      pool.stop();
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}

async function post(
  event: { id: string; body: string },
  { url, secret, now }: WebhookSettings,
  closing: AbortSignal,
): Promise<boolean> {
  if (!url) return true;
  const response = await fetch(url, {
    method: "POST",
    redirect: "manual",
    headers: {
      "content-type": "application/json",
      "user-agent": "Svix-Webhooks/1.0 (stand-in)",
      ...signedHeaders(event, secret, now()),
    },
    body: event.body,
    signal: AbortSignal.any([AbortSignal.timeout(ATTEMPT_TIMEOUT_MS), closing]),
  });
  await response.body?.cancel();
  return response.ok;
}
